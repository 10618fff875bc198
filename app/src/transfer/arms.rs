//! The preview of a file of test arms: what its tests come to, and what is kept out of impact.

use super::page::Steps;
use super::server_fns::{ShownArms, ShownTest};
use crate::experiments::OutcomeTag;
use crate::frame::Frame;
use crate::ui::{Choice, Findings, Icon, SelectField, number, plural};
use domain::experiments::Outcome;
use domain::transfer::{ArmsSummary, SplitCount};
use leptos::prelude::*;

fn count(value: usize) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The page.
#[component]
pub fn ArmsPreviewBody(frame: Frame, file: ShownArms, refused: bool) -> impl IntoView {
    let mut findings = file.errors.clone();
    if refused {
        findings.insert(0, "Nothing was imported: the workspace changed meanwhile. The preview below is the present one.".into());
    }
    if file.known > 0 {
        findings.push(format!("{} of these tests were imported before, by their ids; they would stand here twice.", count(file.known)));
    }
    let sentence = file.summary.as_ref().map_or_else(|| "The tests of this file cannot be read.".to_owned(), told);
    let ready = file.summary.as_ref().map(|summary| summary.tests);
    let confirm = match ready {
        Some(tests) => view! { <Confirm frame=frame.clone() file=file.clone() tests /> }.into_any(),
        None => view! { <p class="actions"><a class="button" href=frame.to("import")>"Choose another file"</a></p> }.into_any(),
    };
    view! {
        <main id="content" class="page">
            <header class="page-head"><div><h1>{format!("Import: {}", file.file_name)}</h1><p>{sentence}</p></div></header>
            <Steps at=2 />
            <Findings messages=findings />
            <Aim frame=frame file=file.clone() />
            {ready.is_some().then(|| view! { <Caveats details=file.details.clone() /> })}
            {file.summary.map(|summary| view! { <Splits summary /> })}
            <Tests tests=file.tests ready=ready.unwrap_or(0) />
            {confirm}
        </main>
    }
}

/// "240 tests with 927 arms: 31 wins, 20 losses and 189 inconclusive, computed from the counts."
fn told(summary: &ArmsSummary) -> String {
    let of = |outcome: Outcome| summary.outcomes.get(&outcome).copied().unwrap_or(0);
    let parts = [
        plural(of(Outcome::Win) as u64, "win", "wins"),
        plural(of(Outcome::Loss) as u64, "loss", "losses"),
        format!("{} inconclusive", count(of(Outcome::Inconclusive))),
        format!("{} invalid", count(of(Outcome::Invalid))),
    ];
    let (tests, arms) = (plural(summary.tests as u64, "test", "tests"), plural(summary.arms as u64, "arm", "arms"));
    format!("{tests} with {arms}. Computed from the counts: {}.", parts.join(", "))
}

/// Where the counts belong: a form whose address is the choice.
#[component]
fn Aim(frame: Frame, file: ShownArms) -> impl IntoView {
    let choices = |pairs: Vec<(String, String)>| pairs.into_iter().map(|(slug, name)| Choice::new(&slug, &name)).collect::<Vec<_>>();
    let backlog = format!("{}?upload={}&header=1", frame.to("import/preview"), crate::frame::encode(&file.upload));
    view! {
        <form class="form" method="get" action=frame.to("import/preview")>
            <input type="hidden" name="upload" value=file.upload />
            <div class="field-row">
                <SelectField id="site" name="site" label="The tests ran on" choices=choices(file.sites) value=file.target.site hint="One site for all of them" />
                <SelectField id="metric" name="metric" label="Their conversions are" choices=choices(file.metrics) value=file.target.metric hint="A share of visitors; add one in the settings if none fits" />
            </div>
            <p class="actions"><button class="button">"Preview again"</button><a class="button quiet" href=backlog>"Read the rows as hypotheses"</a></p>
        </form>
    }
}

