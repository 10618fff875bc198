//! The models as they are shipped: the one place that knows what each of them asks.

use super::{Band, CombineRule, Criterion, CustomCriterion, Model, Scale, Shape, Way};

/// Six bands of a scale of ten: where each begins, and what it is called.
pub(super) const BANDS: [(f64, &str); 6] = [(1.0, "1–2"), (3.0, "3–4"), (5.0, "5–6"), (7.0, "7–8"), (9.0, "9"), (10.0, "10")];

/// The shape of a model, with the texts that are shipped.
pub(super) fn shape(model: Model, combine: CombineRule, custom: &[CustomCriterion]) -> Shape {
    let (name, about, way, criteria) = match model {
        Model::Ice => ("ICE", "Impact, confidence and ease, each from 1 to 10. Quick, and right for most teams.", combine.into(), ice()),
        Model::Pie => ("PIE", "Potential, importance and ease, each from 1 to 10. Says where to look first.", combine.into(), pie()),
        Model::Rice => {
            ("RICE", "Reach × impact × confidence ÷ effort. For teams that know their visitors and weeks of work.", Way::Product, rice())
        }
        Model::Pxl => ("PXL", "A checklist of yes and no with points. Leaves the least to opinion.", Way::Sum, pxl()),
        Model::Custom => (
            "Custom",
            "Up to eight criteria of your own, each from 1 to 10 with a weight.",
            Way::Mean,
            custom.iter().map(CustomCriterion::shape).collect(),
        ),
    };
    Shape { model, name: name.to_owned(), about: about.to_owned(), way, criteria }
}

/// A criterion of 1 to 10 with a text for each of six bands.
fn points(name: &str, texts: [&str; 6]) -> Criterion {
    let bands = BANDS.into_iter().zip(texts).map(|((from, name), text)| Band { from, name: name.to_owned(), text: text.to_owned() });
    Criterion { bands: bands.collect(), ..plain(name, Scale::Points) }
}

fn plain(name: &str, scale: Scale) -> Criterion {
    let letter = name.chars().take(1).collect();
    Criterion { slug: name.to_lowercase(), name: name.to_owned(), letter, scale, weight: 1.0, cost: false, bands: Vec::new() }
}

fn steps(name: &str, unit: &str, texts: &[(f64, &str)]) -> Criterion {
    let scale = Scale::Steps { values: texts.iter().map(|(value, _)| *value).collect(), unit: unit.to_owned() };
    let band = |(from, text): &(f64, &str)| Band { from: *from, name: scale.said(*from), text: (*text).to_owned() };
    let bands = texts.iter().map(band).collect();
    Criterion { bands, ..plain(name, scale.clone()) }
}

fn amount(name: &str, (least, most): (f64, f64), unit: &str, text: &str) -> Criterion {
    let scale = Scale::Amount { least, most, unit: unit.to_owned() };
    Criterion { bands: vec![Band { from: least, name: "Any number".to_owned(), text: text.to_owned() }], ..plain(name, scale) }
}

/// A question of a checklist: its slug, letter and points for a yes.
fn question(slug: &str, letter: &str, weight: f64, (name, text): (&str, &str)) -> Criterion {
    let bands = vec![Band { from: 1.0, name: "Yes".to_owned(), text: text.to_owned() }];
    Criterion { slug: slug.to_owned(), letter: letter.to_owned(), weight, bands, ..plain(name, Scale::YesNo) }
}

const EASE: [&str; 6] = [
    "more than three months and several teams",
    "one to three months",
    "two to four weeks",
    "three to ten days",
    "one or two days",
    "hours, and no developer",
];

