//! The lists as a first site will make them, before it is there: what an import into an empty workspace is read by.

use super::{
    Area, AreaVisitors, Catalogue, Metric, NewSite, STARTER_AREAS, STARTER_AUDIENCES, STARTER_LEVERS, STARTER_METRICS, Site, SiteCatalogue,
    StarterMetric, Term,
};

impl Catalogue {
    /// These lists with a new site and all that it brings; terms that are here already stay as they are.
    #[must_use]
    pub fn with_starter(mut self, new: &NewSite) -> Self {
        let area = |(slug, name): (&str, &str)| Area { slug: slug.into(), name: name.into(), visitors: AreaVisitors::default() };
        let metric = |one: &StarterMetric| Metric {
            slug: one.slug.into(),
            name: one.name.into(),
            kind: one.kind,
            unit: one.unit,
            direction: one.direction,
            family: one.family,
        };
        let NewSite { name, slug, currency, time_zone, margin, url } = new.clone();
        let site = Site { slug, name, currency, time_zone, margin, url, version: 1 };
        let areas = STARTER_AREAS.map(area).to_vec();
        self.sites.push(SiteCatalogue { site, areas, metrics: STARTER_METRICS.iter().map(metric).collect() });
        add_terms(&mut self.audiences, &STARTER_AUDIENCES);
        add_terms(&mut self.levers, &STARTER_LEVERS);
        self
    }
}

fn add_terms(terms: &mut Vec<Term>, starter: &[(&str, &str)]) {
    for (slug, name) in starter {
        if terms.iter().all(|term| term.slug != *slug) {
            terms.push(Term { slug: (*slug).into(), name: (*name).into() });
        }
    }
}
