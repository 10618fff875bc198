//! A test as it arrives from a form, a file or REST, and what must hold before it is kept.

use super::{GuardRail, Horizon, Plan, Scale, Test, TestKind, Variant};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, check_area, check_site, known_audience};
use crate::text;
use serde::{Deserialize, Serialize};

/// A variant as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct VariantDraft {
    pub key: String,
    pub name: String,
    /// Left out of all variants: equal shares.
    pub share: Option<f64>,
    pub url: Option<String>,
}

/// A guard-rail as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct GuardRailDraft {
    pub metric: String,
    pub margin: Option<f64>,
    /// `relative`, which is meant where nothing is said, or `absolute`.
    pub scale: Option<String>,
}

/// A test as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TestDraft {
    pub title: String,
    pub kind: String,
    pub hypotheses: Vec<String>,
    pub site: Option<String>,
    pub area: Option<String>,
    pub devices: Vec<String>,
    pub variants: Vec<VariantDraft>,
    pub primary_metric: Option<String>,
    pub guard_rails: Vec<GuardRailDraft>,
    pub secondary_metrics: Vec<String>,
    pub baseline: Option<f64>,
    pub baseline_sd: Option<f64>,
    pub mde: Option<f64>,
    pub alpha: Option<f64>,
    pub power: Option<f64>,
    pub sides: Option<i64>,
    pub horizon: Option<String>,
    pub weeks: Option<i64>,
    pub audience: Option<String>,
    pub traffic_share: Option<f64>,
    /// E-mail of a member.
    pub owner: Option<String>,
}

/// What a test says once checked: every slug is one of the catalogue's. That the hypotheses exist, the store checks.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub title: String,
    pub kind: TestKind,
    /// `H-12`, each once.
    pub hypotheses: Vec<String>,
    pub site: String,
    pub area: Option<String>,
    pub audience: Option<String>,
    pub owner: Option<String>,
    pub plan: Plan,
}

impl TestDraft {
    /// Checks every field against the catalogue; `is_member` answers whether an e-mail belongs to the workspace.
    pub fn check(&self, catalogue: &Catalogue, is_member: impl Fn(&str) -> bool) -> Result<Content, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let title = text::required_line(errors, "title", "The title", &self.title);
        let kind = self.check_kind(errors);
        let hypotheses = check_hypotheses(errors, &self.hypotheses);
        let named = self.site.as_deref().is_some_and(|slug| !slug.trim().is_empty());
        errors.require(named, "site", "Choose the site that the test runs on.");
        let site = check_site(errors, "site", catalogue, self.site.as_deref());
        let area = check_area(errors, "area", site, catalogue, self.area.as_deref());
        let audience = self.audience.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let known = audience.and_then(|words| known_audience(catalogue, words));
        errors.require(
            audience.is_none() || known.is_some(),
            "audience",
            format!("There is no audience “{}”.", audience.unwrap_or_default()),
        );
        let owner = self.owner.as_deref().map(|email| email.trim().to_lowercase()).filter(|email| !email.is_empty());
        if let Some(email) = &owner {
            errors.require(is_member(email), "owner", format!("Nobody here has the e-mail address {email}."));
        }
        let plan = self.check_plan(errors, kind, site);
        let site = site.map(|one| one.site.slug.clone()).unwrap_or_default();
        std::mem::take(errors).into_result(Content { title, kind, hypotheses, site, area, audience: known, owner, plan })
    }

    fn check_kind(&self, errors: &mut FieldErrors) -> TestKind {
        let kind = TestKind::from_slug(self.kind.trim());
        let slugs: Vec<&str> = TestKind::ALL.into_iter().map(TestKind::slug).collect();
        errors.require(kind.is_some(), "kind", format!("Choose a kind of test: {}.", slugs.join(", ")));
        kind.unwrap_or(TestKind::Ab)
    }

    /// The draft that would make this test again; a PATCH is merged into it, a re-run begins with it.
    pub fn of(test: &Test) -> Self {
        let plan = &test.plan;
        let variant =
            |one: &Variant| VariantDraft { key: one.key.clone(), name: one.name.clone(), share: Some(one.share), url: one.url.clone() };
        let guard_rail = |one: &GuardRail| {
            let scale = if one.scale == Scale::Relative { "relative" } else { "absolute" };
            GuardRailDraft { metric: one.metric.clone(), margin: Some(one.margin), scale: Some(scale.to_owned()) }
        };
        Self {
            title: test.title.clone(),
            kind: test.kind.slug().to_owned(),
            hypotheses: test.hypotheses.clone(),
            site: test.site.clone(),
            area: test.area.clone(),
            devices: plan.devices.iter().map(|device| device.slug().to_owned()).collect(),
            variants: plan.variants.iter().map(variant).collect(),
            primary_metric: plan.primary_metric.clone(),
            guard_rails: plan.guard_rails.iter().map(guard_rail).collect(),
            secondary_metrics: plan.secondary_metrics.clone(),
            baseline: plan.baseline,
            baseline_sd: plan.baseline_sd,
            mde: plan.mde,
            alpha: Some(plan.alpha),
            power: Some(plan.power),
            sides: Some(plan.sides.into()),
            horizon: Some(if plan.horizon == Horizon::Fixed { "fixed" } else { "sequential" }.to_owned()),
            weeks: plan.weeks.map(i64::from),
            audience: test.audience.clone(),
            traffic_share: plan.traffic_share,
            owner: test.owner.clone(),
        }
    }
}

/// Numbers such as H-12, each once, in the order given.
fn check_hypotheses(errors: &mut FieldErrors, raw: &[String]) -> Vec<String> {
    let mut numbers = Vec::<String>::new();
    for number in raw.iter().map(|raw| raw.trim().to_uppercase()).filter(|raw| !raw.is_empty()) {
        let digits = number.strip_prefix("H-").unwrap_or_default();
        let shaped = (1..10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        errors.require(
            shaped,
            "hypotheses",
            format!("“{}” is not a hypothesis’ number. It should look like H-12.", text::one_line(&number)),
        );
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    errors.require(numbers.len() <= 20, "hypotheses", "A test validates at most 20 hypotheses.");
    numbers
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
