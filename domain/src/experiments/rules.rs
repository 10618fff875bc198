//! Rules 2 to 5 of the suggested outcome: what each treatment shows, and what that makes of the test. The device
//! warnings stand here too, because they go with every outcome.

use super::analysis::{Change, FEWEST_DAYS, Facts, GuardState, Progress};
use super::compare::{Lens, pair_of};
use super::health::{INTERACTION_ALPHA, interaction, wholly_bad};
use super::pair::{Pair, towards_good};
use super::snapshot::Snapshot;
use super::verdict::Suggestion;
use super::{Outcome, OutcomeKind, Plan, words};
use crate::sites::{Device, Direction, Metric, Unit};
use crate::stats::Interval;

/// The level of the interval that shows that no difference matters.
const NEUTRAL_LEVEL: f64 = 0.90;

/// What the rules read of one treatment, everything in the good direction.
struct Reading<'a> {
    key: &'a str,
    /// None where the two cannot be compared.
    pair: Option<Pair>,
    interval: Option<Interval>,
    change: Change,
    /// Names of guard-rails by where they stand.
    broken: Vec<String>,
    unproven: Vec<String>,
    money_better: bool,
}

/// The parts of the rules that are the same for all treatments.
pub(super) struct Rules<'a> {
    pub plan: &'a Plan,
    pub facts: &'a Facts<'a>,
    pub snapshot: &'a Snapshot,
    pub progress: &'a Progress,
    pub lens: Lens,
    pub good: Direction,
    pub metric: String,
    pub unit: Unit,
}

/// "Keep running until 4 Dec 2026 and 40,000 visitors (20,000 so far)."
pub(super) fn keep_running(progress: &Progress) -> String {
    let planned = i64::from(progress.planned_weeks) * 7;
    let mut until = Vec::new();
    if let Some(day) = progress.ends_on.filter(|_| progress.days.is_none_or(|days| days < planned)) {
        until.push(day.format("%-d %b %Y").to_string());
    }
    let visitors = progress.visitors.unwrap_or(0);
    if let Some(sample) = progress.planned_sample.filter(|sample| visitors < *sample) {
        until.push(format!("{} visitors ({} so far)", words::grouped(sample), words::grouped(visitors)));
    }
    if until.is_empty() { "Keep running.".to_owned() } else { format!("Keep running until {}.", until.join(" and ")) }
}

