//! One test: the verdict in words, whether it can be trusted, the effect and its range, and the decision beside it.

use super::decide::Decide;
use super::health::HealthChecks;
use super::plan_actual::PlanActual;
use super::recorded::RecordedPanel;
use super::results::Results;
use super::segments::Segments;
use super::server_fns::{TestRecord, read_test};
use super::steps::{LookNow, NoteOnData, Steps};
use super::tags::StateTag;
use super::uploads::Uploads;
use crate::activity::Activity;
use crate::attachments::Screenshots;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::hypotheses::DeviceIcons;
use crate::ui::{Icon, date};
use domain::access::Permission;
use domain::activity::Subject;
use domain::experiments::{State, Test};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The page.
#[component]
pub fn TestPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_test(workspace.clone(), param("number"), query("form"), query("draft"));
    workspace_page(Place::Tests, workspace, read, |frame, record: TestRecord| {
        let title = format!("{} {}", record.test.number, record.test.title);
        view! {
            {titled(title)}
            <main id="content" class="page record">
                <Crumbs frame=frame.clone() test=record.test.clone() catalogue=record.catalogue.clone() />
                <super::imported::ImportedNote frame=frame.clone() test=record.test.clone() />
                <div class="record-body">
                    <Head record=record.clone() frame=frame.clone() />
                    <aside class="rail" aria-label="Decide, checks and activity"><Rail frame=frame.clone() record=record.clone() /><Activity frame=frame.clone() about=(Subject::Test, record.test.number.clone()) history=record.history.clone() /></aside>
                    <div class="sections"><Sections frame record /></div>
                </div>
            </main>
        }
    })
}

#[component]
fn Crumbs(frame: Frame, test: Test, catalogue: Catalogue) -> impl IntoView {
    let here = frame.to(&format!("tests/{}", test.number));
    let area = test.area.as_deref().map(|area| catalogue.area_name(area).to_owned());
    let site = test.site.as_deref().and_then(|slug| catalogue.site(slug)).map(|one| one.site.name.clone());
    let results = frame.may(Permission::Contribute) && test.kind.has_numbers() && test.state.is_open();
    let plan = frame.may(Permission::RunTests) && !test.imported && !matches!(test.state, State::Concluded | State::Cancelled);
    let hypotheses = test.hypotheses.iter().map(|number| {
        let href = frame.to(&format!("hypotheses/{number}"));
        view! { " "<a class="strong-link" href=href>{number.clone()}</a> }
    });
    let hypotheses = (!test.hypotheses.is_empty()).then(|| view! { <span>"tests"{hypotheses.collect_view()}</span> });
    view! {
        <div class="crumbs">
            <div class="where-line">
                <nav aria-label="Where you are"><a href=frame.to("tests")>"Tests"</a>" "<Icon name="i-chevron-right" />" "{test.number.clone()}</nav>
                <StateTag test=test.clone() />
                {hypotheses}
                <span>{test.kind.name()}</span>
                {area.map(|area| view! { <span>{area}</span> })}
                <span class="where"><DeviceIcons devices=test.plan.devices /></span>
                {site.map(|site| view! { <span>{site}</span> })}
            </div>
            <div class="actions">
                {results.then(|| view! { <a class="button small" href=format!("{here}/results")>"Enter results"</a> })}
                {plan.then(|| view! { <a class="button small" data-key="e" href=format!("{here}/edit")>"Edit plan"</a> })}
            </div>
        </div>
    }
}

