//! Starting, stopping and cancelling: what a start lacks, and the reasons that each step asks for.

use super::{Plan, Schedule, TestKind};
use crate::errors::FieldErrors;
use crate::sites::{Family, Metric};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that a test should not start without. A lead may, with a written reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    Evidence,
    GuardRail,
    CommercialMetric,
    /// Fewer visitors than needed come in the planned weeks.
    Power,
    /// Nobody can say whether enough visitors come. Asks for no reason; a reason that is given covers it.
    KnownTraffic,
}

impl Lack {
    pub fn slug(self) -> &'static str {
        match self {
            Lack::Evidence => "evidence",
            Lack::GuardRail => "guard_rail",
            Lack::CommercialMetric => "commercial_metric",
            Lack::Power => "power",
            Lack::KnownTraffic => "known_traffic",
        }
    }

    pub fn sentence(self) -> &'static str {
        match self {
            Lack::Evidence => "A hypothesis of this test has no supporting evidence.",
            Lack::GuardRail => "No guard-rail says what must not be harmed.",
            Lack::CommercialMetric => "The primary metric is a conversion and no commercial metric stands beside it.",
            Lack::Power => "Fewer visitors come in the planned weeks than the plan needs.",
            Lack::KnownTraffic => "Nobody can say whether enough visitors come: the settings lack the area’s visitors a month.",
        }
    }

    /// Whether the start is refused without a reason.
    pub fn needs_reason(self) -> bool {
        self != Lack::KnownTraffic
    }
}

/// What a start on this plan would go without. `supports` counts the supporting evidence of each linked hypothesis.
pub fn lacks(kind: TestKind, plan: &Plan, metrics: &[Metric], supports: &[u32], schedule: &Schedule) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if supports.is_empty() || supports.contains(&0) {
        lacks.push(Lack::Evidence);
    }
    if !kind.has_numbers() {
        return lacks;
    }
    if plan.guard_rails.is_empty() {
        lacks.push(Lack::GuardRail);
    }
    let family = |slug: &str| metrics.iter().find(|metric| metric.slug == slug).map(|metric| metric.family);
    let beside = plan.guard_rails.iter().map(|rail| &rail.metric).chain(&plan.secondary_metrics);
    let converts = plan.primary_metric.as_deref().and_then(family) == Some(Family::Conversion);
    if converts && beside.into_iter().all(|slug| family(slug) != Some(Family::Commercial)) {
        lacks.push(Lack::CommercialMetric);
    }
    match schedule.under_power() {
        Some(true) => lacks.push(Lack::Power),
        None => lacks.push(Lack::KnownTraffic),
        Some(false) => {}
    }
    lacks
}

/// A start as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StartDraft {
    /// `2026-11-20`; today where left out.
    pub on: Option<String>,
    pub overrule_reason: Option<String>,
}

/// What was missing at the start, and why it began all the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overrule {
    pub lacks: Vec<Lack>,
    pub reason: String,
}

impl StartDraft {
    /// The first day and what was overruled; `today` is the day in the site's time zone.
    pub fn check(&self, lacks: Vec<Lack>, today: NaiveDate) -> Result<(NaiveDate, Option<Overrule>), FieldErrors> {
        let errors = &mut FieldErrors::default();
        let on = check_day(errors, self.on.as_deref(), today);
        let reason = text::optional_text(errors, "overrule_reason", "The reason", self.overrule_reason.as_deref());
        let unmet: Vec<&str> = lacks.iter().filter(|lack| lack.needs_reason()).map(|lack| lack.sentence()).collect();
        if reason.is_none() && !unmet.is_empty() {
            errors.add("overrule_reason", format!("{} Mend that, or say why the test starts without.", unmet.join(" ")));
        }
        let overrule = reason.filter(|_| !lacks.is_empty()).map(|reason| Overrule { lacks, reason });
        std::mem::take(errors).into_result((on, overrule))
    }
}

/// A stop as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct StopDraft {
    /// `2026-11-20`; today where left out.
    pub on: Option<String>,
    pub reason: Option<String>,
}

impl StopDraft {
    /// The last day and the reason, if one was given.
    pub fn check(&self, started: NaiveDate, today: NaiveDate) -> Result<(NaiveDate, Option<String>), FieldErrors> {
        let errors = &mut FieldErrors::default();
        let on = check_day(errors, self.on.as_deref(), today);
        errors.require(on >= started, "on", format!("The test started on {started}; it cannot stop before."));
        let reason = text::optional_text(errors, "reason", "The reason", self.reason.as_deref());
        std::mem::take(errors).into_result((on, reason))
    }
}

