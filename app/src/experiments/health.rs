//! Health checks: each with the number behind it; what has no input reads "not measured".

use crate::ui::Icon;
use domain::experiments::{HealthCheck, Status};
use leptos::prelude::*;

fn name(check: &str) -> &str {
    match check {
        "sample_ratio" => "Sample ratio",
        "sample_ratio_devices" => "Sample ratio by device",
        "planned_sample" => "Planned sample",
        "whole_weeks" => "Whole weeks",
        "looks" => "Looks at results",
        "small_counts" => "Small counts",
        "missing_days" => "Missing days",
        "device_interaction" => "Device interaction",
        "guard_rails" => "Guard-rails",
        "data_note" => "Note on the data",
        other => other,
    }
}

/// Whether a check had nothing to read.
fn is_unmeasured(check: &HealthCheck) -> bool {
    check.status == Status::Warn && check.detail.starts_with("Not measured")
}

/// The list and its sum: "7 pass, 1 to look at".
#[component]
pub fn HealthChecks(checks: Vec<HealthCheck>) -> impl IntoView {
    if checks.is_empty() {
        return ().into_any();
    }
    let sum = sum_words(&checks);
    let failed = checks.iter().any(|one| one.status == Status::Fail);
    let (class, icon) = if failed {
        ("outcome loss", "o-loss")
    } else if checks.iter().all(|one| one.status == Status::Pass) {
        ("outcome check", "o-check")
    } else {
        ("outcome warn", "o-warn")
    };
    let items = checks.into_iter().map(|check| view! { <Check check /> }).collect_view();
    view! {
        <section aria-labelledby="checks-title">
            <header class="section-head"><h2 id="checks-title">"Health checks"</h2><span class=class><Icon name=icon own=true />{sum}</span></header>
            <ul class="checks">{items}</ul>
        </section>
    }
    .into_any()
}

fn sum_words(checks: &[HealthCheck]) -> String {
    let count = |wanted: fn(&HealthCheck) -> bool| checks.iter().filter(|one| wanted(one)).count();
    let parts = [
        (count(|one| one.status == Status::Fail), "fail"),
        (count(|one| one.status == Status::Warn && !is_unmeasured(one)), "to look at"),
        (count(|one| one.status == Status::Pass), "pass"),
        (count(is_unmeasured), "not measured"),
    ];
    let said: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("{count} {words}")).collect();
    said.join(", ")
}

#[component]
fn Check(check: HealthCheck) -> impl IntoView {
    let unmeasured = is_unmeasured(&check);
    let (class, icon, word) = match check.status {
        _ if unmeasured => ("glyph", "/icons.svg#o-planned", "Not measured: "),
        Status::Pass => ("glyph check", "/icons.svg#o-check", "Pass: "),
        Status::Warn => ("glyph warn", "/icons.svg#o-warn", "Look at this: "),
        Status::Fail => ("glyph loss", "/icons.svg#o-loss", "Fail: "),
    };
    let name = name(&check.check).to_owned();
    view! {
        <li>
            <svg class=class aria-hidden="true"><use href=icon></use></svg>
            <b><span class="visually-hidden">{word}</span>{name}</b>
            <span class=if unmeasured { "what not-measured" } else { "what" }>{check.detail}</span>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_tells_apart_what_passes_and_what_nobody_measured() {
        let check = |status, detail: &str| HealthCheck { check: "looks".into(), status, detail: detail.into(), figure: None };
        let checks = [
            check(Status::Pass, ""),
            check(Status::Warn, "Not measured: no results."),
            check(Status::Warn, "1 of 2."),
            check(Status::Pass, ""),
        ];
        assert_eq!(sum_words(&checks), "1 to look at, 2 pass, 1 not measured");
    }
}
