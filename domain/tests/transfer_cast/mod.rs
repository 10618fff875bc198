//! A workspace to import into: one site with the starter lists, and a few members.

use domain::sites::{
    Area, AreaVisitors, Catalogue, Metric, STARTER_AREAS, STARTER_AUDIENCES, STARTER_LEVERS, STARTER_METRICS, Site, SiteCatalogue, Term,
};

/// The starter lists on one site.
pub fn catalogue() -> Catalogue {
    let term = |(slug, name): &(&str, &str)| Term { slug: (*slug).into(), name: (*name).into() };
    let area = |(slug, name): &(&str, &str)| Area { slug: (*slug).into(), name: (*name).into(), visitors: AreaVisitors::default() };
    let metric = |one: &domain::sites::StarterMetric| Metric {
        slug: one.slug.into(),
        name: one.name.into(),
        kind: one.kind,
        unit: one.unit,
        direction: one.direction,
        family: one.family,
    };
    let site = Site {
        slug: "shop".into(),
        name: "The shop".into(),
        currency: "GBP".into(),
        time_zone: "UTC".into(),
        margin: None,
        url: Some("https://skovsko.example/".into()),
        version: 1,
    };
    let areas = STARTER_AREAS.iter().map(area).collect();
    let metrics = STARTER_METRICS.iter().map(metric).collect();
    Catalogue {
        sites: vec![SiteCatalogue { site, areas, metrics }],
        audiences: STARTER_AUDIENCES.iter().map(term).collect(),
        levers: STARTER_LEVERS.iter().map(term).collect(),
    }
}

/// E-mail address and name.
pub fn members() -> Vec<(String, String)> {
    let emails = [
        ("priya@holm.example", "Priya Nair"),
        ("nadia.rossi@vesta-insurance.example", "Nadia Rossi"),
        ("s.meyer@vesta-insurance.example", "Sven Meyer"),
        ("p.varga@vesta-insurance.example", "Petra Varga"),
        ("hannah@studio-elm.example", "Hannah Elm"),
        ("tobi@studio-elm.example", "Tobi Elm"),
    ];
    emails.map(|(email, name)| (email.to_owned(), name.to_owned())).to_vec()
}