/// Sean Ellis, GrowthHackers.
fn ice() -> Vec<Criterion> {
    let impact = [
        "touches little revenue, or moves it by under 0.5%",
        "one minor template, worth 0.5 to 1%",
        "one main template, worth 1 to 2%",
        "a main step of the funnel, worth 2 to 5%",
        "checkout or all traffic, worth more than 5%",
        "a step change for the whole business",
    ];
    let confidence = [
        "an opinion, or one stakeholder",
        "one analytics or heatmap finding, or a competitor does it",
        "two kinds of evidence that agree",
        "user tests or a large survey, and analytics with sizes",
        "an own test, or strong research from several sources",
        "an own test that was repeated",
    ];
    vec![points("Impact", impact), points("Confidence", confidence), points("Ease", EASE)]
}

/// Chris Goward, WiderFunnel.
fn pie() -> Vec<Criterion> {
    let potential = [
        "the page does well; little is left to gain",
        "small faults that few people meet",
        "plain weaknesses beside pages like it",
        "one of the worst steps of the funnel by analytics",
        "broken for many people, as tests with users show",
        "the worst page there is, by every measure",
    ];
    let importance = [
        "few visitors, and none about to buy",
        "some visitors, early in their search",
        "a fair share of visitors or of revenue",
        "a main page that most buyers pass",
        "nearly all revenue passes here, or its traffic is costly",
        "all of it passes here",
    ];
    vec![points("Potential", potential), points("Importance", importance), points("Ease", EASE)]
}

/// Sean McBride, Intercom: <https://www.intercom.com/blog/rice-simple-prioritization-for-product-managers/>.
fn rice() -> Vec<Criterion> {
    let impact = [(0.25, "minimal: hardly felt"), (0.5, "low"), (1.0, "medium"), (2.0, "high"), (3.0, "massive: changes what people do")];
    let confidence = [
        (50.0, "low: an opinion, or one weak finding"),
        (80.0, "medium: research or analytics support it, not both"),
        (100.0, "high: research and numbers agree, or an own test"),
    ];
    // A thousandth of what is stored must stay a whole number that both databases and JSON hold exactly.
    let reach = amount("Reach", (0.0, 1e9), "visitors a quarter", "people who would meet the change within a quarter");
    let effort = amount("Effort", (0.01, 10_000.0), "person-weeks", "weeks of work of all people together; half a week is 0.5");
    let confidence = Criterion { weight: 0.01, ..steps("Confidence", "%", &confidence) };
    vec![reach, steps("Impact", "", &impact), confidence, Criterion { cost: true, ..effort }]
}

