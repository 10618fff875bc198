//! A hypothesis as it arrives from a form, a file or REST, and what must hold before it is kept.

use super::{Effect, Effort, Hypothesis, Statement};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, Device, Direction, SiteCatalogue, check_area, check_devices, check_site, known_audience};
use crate::text;
use serde::{Deserialize, Serialize};

/// An expected effect as it arrives; sizes are relative changes, 0.02 for 2 %.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EffectDraft {
    pub metric: Option<String>,
    pub direction: Option<String>,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// The parts of the sentence as they arrive.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StatementDraft {
    pub because: Option<String>,
    pub change: Option<String>,
    pub audience: Option<String>,
    pub effect: Option<EffectDraft>,
    pub lever: Option<String>,
    pub reason: Option<String>,
    pub measure: Option<String>,
}

/// A hypothesis as it arrives: the title alone is enough.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct HypothesisDraft {
    pub title: String,
    pub site: Option<String>,
    pub area: Option<String>,
    pub devices: Vec<String>,
    /// The slug of an audience; without it the statement's words may name one.
    pub audience: Option<String>,
    pub statement: StatementDraft,
    pub guard_rails: Vec<String>,
    /// E-mail of a member.
    pub owner: Option<String>,
    pub tags: Vec<String>,
    pub effort: Effort,
    /// A hypothesis or learning that it grew out of.
    pub parent: Option<String>,
    pub differs_because: Option<String>,
    /// Markdown.
    pub details: Option<String>,
}

/// What a hypothesis says once checked: every slug is one of the catalogue's.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub title: String,
    pub statement: Statement,
    /// The catalogue's audience that the statement names, if it names one.
    pub audience: Option<String>,
    pub site: Option<String>,
    pub area: Option<String>,
    pub devices: Vec<Device>,
    pub guard_rails: Vec<String>,
    pub owner: Option<String>,
    pub tags: Vec<String>,
    pub effort: Effort,
    pub parent: Option<String>,
    pub differs_because: Option<String>,
    pub details: Option<String>,
}

impl HypothesisDraft {
    /// An idea with nothing but its title.
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Checks every field against the catalogue; `is_member` answers whether an e-mail belongs to the workspace.
    pub fn check(&self, catalogue: &Catalogue, is_member: impl Fn(&str) -> bool) -> Result<Content, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let title = text::required_line(errors, "title", "The title", &self.title);
        let site = check_site(errors, "site", catalogue, self.site.as_deref());
        let metrics = site.or(catalogue.sites.first());
        let area = check_area(errors, "area", site, catalogue, self.area.as_deref());
        let devices = check_devices(errors, "devices", &self.devices);
        let statement = self.statement.check(errors, metrics, catalogue);
        let audience = match self.audience.as_deref().map(str::trim).filter(|slug| !slug.is_empty()) {
            Some(slug) => known_audience(catalogue, slug).or_else(|| {
                errors.add("audience", format!("There is no audience “{slug}”."));
                None
            }),
            None => statement.audience.as_deref().and_then(|words| known_audience(catalogue, words)),
        };
        let guard_rails = self.guard_rails.iter().filter_map(|slug| check_metric(errors, "guard_rails", metrics, slug)).collect();
        let owner = self.owner.as_deref().map(|email| email.trim().to_lowercase()).filter(|email| !email.is_empty());
        if let Some(email) = &owner {
            errors.require(is_member(email), "owner", format!("Nobody here has the e-mail address {email}."));
        }
        let tags = text::tags(errors, "tags", &self.tags);
        let effort = check_effort(errors, self.effort);
        let parent = check_parent(errors, self.parent.as_deref());
        let differs_because = text::optional_text(errors, "differs_because", "The difference", self.differs_because.as_deref());
        let details = text::optional_text(errors, "details", "The details", self.details.as_deref());
        let site = site.map(|one| one.site.slug.clone());
        let content =
            Content { title, statement, audience, site, area, devices, guard_rails, owner, tags, effort, parent, differs_because, details };
        std::mem::take(errors).into_result(content)
    }

    /// The draft that would make this hypothesis again; a PATCH is merged into it.
    pub fn of(hypothesis: &Hypothesis) -> Self {
        let statement = &hypothesis.statement;
        let effect = statement.effect.as_ref().map(|effect| EffectDraft {
            metric: Some(effect.metric.clone()),
            direction: Some(effect.direction.slug().to_owned()),
            low: effect.low,
            high: effect.high,
        });
        Self {
            title: hypothesis.title.clone(),
            site: hypothesis.site.clone(),
            area: hypothesis.area.clone(),
            devices: hypothesis.devices.iter().map(|device| device.slug().to_owned()).collect(),
            audience: hypothesis.audience.clone(),
            statement: StatementDraft {
                because: statement.because.clone(),
                change: statement.change.clone(),
                audience: statement.audience.clone(),
                effect,
                lever: statement.lever.clone(),
                reason: statement.reason.clone(),
                measure: statement.measure.clone(),
            },
            guard_rails: hypothesis.guard_rails.clone(),
            owner: hypothesis.owner.clone(),
            tags: hypothesis.tags.clone(),
            effort: hypothesis.effort,
            parent: hypothesis.parent.clone(),
            differs_because: hypothesis.differs_because.clone(),
            details: hypothesis.details.clone(),
        }
    }
}

