//! A hypothesis form part by part, in words, for two versions side by side.

use crate::activity::Shown;
use domain::accounts::Member;
use domain::hypotheses::HypothesisForm;
use domain::sites::{Catalogue, Device};

/// Every part by its name on the form.
pub fn shown(form: &HypothesisForm, catalogue: &Catalogue, members: &[Member]) -> Vec<Shown> {
    let site = Some(form.site.as_str()).filter(|site| !site.is_empty());
    let site_name = site.and_then(|slug| catalogue.site(slug)).map_or(form.site.as_str(), |one| one.site.name.as_str());
    let devices: Vec<&str> =
        form.devices.iter().map(|slug| Device::from_slug(slug).map_or(slug.as_str(), |device| device.name())).collect();
    let guards: Vec<&str> = form.guard_rails.iter().filter(|slug| !slug.is_empty()).map(|slug| catalogue.metric_name(site, slug)).collect();
    let owner = members.iter().find(|member| member.email == form.owner).map_or(form.owner.as_str(), |member| member.name.as_str());
    vec![
        ("Title", form.title.clone()),
        ("Because", form.because.clone()),
        ("We believe that", form.change.clone()),
        ("For", form.audience.clone()),
        ("Will", effect(form, catalogue, site)),
        ("Since", form.reason.clone()),
        ("We will know when", form.measure.clone()),
        ("Site", site_name.to_owned()),
        ("Area", catalogue.area_name(&form.area).to_owned()),
        ("Device", devices.join(", ")),
        ("Audience", catalogue.audience_name(&form.audience_slug).to_owned()),
        ("Lever", catalogue.lever_name(&form.lever).to_owned()),
        ("Guard-rails", guards.join(", ")),
        ("Owner", owner.to_owned()),
        ("Tags", form.tags.clone()),
        ("Design days", form.design_days.clone()),
        ("Development days", form.development_days.clone()),
        ("Grew out of", form.parent.clone()),
        ("Differs because", form.differs_because.clone()),
        ("Details", form.details.clone()),
    ]
}

/// "raise Conversion rate by 2 to 5%"; nothing without a metric and a size.
fn effect(form: &HypothesisForm, catalogue: &Catalogue, site: Option<&str>) -> String {
    if [&form.metric, &form.low, &form.high].iter().all(|text| text.trim().is_empty()) {
        return String::new();
    }
    let verb = if form.direction == "down" { "lower" } else { "raise" };
    format!("{verb} {} by {} to {}%", catalogue.metric_name(site, &form.metric), form.low, form.high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_effect_is_one_part_and_empty_without_words() {
        let shown_effect = |form: HypothesisForm| shown(&form, &Catalogue::default(), &[]).swap_remove(4);
        assert_eq!(shown_effect(HypothesisForm { direction: "up".into(), ..HypothesisForm::default() }).1, "");
        let form = HypothesisForm {
            direction: "down".into(),
            metric: "exit-rate".into(),
            low: "2".into(),
            high: "5".into(),
            ..HypothesisForm::default()
        };
        assert_eq!(shown_effect(form), ("Will", "lower exit-rate by 2 to 5%".to_owned()));
    }
}
