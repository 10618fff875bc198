//! What a new plan begins with, and what a plan needs. Server only.

use super::plan_needs::Need;
use domain::experiments::{TestDraft, TestForm, schedule};
use domain::hypotheses::Hypothesis;
use domain::sites::Catalogue;

/// The site of a workspace that has one alone: nothing is to be chosen there.
fn only_site(catalogue: &Catalogue) -> String {
    let only = catalogue.sites.first().filter(|_| catalogue.sites.len() == 1);
    only.map(|one| one.site.slug.clone()).unwrap_or_default()
}

/// A blank plan.
pub fn blank(catalogue: &Catalogue) -> TestForm {
    TestForm { kind: "ab".to_owned(), site: only_site(catalogue), ..TestForm::default() }
}

/// What a hypothesis says of its test already.
pub fn from_hypothesis(hypothesis: &Hypothesis, catalogue: &Catalogue) -> TestForm {
    let effect = hypothesis.statement.effect.as_ref();
    let smallest = effect.and_then(|effect| effect.low.or(effect.high)).map(|low| low.abs() * 100.0);
    TestForm {
        title: hypothesis.title.clone(),
        kind: "ab".to_owned(),
        hypotheses: hypothesis.number.clone(),
        site: hypothesis.site.clone().unwrap_or_else(|| only_site(catalogue)),
        area: hypothesis.area.clone().unwrap_or_default(),
        devices: hypothesis.devices.iter().map(|device| device.slug().to_owned()).collect(),
        variant_keys: vec!["A".to_owned(), "B".to_owned()],
        variant_names: vec!["As today".to_owned(), String::new()],
        primary_metric: effect.map(|effect| effect.metric.clone()).unwrap_or_default(),
        guard_metrics: hypothesis.guard_rails.clone(),
        guard_margins: hypothesis.guard_rails.iter().map(|_| String::new()).collect(),
        guard_scales: hypothesis.guard_rails.iter().map(|_| "relative".to_owned()).collect(),
        mde: smallest.map(|percent| ((percent * 1e6).round() / 1e6).to_string()).unwrap_or_default(),
        audience: hypothesis.audience.clone().unwrap_or_default(),
        owner: hypothesis.owner.clone().unwrap_or_default(),
        ..TestForm::default()
    }
}

/// The need of a form that may lack its title; none while its numbers or metrics cannot be read.
pub fn need_of(form: &TestForm, catalogue: &Catalogue) -> Option<Need> {
    let draft = form.draft(catalogue).ok()?;
    let named = TestDraft { title: "Plan".to_owned(), hypotheses: Vec::new(), owner: None, ..draft };
    let content = named.check(catalogue, |_| true).ok()?;
    let site = catalogue.site(&content.site)?;
    let area = content.area.as_deref().and_then(|area| site.area(area));
    let visitors = area.and_then(|area| area.visitors.together(&content.plan.devices));
    let schedule = schedule(&content.plan, &site.metrics, &[], visitors);
    Some(Need { variants: content.plan.variants.len(), under_power: schedule.under_power(), schedule })
}