#[component]
fn Head(frame: Frame, record: TestRecord) -> impl IntoView {
    let TestRecord { test, headline, analysis, .. } = record;
    // Who decides reads the reason beside the outcome.
    let told_in_panel = test.state == State::Stopped && frame.may(Permission::RunTests);
    let reason = analysis.suggestion.filter(|_| test.state.is_open() && !told_in_panel).map(|suggestion| suggestion.reason);
    let verdict = match (headline, test.state) {
        (Some(found), State::Running | State::Stopped | State::Concluded) => {
            let (finding, range) = (found.finding, found.range);
            view! { <p class="verdict">{finding}</p><p>{range}" "{reason}</p> }.into_any()
        }
        (_, State::Draft | State::Planned) => view! { <p class="verdict">{plan_sentence(&test)}</p> }.into_any(),
        (_, State::Cancelled) => view! { <p class="verdict">"Cancelled."</p><p>{test.cancel_reason.clone()}</p> }.into_any(),
        (None, _) if test.kind.has_numbers() => {
            let may = frame.may(Permission::Contribute) && test.state.is_open();
            let href = frame.to(&format!("tests/{}/results", test.number));
            view! { <p class="verdict">"No results yet."</p>{may.then(|| view! { <p><a href=href>"Enter the first results"</a></p> })} }
                .into_any()
        }
        (None, _) => view! { <p class="verdict">"Decide against the success criterion that the hypothesis names."</p> }.into_any(),
    };
    let amended = (test.amendments > 0).then(|| view! { <p class="muted small">{format!("The plan was amended {} after the start; the history says why.", crate::ui::plural(test.amendments.into(), "time", "times"))}</p> });
    let overrule = test.overrule.as_ref().map(|overrule| {
        let lacks: Vec<&str> = overrule.lacks.iter().map(|lack| lack.sentence()).collect();
        view! { <p class="muted small">{format!("Started all the same: {} Reason: “{}”", lacks.join(" "), overrule.reason)}</p> }
    });
    view! {
        <div class="head">
            <h1 class="record-title">{test.title}</h1>
            {verdict}
            {overrule}
            {amended}
        </div>
    }
}

fn plan_sentence(test: &Test) -> String {
    let schedule = &test.schedule;
    match schedule.sample {
        Some(sample) => {
            let visitors = crate::ui::number(i64::try_from(sample).unwrap_or(i64::MAX));
            format!("Not started: the plan needs {visitors} visitors and {} whole weeks.", schedule.weeks)
        }
        None => format!("Not started: planned for {} whole weeks.", schedule.weeks),
    }
}

#[component]
fn Rail(frame: Frame, record: TestRecord) -> impl IntoView {
    let TestRecord { test, analysis, lacks, catalogue, refusals, .. } = record;
    let here = frame.to(&format!("tests/{}", test.number));
    let may = frame.may(Permission::RunTests);
    let panel = match test.state {
        State::Concluded => view! { <RecordedPanel frame=frame.clone() test=test.clone() /> }.into_any(),
        State::Stopped if may => view! {
            <Decide frame=frame.clone() test=test.clone() suggestion=analysis.suggestion.clone() catalogue refused=refusals.conclusion.clone() />
        }
        .into_any(),
        _ if may => view! { <Steps frame=frame.clone() test=test.clone() lacks refused=refusals.clone() /> }.into_any(),
        _ => ().into_any(),
    };
    let may = frame.may(Permission::Contribute) && test.state.is_open();
    let note = (test.kind.has_numbers() && may || test.data_note.is_some()).then(|| {
        view! { <NoteOnData here note=test.data_note.clone() may refused=refusals.note /> }
    });
    view! {
        {panel}
        <HealthChecks checks=analysis.health />
        {note}
    }
}

#[component]
fn Sections(frame: Frame, record: TestRecord) -> impl IntoView {
    let TestRecord { test, analysis, uploads, catalogue, hypotheses, predicted, attachments, .. } = record;
    let site = test.site.as_deref().and_then(|slug| catalogue.site(slug)).cloned();
    let metric = test
        .plan
        .primary_metric
        .as_deref()
        .map(|slug| catalogue.metric_name(test.site.as_deref(), slug).to_lowercase())
        .unwrap_or_default();
    let started = !test.state.is_before_start() && test.kind.has_numbers();
    let has_results = !analysis.comparisons.is_empty();
    let shown = analysis.comparisons.iter().any(|one| one.sequential.is_some() || one.relative.is_some() || one.absolute.is_some());
    let look = (has_results && !shown && test.state == State::Running && frame.may(Permission::RunTests)).then(|| {
        let ends = analysis.progress.ends_on.map(date);
        view! { <section aria-label="Hidden results"><LookNow frame=frame.clone() number=test.number.clone() ends /></section> }
    });
    let plan_actual = (started && !test.imported).then(|| view! { <PlanActual test=test.clone() analysis=analysis.clone() predicted /> });
    let results = shown.then(|| {
        view! {
            <Results test=test.clone() analysis=analysis.clone() site=site />
            <Segments test=test.clone() analysis=analysis.clone() metric />
        }
    });
    view! {
        {plan_actual}
        {look}
        {results}
        <Screenshots frame=frame.clone() test=test.clone() attachments />
        <Uploads frame=frame.clone() test=test.clone() uploads />
        <super::imported::Details test=test.clone() />
        {(!test.imported).then(|| view! { <super::plan_summary::PlanSummary frame test catalogue hypotheses /> })}
    }
}