impl Rules<'_> {
    /// Without a look nothing is read but harm: an always-valid interval that is wholly bad.
    pub fn before_a_look(&self) -> Option<Suggestion> {
        if self.lens.sequential {
            return None;
        }
        Some(self.stop_now().unwrap_or_else(|| {
            let reason = format!("The plan is not reached. {}", keep_running(self.progress));
            Suggestion::new(Outcome::TooEarly, None, reason)
        }))
    }

    fn stop_now(&self) -> Option<Suggestion> {
        let harmed = wholly_bad(self.plan, self.facts, self.snapshot);
        if harmed.is_empty() {
            return None;
        }
        let reason = format!("Stop now: {} is harmed, whenever one looks.", words::list(&harmed));
        Some(Suggestion::new(Outcome::TooEarly, Some(OutcomeKind::StopNow), reason))
    }

    /// A win if any treatment wins, a loss if all lose, else what the best of the rest shows.
    pub fn combined(&self, primary: &str) -> Suggestion {
        let treatments = self.plan.treatments().iter();
        let mut each: Vec<(f64, Suggestion)> = treatments
            .filter_map(|treatment| self.read(primary, &treatment.key))
            .map(|reading| (reading.interval.map_or(f64::NEG_INFINITY, |interval| interval.lower), self.of_treatment(&reading)))
            .collect();
        each.sort_by(|a, b| b.0.total_cmp(&a.0));
        let count = each.len();
        let lost = each.iter().filter(|(_, one)| one.outcome == Outcome::Loss).count();
        let first = |wanted: Outcome| each.iter().find(|(_, one)| one.outcome == wanted).map(|(_, one)| one.clone());
        let loss = || first(Outcome::Loss).filter(|_| lost == count);
        let chosen = first(Outcome::Win).or_else(loss).or_else(|| first(Outcome::TooEarly)).or_else(|| first(Outcome::Inconclusive));
        let mut chosen = chosen.unwrap_or_else(|| self.undecided(None));
        if chosen.outcome == Outcome::Loss && count > 1 {
            chosen.reason = format!("Every variant lost. The best of them: {}", chosen.reason);
        }
        if !self.progress.short_of_plan {
            self.warn_of_devices(primary, &mut chosen);
        }
        chosen
    }

    fn read<'a>(&self, primary: &str, key: &'a str) -> Option<Reading<'a>> {
        let compared = pair_of(self.plan, self.facts, self.snapshot, primary, key, None)?;
        let pair = compared.ok();
        let pair_on = |metric: &str| pair_of(self.plan, self.facts, self.snapshot, metric, key, None).and_then(Result::ok);
        let mut reading = Reading {
            key,
            pair,
            interval: pair.and_then(|pair| self.lens.interval(&pair, self.lens.level)).map(|interval| towards_good(interval, self.good)),
            change: pair.and_then(|pair| self.lens.change(&pair, self.good)).unwrap_or(Change::Unclear),
            broken: Vec::new(),
            unproven: Vec::new(),
            money_better: false,
        };
        for rail in &self.plan.guard_rails {
            let good = self.facts.metric(&rail.metric).map_or(Direction::Up, |metric| metric.direction);
            // A guard-rail without data is unproven.
            let state = pair_on(&rail.metric).map_or(GuardState::Unproven, |pair| self.lens.guard(rail, &pair, good).status);
            match state {
                GuardState::Safe => {}
                GuardState::Broken => reading.broken.push(self.facts.name(&rail.metric)),
                GuardState::Unproven => reading.unproven.push(self.facts.name(&rail.metric)),
            }
        }
        let money = self.facts.metrics.iter().filter(|metric| metric.unit == Unit::Money);
        let better =
            |metric: &Metric| pair_on(&metric.slug).and_then(|pair| self.lens.change(&pair, metric.direction)) == Some(Change::Better);
        reading.money_better = money.into_iter().any(better);
        Some(reading)
    }

    /// Rules 2 to 5 for one treatment.
    fn of_treatment(&self, reading: &Reading) -> Suggestion {
        let mut suggestion = self.too_early(reading).or_else(|| self.decided(reading)).unwrap_or_else(|| self.undecided(Some(reading)));
        suggestion.variant = Some(reading.key.to_owned());
        suggestion
    }

    fn too_early(&self, reading: &Reading) -> Option<Suggestion> {
        if !self.progress.short_of_plan {
            return None;
        }
        if reading.change == Change::Unclear {
            let keep = || format!("{} {}", self.likely(reading), keep_running(self.progress));
            return Some(self.stop_now().unwrap_or_else(|| Suggestion::new(Outcome::TooEarly, None, keep())));
        }
        self.in_first_days().then(|| {
            let reason = format!(
                "{} A win or a loss is offered after {FEWEST_DAYS} full days. {}",
                self.likely(reading),
                keep_running(self.progress)
            );
            Suggestion::new(Outcome::TooEarly, None, reason)
        })
    }

    fn in_first_days(&self) -> bool {
        !self.progress.reached && self.progress.days.is_none_or(|days| days < FEWEST_DAYS)
    }

    /// Rules 3 and 4.
    fn decided(&self, reading: &Reading) -> Option<Suggestion> {
        if self.in_first_days() {
            return None;
        }
        match reading.change {
            Change::Better if reading.broken.is_empty() && reading.unproven.is_empty() => Some(self.win(reading)),
            Change::Worse => Some(Suggestion::new(Outcome::Loss, None, self.likely(reading))),
            Change::Unclear if !reading.broken.is_empty() => {
                let reason = format!("{} is not better, and {} is harmed.", words::variant(reading.key), words::list(&reading.broken));
                Some(Suggestion::new(Outcome::Loss, None, reason))
            }
            _ => None,
        }
    }

    fn win(&self, reading: &Reading) -> Suggestion {
        let mut reason = self.likely(reading);
        let mut marks = Vec::new();
        let worthwhile = self.worthwhile(reading);
        if worthwhile.zip(reading.interval).is_some_and(|(least, interval)| interval.upper < least) {
            marks.push(OutcomeKind::Small);
            reason.push_str(&format!(" Real but too small: all of that lies below the smallest effect worth having, {}.", self.aim()));
        }
        if !reading.money_better {
            marks.push(OutcomeKind::CommercialEffectNotShown);
            reason.push_str(" No commercial effect is shown.");
        }
        if self.plan.guard_rails.is_empty() {
            marks.push(OutcomeKind::NoGuardRail);
            reason.push_str(" The plan has no guard-rail.");
        } else {
            reason.push_str(" Every guard-rail is safe.");
        }
        Suggestion { marks: marks.clone(), ..Suggestion::new(Outcome::Win, marks.first().copied(), reason) }
    }

    /// Rule 5: the first kind that fits.
    fn undecided(&self, reading: Option<&Reading>) -> Suggestion {
        let kind = self.undecided_kind(reading);
        let likely = reading.map_or_else(|| "No variant can be compared with the control.".to_owned(), |reading| self.likely(reading));
        let (key, broken, unproven) = reading.map_or((String::new(), String::new(), String::new()), |r| {
            (words::variant(r.key), words::list(&r.broken), words::list(&r.unproven))
        });
        let reason = match kind {
            OutcomeKind::TradeOff => format!("{key} is better, but {broken} is harmed."),
            OutcomeKind::GuardRailUnproven => format!("{key} is better, but {unproven} is not shown to be safe."),
            OutcomeKind::StoppedEarly => format!("The test ended before its plan was reached. {likely}"),
            OutcomeKind::Neutral => format!("No meaningful difference: whatever there is lies within {} either way. {likely}", self.aim()),
            OutcomeKind::GainAboveMdeRuledOut => format!("A gain as large as the plan aims for, {}, is ruled out. {likely}", self.aim()),
            OutcomeKind::NoAimStated => {
                format!("{likely} The plan states no smallest effect worth having, so nobody can say whether that is small.")
            }
            _ => format!("{likely} The sample is too small to show or to rule out {}.", self.aim()),
        };
        Suggestion::new(Outcome::Inconclusive, Some(kind), reason)
    }

    fn undecided_kind(&self, reading: Option<&Reading>) -> OutcomeKind {
        if let Some(reading) = reading.filter(|reading| reading.change == Change::Better) {
            if !reading.broken.is_empty() {
                return OutcomeKind::TradeOff;
            }
            if !reading.unproven.is_empty() {
                return OutcomeKind::GuardRailUnproven;
            }
        }
        if !self.progress.reached {
            return OutcomeKind::StoppedEarly;
        }
        if self.plan.mde.is_none() {
            return OutcomeKind::NoAimStated;
        }
        let Some((reading, least)) = reading.and_then(|reading| Some((reading, self.worthwhile(reading)?))) else {
            return OutcomeKind::Underpowered;
        };
        let narrow = reading.pair.and_then(|pair| self.lens.interval(&pair, NEUTRAL_LEVEL));
        if narrow.is_some_and(|interval| interval.is_inside(&Interval { lower: -least, upper: least })) {
            return OutcomeKind::Neutral;
        }
        if reading.interval.is_some_and(|interval| interval.upper < least) {
            return OutcomeKind::GainAboveMdeRuledOut;
        }
        OutcomeKind::Underpowered
    }

    /// The smallest effect worth having in the metric's unit: the plan's relative one times the control's value.
    fn worthwhile(&self, reading: &Reading) -> Option<f64> {
        Some(self.plan.mde? * reading.pair?.values().0.abs())
    }

    fn aim(&self) -> String {
        self.plan.mde.map_or_else(|| "the aim".to_owned(), words::percent)
    }

    /// "B is better: purchases per visitor changed by between +0.86 points and +1.14 points."
    fn likely(&self, reading: &Reading) -> String {
        let Some(interval) = reading.interval else {
            return format!("{} cannot be compared with the control.", words::variant(reading.key));
        };
        // Back from the good direction to the metric's own.
        let change = words::difference_pair(towards_good(interval, self.good), self.unit);
        let word = match reading.change {
            Change::Better => "is better",
            Change::Worse => "is worse",
            Change::Unclear => "is unclear",
        };
        format!("{} {word}: the change of {} likely lies between {change}.", words::variant(reading.key), self.metric)
    }

    /// A device that answers differently, or points the other way, asks for a decision of its own.
    fn warn_of_devices(&self, primary: &str, suggestion: &mut Suggestion) {
        let Some(key) = suggestion.variant.clone().or_else(|| self.plan.treatments().first().map(|one| one.key.clone())) else { return };
        let Some(all) = pair_of(self.plan, self.facts, self.snapshot, primary, &key, None).and_then(Result::ok) else { return };
        let good = |pair: &Pair| if self.good == Direction::Up { pair.estimate() } else { -pair.estimate() };
        let devices = self
            .snapshot
            .devices(primary)
            .into_iter()
            .filter_map(|device| Some((device, pair_of(self.plan, self.facts, self.snapshot, primary, &key, Some(device))?.ok()?)));
        let devices: Vec<(Device, Pair)> = devices.collect();
        let decided = matches!(self.lens.change(&all, self.good), Some(Change::Better | Change::Worse));
        let against = |pair: &Pair| {
            let clear = matches!(self.lens.change(pair, self.good), Some(Change::Better | Change::Worse));
            (decided || clear) && good(pair) * good(&all) < 0.0
        };
        let opposite: Vec<String> = devices.iter().filter(|(_, pair)| against(pair)).map(|(device, _)| device.slug().to_owned()).collect();
        let differs = devices.len() > 1 && interaction(self.plan, self.facts, self.snapshot, &key).is_some_and(|p| p < INTERACTION_ALPHA);
        if differs {
            suggestion.warnings.push("Devices answer differently: decide for each device.".to_owned());
        }
        if !opposite.is_empty() {
            suggestion.warnings.push(format!("On {} the result points the other way.", words::list(&opposite)));
        }
        suggestion.per_device = differs || !opposite.is_empty();
        if suggestion.per_device {
            suggestion.devices = devices.iter().filter(|(_, pair)| good(pair) > 0.0).map(|(device, _)| *device).collect();
        }
    }
}
