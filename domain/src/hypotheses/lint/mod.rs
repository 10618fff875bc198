//! The linter: what still keeps a hypothesis from being tested well, and how to mend each. Pure rules; nothing here
//! blocks anybody.

mod language;
mod rules;

use super::{Content, Hypothesis, HypothesisForm, Statement};
use crate::text::parse_number;
use serde::{Deserialize, Serialize};

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LintCheck))]
#[serde(rename_all = "snake_case")]
pub enum Check {
    OneChange,
    Reason,
    Evidence,
    Audience,
    Metric,
    Size,
    Falsifiable,
    Measure,
    GuardRail,
    Device,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LintStatus))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Pass,
    /// It is there, but doubtful.
    Warn,
    /// It is missing.
    Fail,
}

/// One check with what it says and how to mend it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LintFinding))]
pub struct Finding {
    pub check: Check,
    pub status: Status,
    pub message: String,
    /// What to do; none where nothing is to be done.
    pub mend: Option<String>,
    /// The field of the hypothesis that mends it, as REST names it.
    pub field: String,
    /// Words that would do in that field.
    pub suggestion: Option<String>,
}

impl Finding {
    pub fn passes(&self) -> bool {
        self.status == Status::Pass
    }
}

/// How many of the checks pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Readiness {
    pub passed: u32,
    pub of: u32,
}

/// All checks, in the order of the sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lint {
    pub readiness: Readiness,
    pub findings: Vec<Finding>,
}

/// What the linter knows of a hypothesis, saved or not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Linted {
    pub statement: Statement,
    /// Whether it says on which device.
    pub on_device: bool,
    pub guard_rails: Vec<String>,
    pub supports: u32,
    pub contradicts: u32,
}

impl Linted {
    /// A draft that passed its check; nothing is linked to it yet.
    pub fn draft(content: &Content) -> Self {
        Self {
            statement: content.statement.clone(),
            on_device: !content.devices.is_empty(),
            guard_rails: content.guard_rails.clone(),
            ..Self::default()
        }
    }

    /// A form while it is filled. What cannot be read yet counts as missing.
    pub fn form(form: &HypothesisForm, supports: u32, contradicts: u32) -> Self {
        let said = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let size = |raw: &str| parse_number(raw.trim().trim_end_matches('%')).map(|percent| percent / 100.0);
        let effect = said(&form.metric).map(|metric| super::Effect {
            metric,
            direction: if form.direction == "down" { crate::sites::Direction::Down } else { crate::sites::Direction::Up },
            low: size(&form.low),
            high: size(&form.high),
        });
        let statement = Statement {
            because: said(&form.because),
            change: said(&form.change),
            audience: said(&form.audience).or_else(|| said(&form.audience_slug)),
            effect,
            lever: said(&form.lever),
            reason: said(&form.reason),
            measure: said(&form.measure),
        };
        let guard_rails = form.guard_rails.iter().filter(|slug| !slug.is_empty()).cloned().collect();
        Self { statement, on_device: form.devices.iter().any(|slug| !slug.is_empty()), guard_rails, supports, contradicts }
    }

    fn saved(hypothesis: &Hypothesis) -> Self {
        Self {
            statement: hypothesis.statement.clone(),
            on_device: !hypothesis.devices.is_empty(),
            guard_rails: hypothesis.guard_rails.clone(),
            supports: hypothesis.evidence.supports,
            contradicts: hypothesis.evidence.contradicts,
        }
    }

    /// Goes through all checks. `metric` is the name of the metric of its effect, for the words that are suggested.
    pub fn lint(&self, metric: Option<&str>) -> Lint {
        let findings = rules::all(self, metric);
        let passed = findings.iter().filter(|finding| finding.passes()).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Lint { readiness: Readiness { passed: count(passed), of: count(findings.len()) }, findings }
    }
}

impl Hypothesis {
    /// What the linter says of it.
    pub fn lint(&self, metric: Option<&str>) -> Lint {
        Linted::saved(self).lint(metric)
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
