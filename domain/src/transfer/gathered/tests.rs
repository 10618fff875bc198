use super::*;
use crate::sites::{Area, AreaVisitors, Site, SiteCatalogue, Term};
use crate::transfer::{Format, Outline, detect_file_format, outline};

fn catalogue() -> Catalogue {
    let site = Site {
        slug: "shop".into(),
        name: "Shop".into(),
        currency: "GBP".into(),
        time_zone: "UTC".into(),
        margin: None,
        url: None,
        version: 1,
    };
    let area = |slug: &str, name: &str| Area { slug: slug.into(), name: name.into(), visitors: AreaVisitors::default() };
    let areas = vec![area("checkout", "Checkout"), area("product-page", "Product page")];
    let audiences = vec![Term { slug: "trade".into(), name: "Trade".into() }];
    Catalogue { sites: vec![SiteCatalogue { site, areas, metrics: vec![] }], audiences, levers: vec![] }
}

fn read(text: &str) -> Result<Preview<EvidenceRow>, FieldErrors> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    preview_evidence(text.as_bytes(), None, &catalogue(), &|_| today)
}

fn one(text: &str) -> EvidenceRow {
    let found = read(text).unwrap();
    assert_eq!(found.errors, [], "{text}");
    found.rows.into_iter().next().unwrap()
}

/// "Line 2, Kind: …" of every error.
fn errors(text: &str) -> Vec<String> {
    read(text).unwrap().errors.iter().map(ToString::to_string).collect()
}

const WHOLE: &str = "Title,Finding,Kind,Source,Link,Observed from,Observed to,Sample size,Site,Areas,Devices,Audiences,Tags,Supports,Contradicts\n\
    Stock is asked for,212 of 640 ask whether it is in stock,survey,Exit poll,https://polls.example/7,2026-10-01,2026-10-31,640,shop,\
    \"checkout, Product page\",mobile,Trade,\"stock, branch\",\"H-1, h2\",H-3\n";

#[test]
fn a_whole_row_becomes_a_draft_with_its_links() {
    let row = one(WHOLE);
    let draft = &row.draft;
    assert_eq!((draft.title.as_str(), draft.kind.as_str(), draft.sample_size), ("Stock is asked for", "survey", Some(640)));
    assert_eq!(draft.finding.as_deref(), Some("212 of 640 ask whether it is in stock"));
    assert_eq!(draft.source.clone().unwrap().url.as_deref(), Some("https://polls.example/7"));
    assert_eq!((draft.observed_from.as_deref(), draft.observed_to.as_deref()), (Some("2026-10-01"), Some("2026-10-31")));
    assert_eq!((draft.site.as_deref(), draft.areas.join(" ")), (Some("shop"), "checkout product-page".to_owned()));
    assert_eq!(
        (draft.devices.join(" "), draft.audiences.join(" "), draft.tags.join(" ")),
        ("mobile".into(), "trade".into(), "stock branch".into())
    );
    assert_eq!((row.line, row.supports.join(" "), row.contradicts.join(" ")), (2, "H-1 H-2".into(), "H-3".into()));
    assert_eq!(detect_file_format(WHOLE.as_bytes()), Format::Evidence);
}

#[test]
fn logs_are_told_from_backlogs_by_their_headings() {
    for (header, format) in [
        ("Finding,Method,Date,Participants", Format::Evidence),
        ("Insight,Source,Observed on,n,Page", Format::Evidence),
        ("Evidence type,Headline,Notes", Format::Evidence),
        ("Title,Kind,Source,Sample size", Format::Evidence),
        ("Title,Impact,Confidence,Ease", Format::Backlog),
        ("Hypothesis,Evidence,Source,Type,Status", Format::Backlog),
        ("Observation,Change,Source,Metric,n", Format::Backlog),
        ("Summary,Issue Type,Status,Created", Format::Backlog),
        ("test_id,arm,headline,impressions,clicks", Format::Arms),
    ] {
        let cells = header.split(',').map(|_| "some words").collect::<Vec<_>>().join(",");
        assert_eq!(detect_file_format(format!("{header}\n{cells}\n").as_bytes()), format, "{header}");
    }
}

