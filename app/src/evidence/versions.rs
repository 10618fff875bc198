//! An evidence form part by part, in words, for two versions side by side.

use crate::activity::Shown;
use domain::evidence::{EvidenceForm, Kind};
use domain::sites::{Catalogue, Device};

/// Every part by its name on the form.
pub fn shown(form: &EvidenceForm, catalogue: &Catalogue) -> Vec<Shown> {
    let listed = |slugs: &[String], name: &dyn Fn(&String) -> String| {
        let names: Vec<String> = slugs.iter().filter(|slug| !slug.is_empty()).map(name).collect();
        names.join(", ")
    };
    let site = catalogue.site(&form.site).map_or(form.site.as_str(), |one| one.site.name.as_str());
    vec![
        ("Title", form.title.clone()),
        ("Finding", form.finding.clone()),
        ("Kind", Kind::from_slug(&form.kind).map_or_else(|| form.kind.clone(), |kind| kind.name().to_owned())),
        ("Source", form.source_name.clone()),
        ("Link", form.source_url.clone()),
        ("Observed from", form.observed_from.clone()),
        ("Observed to", form.observed_to.clone()),
        ("Sample size", form.sample_size.replace(',', "")),
        ("If an own test", form.worth.clone()),
        ("Site", site.to_owned()),
        ("Tags", form.tags.clone()),
        ("Areas", listed(&form.areas, &|slug| catalogue.area_name(slug).to_owned())),
        ("Devices", listed(&form.devices, &|slug| device_name(slug))),
        ("Audiences", listed(&form.audiences, &|slug| catalogue.audience_name(slug).to_owned())),
    ]
}

fn device_name(slug: &str) -> String {
    Device::from_slug(slug).map_or_else(|| slug.to_owned(), |device| device.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_said_as_names_and_counts_without_commas() {
        let form = EvidenceForm {
            kind: "survey".into(),
            devices: vec![String::new(), "mobile".into()],
            sample_size: "1,240".into(),
            ..EvidenceForm::default()
        };
        let parts = shown(&form, &Catalogue::default());
        for part in [("Kind", "Survey"), ("Devices", "Mobile"), ("Sample size", "1240")] {
            assert!(parts.contains(&(part.0, part.1.to_owned())), "{parts:?}");
        }
    }
}