/// What an import of tests does not claim.
#[component]
fn Caveats(details: Vec<String>) -> impl IntoView {
    let kept = if details.is_empty() {
        String::new()
    } else {
        format!(" {} stay as details beside each test and decide nothing.", quoted(&details))
    };
    view! {
        <div class="callout note">
            <Icon name="o-warn" own=true />
            <div>
                <p><b>"The first arm of each test stands as comparison. "</b>"It is not a documented control: the file does not say which arm was there before."</p>
                <p>{format!("Each test arrives stopped, with its outcome marked as computed, and waits for its learning in a queue of its own. It stays out of the win rate and of impact until somebody says that it counts.{kept}")}</p>
            </div>
        </div>
    }
}

fn quoted(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The sample ratio check over all tests, and by details that sort them into a few kinds.
#[component]
fn Splits(summary: ArmsSummary) -> impl IntoView {
    let sentence = match summary.split_fails {
        0 => "Every test’s visitors fit an equal split.".to_owned(),
        1 => format!("1 of {} was not split equally: it is invalid.", plural(summary.tests as u64, "test", "tests")),
        fail => {
            format!("{} of {} were not split equally: they are invalid.", count(fail), plural(summary.tests as u64, "test", "tests"))
        }
    };
    let kinds = summary.split_by.into_iter().map(|(heading, counts)| {
        let rows = counts.into_iter().map(|SplitCount { value, tests, fail }| {
            let share = fail as f64 / tests.max(1) as f64 * 100.0;
            view! {
                <tr><th scope="row">{value}</th><td class="end" data-label="Tests">{count(tests)}</td><td class="end" data-label="Not equal">{count(fail)}</td><td class="end" data-label="Share">{format!("{share:.1}%")}</td></tr>
            }
        });
        view! {
            <div class="table-wrap">
                <table class="table stacks compact">
                    <caption class="visually-hidden">{format!("Unequal splits by {heading}")}</caption>
                    <thead><tr><th scope="col">{heading.clone()}</th><th scope="col" class="end">"Tests"</th><th scope="col" class="end">"Not equal"</th><th scope="col" class="end">"Share"</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <section class="section" aria-labelledby="splits-title">
            <header class="section-head"><h2 id="splits-title">"Sample ratio"</h2><p>"against an equal split, at p < 0.001"</p></header>
            <p>{sentence}</p>
            {(summary.split_fails > 0).then(|| kinds.collect_view())}
        </section>
    }
}

/// The first tests as they will be.
#[component]
fn Tests(tests: Vec<ShownTest>, ready: usize) -> impl IntoView {
    if tests.is_empty() {
        return ().into_any();
    }
    let shown = if tests.len() < ready { format!("the first {} of {}", tests.len(), count(ready)) } else { "as they will be".to_owned() };
    let rows = tests
        .into_iter()
        .map(|test| {
            view! {
                <tr>
                    <td class="end" data-label="Line">{test.line}</td>
                    <th scope="row" class="name">{test.title}" "<span class="sub">{test.id}</span></th>
                    <td class="end" data-label="Arms">{test.arms}</td>
                    <td class="end" data-label="Visitors">{count(usize::try_from(test.visitors).unwrap_or(usize::MAX))}</td>
                    <td data-label="Outcome"><OutcomeTag outcome=test.outcome />" "<span class="tag">"computed"</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="rows-title">
            <header class="section-head"><h2 id="rows-title">"Tests"</h2><p>{shown}</p></header>
            <div class="table-wrap">
                <table class="table stacks compact test-table">
                    <caption class="visually-hidden">"Preview of tests"</caption>
                    <thead><tr><th scope="col" class="end">"Line"</th><th scope="col">"Test"</th><th scope="col" class="end">"Arms"</th><th scope="col" class="end">"Visitors"</th><th scope="col">"Outcome"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The button that writes. It sends the choice that was previewed.
#[component]
fn Confirm(frame: Frame, file: ShownArms, tests: usize) -> impl IntoView {
    view! {
        <form class="form" method="post" action=frame.to("import/arms")>
            <input type="hidden" name="upload" value=file.upload />
            <input type="hidden" name="site" value=file.target.site />
            <input type="hidden" name="metric" value=file.target.metric />
            <p class="actions">
                <button class="button primary">{format!("Import {}", plural(tests as u64, "test", "tests"))}</button>
                <a class="button quiet" href=frame.to("import")>"Cancel"</a>
            </p>
        </form>
    }
}
