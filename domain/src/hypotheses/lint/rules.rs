//! One function per check.

use super::language::{changes, hedge, names_duration, opinion};
use super::{Check, Finding, Linted, Status};
use crate::hypotheses::Effect;

/// How long a test lasts at least, as the plan of a test has it.
const AT_LEAST: &str = "2 full weeks";

pub(super) fn all(linted: &Linted, metric: Option<&str>) -> Vec<Finding> {
    vec![
        one_change(linted),
        reason(linted),
        evidence(linted),
        audience(linted),
        effect_metric(linted),
        size(linted),
        falsifiable(linted),
        measure(linted, metric),
        guard_rail(linted),
        device(linted),
    ]
}

fn pass(check: Check, field: &str, message: impl Into<String>) -> Finding {
    Finding { check, status: Status::Pass, message: message.into(), mend: None, field: field.to_owned(), suggestion: None }
}

fn fail(check: Check, field: &str, message: &str, mend: &str) -> Finding {
    Finding { status: Status::Fail, mend: Some(mend.to_owned()), ..pass(check, field, message) }
}

fn warn(check: Check, field: &str, message: String, mend: &str) -> Finding {
    Finding { status: Status::Warn, mend: Some(mend.to_owned()), ..pass(check, field, message) }
}

fn one_change(linted: &Linted) -> Finding {
    const FIELD: &str = "statement.change";
    let Some(change) = &linted.statement.change else {
        return fail(Check::OneChange, FIELD, "No change yet", "Name the one thing that will be different.");
    };
    match changes(change).as_slice() {
        [first, second, ..] => {
            let message = format!("Several changes: “{first}” and “{second}”");
            warn(Check::OneChange, FIELD, message, "Keep one and split the rest off: a result could not say which of them worked.")
        }
        _ => pass(Check::OneChange, FIELD, "One change"),
    }
}

fn reason(linted: &Linted) -> Finding {
    const FIELD: &str = "statement.because";
    let Some(because) = &linted.statement.because else {
        return fail(Check::Reason, FIELD, "No reason yet", "Say what was seen, heard or measured.");
    };
    match opinion(because) {
        Some(words) => warn(Check::Reason, FIELD, format!("“{words}” is an opinion"), "Say what was seen, heard or measured."),
        None => pass(Check::Reason, FIELD, "Has a reason"),
    }
}

fn evidence(linted: &Linted) -> Finding {
    const FIELD: &str = "evidence";
    match (linted.supports, linted.contradicts) {
        (0, 0) => fail(Check::Evidence, FIELD, "No evidence linked", "Link a finding that speaks for it."),
        (0, _) => warn(Check::Evidence, FIELD, "All linked evidence speaks against it".to_owned(), "Link a finding that speaks for it."),
        (1, _) => pass(Check::Evidence, FIELD, "Backed by 1 piece of evidence"),
        (count, _) => pass(Check::Evidence, FIELD, format!("Backed by {count} pieces of evidence")),
    }
}

fn audience(linted: &Linted) -> Finding {
    const FIELD: &str = "statement.audience";
    match linted.statement.audience {
        Some(_) => pass(Check::Audience, FIELD, "Names its audience"),
        None => fail(Check::Audience, FIELD, "No audience yet", "Say for whom, even if it is everybody."),
    }
}

fn effect_metric(linted: &Linted) -> Finding {
    const FIELD: &str = "statement.effect.metric";
    match linted.statement.effect {
        Some(_) => pass(Check::Metric, FIELD, "Names its metric"),
        None => fail(Check::Metric, FIELD, "No metric yet", "Choose the one number that should move."),
    }
}

/// The smallest expected change; where only one size is said, that one.
fn smallest(effect: &Effect) -> Option<f64> {
    effect.low.or(effect.high)
}

fn size(linted: &Linted) -> Finding {
    const FIELD: &str = "statement.effect.low";
    match linted.statement.effect.as_ref().and_then(smallest) {
        Some(_) => pass(Check::Size, FIELD, "Effect has a size"),
        None => fail(
            Check::Size,
            FIELD,
            "No size of effect yet",
            "Say by how much it moves, from the smallest to the largest change you expect.",
        ),
    }
}

fn falsifiable(linted: &Linted) -> Finding {
    const FIELD: &str = "statement.effect.low";
    let statement = &linted.statement;
    let Some(smallest) = statement.effect.as_ref().and_then(smallest) else {
        let mend = "Name a metric and a smallest change above 0%: then the data can disagree.";
        return fail(Check::Falsifiable, FIELD, "Nothing yet that could turn out wrong", mend);
    };
    if smallest <= 0.0 {
        let message = "A smallest change of 0% agrees with no effect at all".to_owned();
        return warn(Check::Falsifiable, FIELD, message, "Make the smallest change larger than 0%.");
    }
    let said = [("statement.change", &statement.change), ("statement.measure", &statement.measure)];
    let found = said.into_iter().find_map(|(field, text)| Some((field, hedge(text.as_deref()?)?)));
    match found {
        Some((field, word)) => warn(Check::Falsifiable, field, format!("“{word}” leaves a way out"), "Say what will happen, not what may."),
        None => pass(Check::Falsifiable, FIELD, "Can be proved wrong"),
    }
}

fn measure(linted: &Linted, metric: Option<&str>) -> Finding {
    const FIELD: &str = "statement.measure";
    let Some(measure) = &linted.statement.measure else {
        let suggestion = metric.map(|name| format!("{} differs after {AT_LEAST}", super::super::sentence::decapitalise(name)));
        let finding = fail(Check::Measure, FIELD, "No measure yet", "Name a metric and how long to watch it.");
        return Finding { suggestion, ..finding };
    };
    if names_duration(measure) {
        return pass(Check::Measure, FIELD, "Says when it is known");
    }
    let suggestion = Some(format!("{}, after {AT_LEAST}", measure.trim_end_matches('.')));
    Finding { suggestion, ..warn(Check::Measure, FIELD, "The measure names no duration".to_owned(), "Say how long to watch it.") }
}

fn guard_rail(linted: &Linted) -> Finding {
    const FIELD: &str = "guard_rails";
    let metric = linted.statement.effect.as_ref().map(|effect| &effect.metric);
    let others = linted.guard_rails.iter().filter(|slug| Some(*slug) != metric).count();
    match (linted.guard_rails.len(), others) {
        (0, _) => fail(Check::GuardRail, FIELD, "No guard-rail chosen", "Choose a metric that must not get worse."),
        (_, 0) => {
            warn(Check::GuardRail, FIELD, "Its metric cannot guard itself".to_owned(), "Choose another metric that must not get worse.")
        }
        _ => pass(Check::GuardRail, FIELD, "Guard-rail chosen"),
    }
}

fn device(linted: &Linted) -> Finding {
    const FIELD: &str = "devices";
    if linted.on_device {
        pass(Check::Device, FIELD, "States its device")
    } else {
        fail(Check::Device, FIELD, "No device stated", "Say on which devices; people behave differently on a phone.")
    }
}
