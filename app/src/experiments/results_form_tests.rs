use super::*;
use domain::experiments::Variant;
use domain::sites::{Direction, Family, Site, Unit};

fn metric(slug: &str, kind: MetricKind, unit: Unit) -> Metric {
    Metric { slug: slug.into(), name: slug.replace('-', " "), kind, unit, direction: Direction::Up, family: Family::Conversion }
}

fn site() -> SiteCatalogue {
    let site = Site {
        slug: "shop".into(),
        name: "Shop".into(),
        currency: "GBP".into(),
        time_zone: "UTC".into(),
        margin: None,
        url: None,
        version: 1,
    };
    let metrics =
        vec![metric("conversion-rate", MetricKind::Proportion, Unit::Share), metric("revenue-per-visitor", MetricKind::Mean, Unit::Money)];
    SiteCatalogue { site, areas: Vec::new(), metrics }
}

fn plan() -> Plan {
    let variant = |key: &str| Variant { key: key.into(), name: format!("Version {key}"), share: 0.5, url: None };
    Plan { variants: vec![variant("A"), variant("B")], primary_metric: Some("conversion-rate".into()), ..Plan::default() }
}

#[test]
fn a_paste_fills_the_grid_and_saves_nothing() {
    let mut form = ResultsForm {
        paste: "Variant\tDevice\tVisitors\tConversions\nA\tDesktop\t10.000\t400\nB\tDesktop\t10 001\t480\nTotal\t\t20.001\t880".into(),
        ..ResultsForm::default()
    };
    form.fill_from_paste(&plan(), &site()).unwrap();
    assert_eq!(form.cells["conversion-rate.0.desktop.visitors"], "10000");
    assert_eq!(form.cells["conversion-rate.1.desktop.conversions"], "480");
    assert!(form.paste.is_empty() && form.understood[0].starts_with("2 rows read, 2 of them"), "{:?}", form.understood);
    let typed = form.draft(&plan(), &site()).unwrap();
    assert_eq!(typed.snapshot.rows.len(), 2);
    assert_eq!(typed.snapshot.rows[1].visitors, Some(10_001.0));
}

#[test]
fn means_are_read_with_a_decimal_comma_for_the_chosen_metric() {
    let paste = "A\t1000\t4,87\t12,5\nB\t1000\t5,01\t13,1".to_owned();
    let mut form = ResultsForm {
        paste: format!("Variant\tn\tMean\tSD\n{paste}"),
        paste_metric: "revenue-per-visitor".into(),
        ..ResultsForm::default()
    };
    form.fill_from_paste(&plan(), &site()).unwrap();
    assert_eq!(form.cells["revenue-per-visitor.1.all.mean"], "5.01");
    let rows = form.draft(&plan(), &site()).unwrap().snapshot.rows;
    assert_eq!((rows.len(), rows[0].sd), (2, Some(12.5)));
}

#[test]
fn a_refused_paste_keeps_the_text_and_names_the_line() {
    let text = "Variant\tVisitors\tConversions\nA\t10\t11\nB\t10\t1".to_owned();
    let mut form = ResultsForm { paste: text.clone(), ..ResultsForm::default() };
    let errors = form.fill_from_paste(&plan(), &site()).unwrap_err();
    assert!(errors.of("paste").is_some_and(|said| said.contains("Line 2")), "{errors}");
    assert_eq!(form.paste, text);
    let means = ResultsForm { paste: "Variant\tn\tMean\tSD\nA\t10\t1.5\t1\nB\t10\t1.5\t1".into(), ..ResultsForm::default() };
    assert!(
        means
            .clone()
            .fill_from_paste(&plan(), &site())
            .unwrap_err()
            .of("paste")
            .is_some_and(|said| said.contains("visitors and conversions"))
    );
}

#[test]
fn findings_about_rows_stand_beside_their_cells() {
    let cells =
        [("conversion-rate.0.all.visitors", "10"), ("conversion-rate.0.all.conversions", "1"), ("conversion-rate.1.all.visitors", "10")];
    let cells = cells.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let form = ResultsForm { cells, ..ResultsForm::default() };
    let typed = form.draft(&plan(), &site()).unwrap();
    let errors = typed.beside_cells(FieldErrors::one("rows.1.conversions", "A number is missing here."));
    assert!(errors.of("cells.conversion-rate.1.all.conversions").is_some());
    assert!(typed.beside_cells(FieldErrors::one("as_of", "When?")).of("as_of").is_some());
    let wrong = ResultsForm { cells: [("conversion-rate.0.all.visitors".to_owned(), "many".to_owned())].into(), ..ResultsForm::default() };
    assert!(wrong.draft(&plan(), &site()).unwrap_err().of("cells.conversion-rate.0.all.visitors").is_some());
}
