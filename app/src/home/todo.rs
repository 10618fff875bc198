//! What waits for the person, in the order of what it blocks.

use crate::evidence::Fresh;
use crate::frame::Frame;
use crate::ui::{Empty, Icon, plural};
use domain::access::Permission;
use domain::evidence::Evidence;
use domain::hypotheses::Hypothesis;
use leptos::prelude::*;

/// Where nothing waits.
#[component]
pub fn NothingWaits(frame: Frame) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let text = if may { "New hypotheses appear here until you have scored them." } else { "You read along here; the backlog is beside." };
    view! {
        <Empty title="Nothing waits for you" text=text>
            {may.then(|| view! { <a class="button" href=frame.to("hypotheses/new") data-dialog="capture"><Icon name="i-plus" />"New hypothesis"</a> })}
            {(!may).then(|| view! { <a class="button" href=frame.to("hypotheses")>"See the hypotheses"</a> })}
        </Empty>
    }
}

/// A workspace in which nothing has been logged: how it begins.
#[component]
pub fn FirstSteps(frame: Frame, sites: usize) -> impl IntoView {
    let step = |done: bool, may: bool, (title, text): (&'static str, &'static str), (href, verb): (String, &'static str)| {
        let glyph = if done { "/icons.svg#o-check" } else { "/icons.svg#o-planned" };
        let class = if done { "glyph check" } else { "glyph" };
        let said = if done { "Done: " } else { "" };
        view! {
            <li>
                <svg class=class aria-hidden="true"><use href=glyph></use></svg>
                <div><b><span class="visually-hidden">{said}</span>{title}</b><p>{text}</p></div>
                {(may && !done).then(|| view! { <a class="button small" href=href>{verb}</a> })}
            </li>
        }
    };
    let (configure, contribute, import) =
        (frame.may(Permission::Configure), frame.may(Permission::Contribute), frame.may(Permission::Import));
    let site = ("Name a site", "What you optimise: a shop, a portal, an app. It brings areas, metrics and levers to choose from.");
    let idea = ("Log the first idea", "One line is enough. The reason, the metric and the evidence can follow.");
    let bring = ("Or bring a backlog along", "A CSV from Airtable, Notion, Jira or a sheet. You see every row before it is stored.");
    let finding = ("Log a finding", "What was seen, heard or measured. Hypotheses rest on it.");
    view! {
        <section class="first-steps" aria-labelledby="first-steps">
            <header class="section-head"><h2 id="first-steps">"How it begins"</h2></header>
            <ol class="rows">
                {step(sites > 0, configure, site, (frame.to("settings#new-site-title"), "Add a site"))}
                {step(false, contribute, idea, (frame.to("hypotheses/new"), "New hypothesis"))}
                {step(false, import, bring, (frame.to("import"), "Import"))}
                {step(false, contribute, finding, (frame.to("evidence/new"), "Add evidence"))}
            </ol>
        </section>
    }
}

/// Hypotheses without the person's score.
#[component]
pub fn ScoreThese(frame: Frame, items: Vec<Hypothesis>, total: u64) -> impl IntoView {
    let shown = items.len() as u64;
    let rows = items.into_iter().map(|one| view! { <ScoreRow frame=frame.clone() hypothesis=one /> }).collect_view();
    let all = (total > shown).then(|| view! { <a class="small" href=frame.to("hypotheses?unscored=me")>{format!("See all {total}")}</a> });
    (shown > 0).then(|| {
        view! {
            <section aria-labelledby="score-these">
                <header class="section-head">
                    <h2 id="score-these">"Score these "<span class="count">{total}</span></h2>
                    <span class="aside wide-only"><kbd>"S"</kbd>" scores the row in focus"</span>
                    {all}
                </header>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

#[component]
fn ScoreRow(frame: Frame, hypothesis: Hypothesis) -> impl IntoView {
    let here = frame.to(&format!("hypotheses/{}", hypothesis.number));
    let scored = match hypothesis.score.as_ref().map_or(0, |score| score.scorers) {
        0 => "Nobody has scored it yet".to_owned(),
        count => plural(u64::from(count), "person has scored", "people have scored"),
    };
    let by = hypothesis.owner_name.map(|name| format!(" · {name} looks after it"));
    view! {
        <li>
            <span class="number">{hypothesis.number.clone()}</span>
            <div><a class="title" href=here.clone() data-row="">{hypothesis.title}</a><p>{scored}{by}</p></div>
            <span class="blanks" aria-hidden="true"><i></i><i></i><i></i></span>
            <a class="button small" data-key="s" href=format!("{here}/score")>"Score"<span class="visually-hidden">{format!(" {}", hypothesis.number)}</span></a>
        </li>
    }
}

/// Stale evidence that hypotheses lean on.
#[component]
pub fn Stale(frame: Frame, items: Vec<Evidence>, total: u64) -> impl IntoView {
    let shown = items.len() as u64;
    let all = (total > shown).then(|| view! { <a class="small" href=frame.to("evidence?freshness=stale")>"See all"</a> });
    let rows = items
        .into_iter()
        .map(|one| {
            let here = frame.to(&format!("evidence/{}", one.number));
            let observed = one.observed();
            let used = plural(u64::from(one.uses), "hypothesis leans on it", "hypotheses lean on it");
            view! {
                <li>
                    <span class="number">{one.number.clone()}</span>
                    <div><a class="title" href=here.clone() data-row="">{one.title}</a><p>{format!("{} · {used}", one.kind.name())}</p></div>
                    <Fresh word=one.freshness.word observed now=frame.now />
                    <a class="button small" href=format!("{here}/edit")>"Re-check"<span class="visually-hidden">{format!(" {}", one.number)}</span></a>
                </li>
            }
        })
        .collect_view();
    (shown > 0).then(|| {
        view! {
            <section aria-labelledby="stale-title">
                <header class="section-head"><h2 id="stale-title">"Stale evidence in use "<span class="count">{total}</span></h2>{all}</header>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}