/// A cancelling, a voiding or another step that needs nothing but its reason.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReasonDraft {
    pub reason: Option<String>,
}

impl ReasonDraft {
    pub fn check(&self, asks: &str) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reason = text::optional_text(&mut errors, "reason", "The reason", self.reason.as_deref());
        errors.require(reason.is_some(), "reason", asks);
        errors.into_result(reason.unwrap_or_default())
    }
}

/// What a person says of the data; it may say that they cannot be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct DataNote {
    pub note: String,
    /// Whether the data cannot be used.
    pub invalid: bool,
}

impl DataNote {
    /// None where the note is empty: that takes it away.
    pub fn check(&self) -> Result<Option<DataNote>, FieldErrors> {
        let mut errors = FieldErrors::default();
        let note = text::optional_text(&mut errors, "note", "The note", Some(&self.note));
        errors.require(note.is_some() || !self.invalid, "note", "Say what is wrong with the data.");
        errors.into_result(note.map(|note| DataNote { note, invalid: self.invalid }))
    }
}

fn check_day(errors: &mut FieldErrors, raw: Option<&str>, today: NaiveDate) -> NaiveDate {
    let Some(raw) = raw.map(str::trim).filter(|raw| !raw.is_empty()) else { return today };
    let day: Option<NaiveDate> = raw.parse().ok();
    match day {
        None => errors.add("on", format!("“{}” is not a date. It should look like 2026-11-20.", text::one_line(raw))),
        Some(day) if day > today => errors.add("on", format!("{day} lies in the future.")),
        Some(day) => errors.require(day >= NaiveDate::default(), "on", "A date lies after 1969."),
    }
    day.unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::super::cast::{metrics, plan};
    use super::super::{GuardRail, Scale};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn every_lack_has_its_own_sentence() {
        let bare = plan(2);
        let under = Schedule { sample: Some(1_000_000), weeks: 2, per_day: Some(10.0), ..Schedule::default() };
        let all = lacks(TestKind::Ab, &bare, &metrics(), &[1, 0], &under);
        assert_eq!(all, [Lack::Evidence, Lack::GuardRail, Lack::CommercialMetric, Lack::Power]);
        let error = StartDraft::default().check(all.clone(), day("2026-11-20")).unwrap_err();
        assert!(all.iter().all(|lack| error.of("overrule_reason").unwrap().contains(lack.sentence())));
        let reasoned = StartDraft { overrule_reason: Some("The launch is fixed.".into()), ..StartDraft::default() };
        let (on, overrule) = reasoned.check(all.clone(), day("2026-11-20")).unwrap();
        assert_eq!((on, overrule.unwrap().lacks), (day("2026-11-20"), all));
    }

    #[test]
    fn a_complete_plan_needs_no_reason_and_keeps_none() {
        let rail = GuardRail { metric: "revenue-per-visitor".into(), margin: 0.02, scale: Scale::Relative };
        let plan = Plan { guard_rails: vec![rail], ..plan(2) };
        let enough = Schedule { sample: Some(100), weeks: 2, per_day: Some(1000.0), ..Schedule::default() };
        assert!(lacks(TestKind::Ab, &plan, &metrics(), &[2], &enough).is_empty());
        let reasoned = StartDraft { overrule_reason: Some("Just so.".into()), ..StartDraft::default() };
        assert_eq!(reasoned.check(Vec::new(), day("2026-11-20")).unwrap().1, None);
        assert!(lacks(TestKind::Survey, &Plan::default(), &metrics(), &[2], &Schedule::default()).is_empty());
    }

    #[test]
    fn unknown_traffic_asks_for_no_reason() {
        let unknown = Schedule { sample: Some(100), weeks: 2, ..Schedule::default() };
        let found = lacks(TestKind::Ab, &plan(2), &metrics(), &[1], &unknown);
        assert_eq!(found.last(), Some(&Lack::KnownTraffic));
        assert!(StartDraft::default().check(vec![Lack::KnownTraffic], day("2026-11-20")).is_ok());
    }

    #[test]
    fn days_in_the_future_and_stops_before_the_start_are_refused() {
        let start = |on: &str| StartDraft { on: Some(on.into()), ..StartDraft::default() }.check(Vec::new(), day("2026-11-20"));
        assert!(start("2026-11-21").is_err() && start("soon").is_err() && start("2026-11-20").is_ok());
        let stop = |on: &str| StopDraft { on: Some(on.into()), reason: None }.check(day("2026-11-01"), day("2026-11-20"));
        assert!(stop("2026-10-31").is_err() && stop("2026-11-01").is_ok());
        assert!(ReasonDraft::default().check("Say why.").is_err());
    }
}