#[test]
fn kinds_are_known_by_the_words_of_the_field() {
    for (word, kind) in [
        ("User testing", Kind::UserTest),
        ("Usability test", Kind::UserTest),
        ("SURVEY", Kind::Survey),
        ("GA4", Kind::Analytics),
        ("Hotjar heatmap", Kind::Heatmap),
        ("session replay", Kind::SessionRecording),
        ("eye_tracking", Kind::EyeTracking),
        ("Support tickets", Kind::SupportLog),
        ("A/B test", Kind::OwnTest),
        ("Umfrage", Kind::Survey),
    ] {
        assert_eq!(one(&format!("Title,Kind\nT,{word}\n")).draft.kind, kind.slug(), "{word}");
    }
    let said = errors("Title,Kind\nT,rumour\nU,\n");
    assert!(said[0].starts_with("Line 2, Kind: “rumour” is not a kind of evidence. Use one of: Stakeholder input, Commercial"), "{said:?}");
    assert_eq!(said[1], "Line 3, Kind: Choose what kind of evidence it is.");
    assert_eq!(said.len(), 2);
}

#[test]
fn what_is_wrong_is_named_by_line_and_column() {
    for (heading, cell, said) in [
        ("Observed to", "2026-11-21", "2026-11-21 lies in the future. Give the day on which it was observed."),
        ("Observed on", "soon", "“soon” is not a date. It should look like 2026-11-20."),
        ("Observed on", "31 February 2026", "31 February 2026 is not in the calendar."),
        ("Observed on", "03/04/2026", "03/04/2026 may start with the day or with the month."),
        ("Sample size", "many", "“many” is not a whole number."),
        ("Sample size", "0", "A sample size is a whole number from 1."),
        ("Link", "see the drive", "A web address starts with https:// or http://."),
        ("Supports", "the header one", "“the header one” is not the number of a hypothesis. It should look like H-12."),
    ] {
        let found = errors(&format!("Title,Kind,{heading}\nT,survey,{cell}\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("Line 2, {heading}: {said}")), "{found:?}");
    }
    let both = errors("Title,Kind,Supports,Contradicts\nT,survey,H-1,H-1\n");
    assert_eq!(both, ["Line 2, Contradicts: H-1 stands on both sides. A finding supports a hypothesis or contradicts it."]);
}

#[test]
fn days_are_read_from_one_column_or_two() {
    for (heading, cell, days) in [
        ("Period", "1 Oct 2026 – 31 Oct 2026", ("2026-10-01", "2026-10-31")),
        ("Date", "2026-10-05", ("", "2026-10-05")),
        ("Date", "October 2026", ("", "2026-10-01")),
        ("Observed from", "2026-10-05", ("2026-10-05", "")),
        ("Date", "25/10/2026", ("", "2026-10-25")),
        ("Date added", "2026-09-05", ("", "2026-09-05")),
    ] {
        let draft = one(&format!("Title,Kind,{heading}\nT,survey,{cell}\n")).draft;
        let found = (draft.observed_from.unwrap_or_default(), draft.observed_to.unwrap_or_default());
        assert_eq!((found.0.as_str(), found.1.as_str()), days, "{heading}: {cell}");
    }
}

#[test]
fn samples_and_sources_are_read_as_people_write_them() {
    for (cell, size) in [("n = 640", 640), ("\"1,240\"", 1240), ("12 participants", 12)] {
        assert_eq!(one(&format!("Title,Kind,n\nT,survey,{cell}\n")).draft.sample_size, Some(size), "{cell}");
    }
    let source = one("Title,Kind,Source\nT,survey,https://a.example/x\n").draft.source.unwrap();
    assert_eq!((source.name, source.url.as_deref()), (None, Some("https://a.example/x")));
}

#[test]
fn a_log_without_titles_is_named_by_its_findings() {
    let row = one("Finding,Method,Owner\nPeople look for stock first,Interview,Ada\n");
    assert_eq!((row.draft.title.as_str(), row.draft.finding.as_deref()), ("People look for stock first", Some("Owner: Ada")));
    let long = format!("People look for stock. {}", "And more of it. ".repeat(30));
    let row = one(&format!("Finding,Method\n{long},Interview\n"));
    assert_eq!(row.draft.title, "People look for stock");
    assert!(row.draft.finding.unwrap().contains("And more"));
}

#[test]
fn what_the_workspace_does_not_know_is_kept_in_the_finding() {
    let found = read("Title,Kind,Area,Audience\nT,survey,\"Checkout, Attic\",Martians\n").unwrap();
    let draft = &found.rows[0].draft;
    assert_eq!((draft.areas.join(" "), draft.audiences.len()), ("checkout".to_owned(), 0));
    assert_eq!(draft.finding.as_deref(), Some("Area: Attic\n\nAudience: Martians"));
    let said: Vec<&str> = found.notices.iter().map(|notice| notice.message.as_str()).collect();
    assert_eq!(said[0], "There is no area “Attic” here; it is kept in the finding.");
}

#[test]
fn a_file_that_lacks_a_column_says_which() {
    let said = read("Title,Source,Sample size\nT,Poll,3\n").unwrap_err();
    assert_eq!(
        said.of("mapping").unwrap(),
        "No column says what kind of evidence a row is (columns found: Title, Source, Sample size). Choose one."
    );
    let mapping = Mapping { columns: [(1, Field::Lever)].into(), ..Mapping::default() };
    let today = |_: Option<&str>| NaiveDate::MIN;
    let said = preview_evidence(b"Title,Source,Kind\nT,Poll,survey\n", Some(&mapping), &catalogue(), &today).unwrap_err();
    assert!(said.of("mapping").unwrap().contains("“Lever”"), "{said}");
    let Outline { columns, .. } = outline(b"Title,Source,n\nT,Poll,3\n", None, &catalogue(), Format::Evidence).unwrap();
    assert_eq!(columns[1].field, Field::Source);
}

#[test]
fn what_is_here_already_is_left_out() {
    let text = "Title,Kind,Date\nSame,survey,2026-10-05\nSame,interview,2026-10-05\nSame,survey,2026-10-05\nNew,survey,2026-10-05\n";
    let mut found = read(text).unwrap();
    assert_eq!(found.rows.len(), 3);
    let day = NaiveDate::from_ymd_opt(2026, 10, 5);
    let present = Present { number: "E-7".into(), kind: Kind::Survey, observed_from: None, observed_to: day };
    found.leave_out_present(&HashMap::from([("same".to_owned(), vec![present])]));
    let lines: Vec<usize> = found.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 5]);
    let said: Vec<String> = found.notices.iter().map(ToString::to_string).collect();
    assert!(said.contains(&"Line 4: The row is the same as line 2; it is imported once.".to_owned()), "{said:?}");
    assert!(said.contains(&"Line 2, Title: E-7 is the same, by title, kind and days; the row is left out.".to_owned()), "{said:?}");
    assert!(said.contains(&"Line 3, Title: E-7 has this title already; the row is imported all the same.".to_owned()), "{said:?}");
    found.rows.clear();
    assert_eq!(found.accept().unwrap_err().of("file"), Some("Every row of the file is here already: there is nothing to import."));
}

#[test]
fn links_to_nothing_keep_their_rows_out() {
    let mut found = read("Title,Kind,Supports\nT,survey,H-1\nU,survey,H-9\n").unwrap();
    found.check_links(|number| number == "H-1");
    assert_eq!(found.rows.len(), 1);
    assert!(found.errors[0].to_string().starts_with("Line 3, Supports: There is no hypothesis H-9 here"), "{:?}", found.errors);
}