impl StatementDraft {
    fn check(&self, errors: &mut FieldErrors, metrics: Option<&SiteCatalogue>, catalogue: &Catalogue) -> Statement {
        let mut part = |field: &str, what: &str, raw: &Option<String>| {
            text::optional_text(errors, &format!("statement.{field}"), what, raw.as_deref())
        };
        let because = part("because", "The observation", &self.because);
        let change = part("change", "The change", &self.change);
        let audience = part("audience", "The audience", &self.audience);
        let reason = part("reason", "The reason", &self.reason);
        let measure = part("measure", "The measure", &self.measure);
        let effect = self.effect.as_ref().and_then(|effect| effect.check(errors, metrics));
        let lever = self.lever.as_deref().map(str::trim).filter(|lever| !lever.is_empty());
        let known =
            lever.and_then(|lever| catalogue.levers.iter().find(|term| term.slug == lever || term.name.eq_ignore_ascii_case(lever)));
        errors.require(
            lever.is_none() || known.is_some(),
            "statement.lever",
            format!("There is no lever “{}”.", lever.unwrap_or_default()),
        );
        Statement { because, change, audience, effect, lever: known.map(|term| term.slug.clone()), reason, measure }
    }
}

impl EffectDraft {
    fn is_blank(&self) -> bool {
        let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
        blank(&self.metric) && self.low.is_none() && self.high.is_none()
    }

    fn check(&self, errors: &mut FieldErrors, metrics: Option<&SiteCatalogue>) -> Option<Effect> {
        if self.is_blank() {
            return None;
        }
        let metric = self.metric.as_deref().map(str::trim).unwrap_or_default();
        errors.require(!metric.is_empty(), "statement.effect.metric", "Choose the metric that should move.");
        let metric = if metric.is_empty() { None } else { check_metric(errors, "statement.effect.metric", metrics, metric) };
        let direction = match self.direction.as_deref().map(str::trim).unwrap_or("up") {
            "up" | "" => Some(Direction::Up),
            "down" => Some(Direction::Down),
            _ => None,
        };
        errors.require(direction.is_some(), "statement.effect.direction", "The direction is up or down.");
        for (field, size) in [("low", self.low), ("high", self.high)] {
            let sane = size.is_none_or(|size| size.is_finite() && (0.0..=10.0).contains(&size));
            errors.require(sane, &format!("statement.effect.{field}"), "An expected change is a fraction from 0 to 10: 0.02 means 2%.");
        }
        let ordered = self.low.zip(self.high).is_none_or(|(low, high)| low <= high);
        errors.require(ordered, "statement.effect.high", "The largest expected change is below the smallest.");
        Some(Effect { metric: metric?, direction: direction?, low: self.low, high: self.high })
    }
}

/// The slug of a metric of this site, given by slug or name.
fn check_metric(errors: &mut FieldErrors, field: &str, site: Option<&SiteCatalogue>, raw: &str) -> Option<String> {
    let wanted = raw.trim();
    let metrics = site.map(|one| one.metrics.as_slice()).unwrap_or_default();
    let found = metrics.iter().find(|metric| metric.slug == wanted || metric.name.eq_ignore_ascii_case(wanted));
    let message = if site.is_some() {
        format!("There is no metric “{wanted}” on this site.")
    } else {
        "Add a site first; metrics belong to one.".into()
    };
    errors.require(found.is_some(), field, message);
    found.map(|metric| metric.slug.clone())
}

fn check_effort(errors: &mut FieldErrors, effort: Effort) -> Effort {
    for (field, days) in [("effort.design_days", effort.design_days), ("effort.development_days", effort.development_days)] {
        let sane = days.is_none_or(|days| days.is_finite() && (0.0..=10_000.0).contains(&days));
        errors.require(sane, field, "Days are a number from 0 to 10,000.");
    }
    effort
}

fn check_parent(errors: &mut FieldErrors, raw: Option<&str>) -> Option<String> {
    let number = raw.map(|raw| raw.trim().to_uppercase()).filter(|raw| !raw.is_empty())?;
    let digits = number.strip_prefix("H-").or_else(|| number.strip_prefix("L-"));
    let shaped = digits.is_some_and(|digits| !digits.is_empty() && digits.len() < 10 && digits.bytes().all(|b| b.is_ascii_digit()));
    errors.require(shaped, "parent", "A parent is a hypothesis or a learning, such as H-12 or L-4.");
    Some(number)
}
