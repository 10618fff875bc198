//! Figures of results as people read them: real signs, one decimal, units on every number.

use crate::charts::{Shape, Span};
use domain::experiments::{Change, Comparison, GuardState, Outcome};
use domain::sites::{Metric, MetricKind, Unit};

/// 0.068 as "+6.8%".
pub fn signed(share: f64) -> String {
    format!("{}{}%", sign(share), tenths(share))
}

/// "+2.4 to +11.5%".
pub fn range(low: f64, high: f64) -> String {
    format!("{}{} to {}{}%", sign(low), tenths(low), sign(high), tenths(high))
}

/// "+6.8%, likely between +2.4% and +11.5%".
pub fn spoken(span: Span) -> String {
    format!("{}, likely between {} and {}", signed(span.estimate), signed(span.low), signed(span.high))
}

/// A tick: "+5%", "0%".
pub fn tick(share: f64) -> String {
    let percent = share * 100.0;
    let digits = if (percent - percent.round()).abs() < 0.01 { 0 } else { 1 };
    let sign = if percent.abs() < 0.005 { "" } else { sign(share) };
    format!("{sign}{:.digits$}%", percent.abs())
}

fn sign(value: f64) -> &'static str {
    if value < 0.0 { "\u{2212}" } else { "+" }
}

fn tenths(share: f64) -> String {
    format!("{:.1}", share.abs() * 100.0)
}

/// A metric's value in its unit: "4.10%", "£2.54", "2.31 s".
pub fn value(value: f64, unit: Unit, currency: &str) -> String {
    match unit {
        Unit::Share => format!("{:.2}%", value * 100.0),
        Unit::Money => amount(value, currency),
        Unit::Seconds => format!("{value:.2} s"),
        Unit::Count => format!("{value:.2}"),
    }
}

/// "£2.54"; currencies without a sign of their own stand by their code.
fn amount(value: f64, currency: &str) -> String {
    let minus = if value < 0.0 { "\u{2212}" } else { "" };
    format!("{minus}{}{:.2}", currency_sign(currency), value.abs())
}

/// "£", or "CHF " with its space.
pub fn currency_sign(currency: &str) -> String {
    match currency {
        "GBP" => "£".to_owned(),
        "EUR" => "€".to_owned(),
        "USD" => "$".to_owned(),
        "" => String::new(),
        code => format!("{code} "),
    }
}

/// What the entry grid calls the successes of a share, and the number of a mean.
pub fn is_share(metric: &Metric) -> bool {
    metric.kind == MetricKind::Proportion
}

/// The relative change that may be shown: that of the plan's end, else the one that allows for early looks.
pub fn relative(comparison: &Comparison) -> Option<Span> {
    let early = comparison.sequential.as_ref().and_then(|found| found.relative.as_ref());
    let found = comparison.relative.as_ref().or(early)?;
    Some(Span { low: found.low, estimate: found.estimate, high: found.high })
}

/// Class, sprite name and word of an outcome.
pub fn outcome(outcome: Outcome) -> (&'static str, &'static str, &'static str) {
    match outcome {
        Outcome::Win => ("win", "o-win", "Win"),
        Outcome::Loss => ("loss", "o-loss", "Loss"),
        Outcome::Inconclusive => ("flat", "o-inconclusive", "Inconclusive"),
        Outcome::Invalid => ("void", "o-invalid", "Invalid"),
        Outcome::TooEarly => ("planned", "o-planned", "Too early"),
    }
}

/// The same of a change.
pub fn change(change: Change) -> (&'static str, &'static str, &'static str) {
    match change {
        Change::Better => ("win", "o-win", "Better"),
        Change::Worse => ("loss", "o-loss", "Worse"),
        Change::Unclear => ("flat", "o-inconclusive", "Unclear"),
    }
}

/// The same of a guard-rail.
pub fn guard(state: GuardState) -> (&'static str, &'static str, &'static str) {
    match state {
        GuardState::Safe => ("check", "o-check", "Safe"),
        GuardState::Unproven => ("warn", "o-warn", "Check"),
        GuardState::Broken => ("loss", "o-loss", "Broken"),
    }
}

/// The point's shape of an outcome.
pub fn shape(outcome: Option<Outcome>) -> Shape {
    match outcome {
        Some(Outcome::Win) => Shape::Win,
        Some(Outcome::Loss) => Shape::Loss,
        Some(Outcome::Invalid) => Shape::Invalid,
        _ => Shape::Inconclusive,
    }
}

/// The point's shape of a change.
pub fn change_shape(change: Option<Change>) -> Shape {
    match change {
        Some(Change::Better) => Shape::Win,
        Some(Change::Worse) => Shape::Loss,
        _ => Shape::Inconclusive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_have_a_real_sign_and_one_decimal() {
        assert_eq!((signed(0.068).as_str(), signed(-0.0049).as_str()), ("+6.8%", "−0.5%"));
        assert_eq!(range(-0.012, 0.076), "−1.2 to +7.6%");
        assert_eq!([0.05, 0.0, -0.1, 0.025].map(tick), ["+5%", "0%", "−10%", "+2.5%"]);
    }

    #[test]
    fn values_carry_their_unit() {
        assert_eq!(value(0.041, Unit::Share, "GBP"), "4.10%");
        assert_eq!(value(2.54, Unit::Money, "GBP"), "£2.54");
        assert_eq!(value(-2.5, Unit::Money, "CHF"), "−CHF 2.50");
        assert_eq!(value(2.306, Unit::Seconds, ""), "2.31 s");
    }
}