/// The checklist of CXL. Source: Peep Laja, "PXL: A Better Way to Prioritize Your A/B Tests",
/// <https://cxl.com/blog/better-way-prioritize-ab-tests/>, and the spreadsheet that goes with it.
fn pxl() -> Vec<Criterion> {
    let ease =
        [(0.0, "two days or more"), (1.0, "under two days"), (2.0, "up to eight hours"), (3.0, "less than four hours, testing included")];
    let ease = Criterion { slug: "ease".into(), letter: "E".into(), ..steps("Ease of implementation", "", &ease) };
    vec![
        question("above_fold", "A", 1.0, ("Above the fold", "people see the change without scrolling")),
        question(
            "noticeable",
            "N",
            2.0,
            ("Noticeable within 5 seconds", "shown both side by side, people find what differs within 5 seconds"),
        ),
        question("adds_or_removes", "R", 2.0, ("Adds or removes an element", "more than another look of what is there")),
        question("motivation", "M", 1.0, ("Designed to increase motivation", "it gives people a reason to go on")),
        question("high_traffic", "T", 1.0, ("On pages with high traffic", "among the most visited pages of the site")),
        question("user_testing", "U", 1.0, ("Found by user testing", "it addresses an issue seen in user tests")),
        question("qualitative", "Q", 1.0, ("Found by qualitative feedback", "surveys, polls or interviews named it")),
        question("analytics", "D", 1.0, ("Found by digital analytics", "the numbers of the site show the issue")),
        question("mouse_tracking", "H", 1.0, ("Found by heat maps or eye tracking", "mouse tracking or eye tracking shows the issue")),
        ease,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(model: Model, combine: CombineRule) -> Shape {
        shape(model, combine, &[])
    }

    fn value(shape: &Shape, levels: &[f64]) -> f64 {
        let at = |slug: &str| shape.criteria.iter().position(|one| one.slug == slug).and_then(|at| levels.get(at).copied());
        shape.value(at).unwrap()
    }

    #[test]
    fn mean_and_product_rank_in_two_orders() {
        for model in [Model::Ice, Model::Pie] {
            let order = |rule| value(&of(model, rule), &[9.0, 9.0, 2.0]) > value(&of(model, rule), &[6.0, 6.0, 7.0]);
            assert!(order(CombineRule::Mean));
            assert!(!order(CombineRule::Product));
        }
    }

    #[test]
    fn rice_divides_by_effort_and_takes_confidence_as_a_share() {
        let rice = of(Model::Rice, CombineRule::Mean);
        assert_eq!(value(&rice, &[1200.0, 2.0, 80.0, 3.0]), 640.0);
        assert_eq!(value(&rice, &[0.0, 3.0, 100.0, 0.5]), 0.0);
        assert_eq!(rice.most(), None);
    }

    #[test]
    fn pxl_adds_points() {
        let pxl = of(Model::Pxl, CombineRule::Mean);
        assert_eq!(pxl.most(), Some(14.0));
        assert_eq!(value(&pxl, &[1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0]), 6.0);
        assert_eq!(pxl.told(|slug| Some(if slug == "ease" { 3.0 } else { 0.0 })), "PXL 3 of 14");
    }

    #[test]
    fn each_says_how_its_number_comes_about() {
        for (model, rule, said) in [
            (Model::Ice, CombineRule::Mean, "mean of the three middles"),
            (Model::Pie, CombineRule::Product, "product of the three middles"),
            (Model::Rice, CombineRule::Mean, "reach × impact × confidence ÷ effort"),
            (Model::Pxl, CombineRule::Mean, "points of 14"),
        ] {
            assert_eq!(of(model, rule).how(), said);
        }
    }

    #[test]
    fn a_mean_has_one_decimal_and_a_large_product_none() {
        for (model, rule, value, said, short) in [
            (Model::Ice, CombineRule::Mean, 23.0 / 3.0, "7.7", "7.7"),
            (Model::Ice, CombineRule::Product, 252.0, "252", "252"),
            (Model::Rice, CombineRule::Mean, 44_784.4, "44784", "45k"),
            (Model::Rice, CombineRule::Mean, 0.05, "0.05", "0.05"),
            (Model::Pxl, CombineRule::Mean, 10.0, "10", "10"),
            (Model::Pxl, CombineRule::Mean, 9.5, "9.5", "9.5"),
        ] {
            assert_eq!((of(model, rule).said(value), of(model, rule).said_short(value)), (said.to_owned(), short.to_owned()));
        }
    }

    #[test]
    fn every_criterion_has_a_name_a_letter_and_texts_of_its_own() {
        for model in Model::ALL {
            let shape = of(model, CombineRule::Mean);
            let slugs: std::collections::BTreeSet<_> = shape.criteria.iter().map(|one| &one.slug).collect();
            let letters: std::collections::BTreeSet<_> = shape.criteria.iter().map(|one| &one.letter).collect();
            assert_eq!((slugs.len(), letters.len()), (shape.criteria.len(), shape.criteria.len()), "{model:?}");
            assert!(shape.criteria.iter().all(|one| one.bands.iter().all(|band| !band.text.is_empty()) && !one.bands.is_empty()));
            assert_eq!(Model::from_slug(model.slug()), Some(model));
        }
        let ice = of(Model::Ice, CombineRule::Mean);
        assert_eq!((ice.criteria[2].rubric(9.5), ice.criteria[2].rubric(10.0)), ("one or two days", "hours, and no developer"));
    }
}
