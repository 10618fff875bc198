//! One hypothesis: the sentence, and beside it what people do with it.

use super::cells::{DeviceIcons, Meter, StageDots};
use super::lineage::LineageSection;
use super::linter::Readiness;
use super::server_fns::{Notice, Record, read_record};
use super::similar::TriedSection;
use crate::accounts::Filled;
use crate::activity::Activity;
use crate::attachments::AttachmentsSection;
use crate::evidence::EvidenceSection;
use crate::experiments::TestsOfHypothesis;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::scoring::ScorePanel;
use crate::ui::{Avatar, Choice, Copy, Field, Icon, Prose, SelectField, Toast, date};
use domain::access::Permission;
use domain::activity::{Event, Subject, Undone};
use domain::hypotheses::{HandMove, Hypothesis, Part, Stage, as_markdown, sentence};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The record page.
#[component]
pub fn HypothesisPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_record(workspace.clone(), param("number"), query("form"), query("draft"));
    workspace_page(Place::Hypotheses, workspace, read, |frame, record: Record| {
        let Record {
            hypothesis,
            scores,
            shapes,
            support,
            attachments,
            tests,
            catalogue,
            lint,
            lineage,
            tried,
            history,
            notice,
            refused_move,
        } = record;
        let about = (Subject::Hypothesis, hypothesis.number.clone());
        let markdown = as_markdown(&hypothesis, &support.linked, &catalogue, &frame.to(&format!("hypotheses/{}", hypothesis.number)));
        let toast = just_done(&frame, query("done").as_deref(), &history.events);
        let title = format!("{} {}", hypothesis.number, hypothesis.title);
        view! {
            {titled(title)}
            <main id="content" class="page record">
                <Crumbs frame=frame.clone() hypothesis=hypothesis.clone() catalogue=catalogue.clone() markdown />
                {notice.map(|notice| view! { <NoticeLine frame=frame.clone() notice /> })}
                {merged_line(&frame, &hypothesis)}
                <div class="record-body">
                    <Head hypothesis=hypothesis.clone() catalogue=catalogue.clone() />
                    <aside class="rail ruled" aria-label="Score, stage and activity">
                        <ScorePanel frame=frame.clone() hypothesis=hypothesis.clone() scores shapes />
                        <StagePanel frame=frame.clone() hypothesis=hypothesis.clone() refused=refused_move />
                        <Activity frame=frame.clone() about=about.clone() history />
                    </aside>
                    <div class="sections">
                        <EvidenceSection frame=frame.clone() number=hypothesis.number.clone() support />
                        <TriedSection frame=frame.clone() items=tried />
                        <LineageSection frame=frame.clone() number=hypothesis.number.clone() lineage />
                        <TestsOfHypothesis frame=frame.clone() number=hypothesis.number.clone() tests />
                        <AttachmentsSection frame=frame.clone() about attachments />
                        <Readiness lint edit=frame.to(&format!("hypotheses/{}/edit", hypothesis.number)) may_edit=frame.may(Permission::Contribute) />
                        <More frame hypothesis catalogue />
                    </div>
                </div>
                {toast}
            </main>
        }
    })
}

#[component]
fn Crumbs(frame: Frame, hypothesis: Hypothesis, catalogue: Catalogue, markdown: String) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let area = hypothesis.area.as_deref().map(|area| catalogue.area_name(area).to_owned());
    let site = hypothesis.site.as_deref().and_then(|slug| catalogue.site(slug)).map(|one| one.site.name.clone());
    let here = frame.to(&format!("hypotheses/{}", hypothesis.number));
    let archive = if hypothesis.archived { ("restore", "Restore") } else { ("archive", "Archive") };
    view! {
        <div class="crumbs">
            <div class="where-line">
                <nav aria-label="Where you are"><a href=frame.to("hypotheses")>"Hypotheses"</a>" "<Icon name="i-chevron-right" />" "{hypothesis.number.clone()}</nav>
                <StageDots stage=hypothesis.stage />
                {hypothesis.archived.then(|| view! { <span class="tag warn">"Archived"</span> })}
                {area.map(|area| view! { <span>{area}</span> })}
                <span class="where"><DeviceIcons devices=hypothesis.devices /></span>
                {site.map(|site| view! { <span>{site}</span> })}
            </div>
            <div class="actions">
                <Copy text=markdown label="Copy as Markdown".to_owned() />
                {may.then(|| view! {
                    <form class="inline" method="post" action=format!("{here}/{}", archive.0)><button class="button small quiet">{archive.1}</button></form>
                    <a class="button small" data-key="i" href=frame.to(&format!("hypotheses/new?parent={}", hypothesis.number))>"Iterate"</a>
                    <details class="menu">
                        <summary class="button small">"More"<Icon name="i-chevron-down" /></summary>
                        <div class="popover from-end"><ul><li><a href=format!("{here}/split")>"Split off a part"</a></li><li><a href=format!("{here}/merge")>"Merge into another"</a></li></ul></div>
                    </details>
                    <a class="button small" data-key="e" href=format!("{here}/edit")>"Edit"</a>
                })}
            </div>
        </div>
    }
}

/// The way back from what was done a moment ago: `merged` or `split`.
fn just_done(frame: &Frame, done: Option<&str>, events: &[Event]) -> Option<AnyView> {
    let event = events.iter().find(|event| Some(event.action.as_str()) == done)?;
    let said = match done? {
        "merged" => format!("{} was merged into it.", event.summary),
        "split" => format!("{} was split off.", event.summary),
        _ => return None,
    };
    Some(view! { <Toast said undo=frame.to(&format!("activity/{}/undo", event.id)) /> }.into_any())
}

/// Where a merged hypothesis went.
fn merged_line(frame: &Frame, hypothesis: &Hypothesis) -> Option<AnyView> {
    let whole = hypothesis.merged_into.clone()?;
    let href = frame.to(&format!("hypotheses/{whole}"));
    let line = view! { <div class="callout note"><Icon name="i-info" /><p>"It was merged into "<a href=href>{whole}</a>", with what hung on it. The history there can undo that for 30 days."</p></div> };
    Some(line.into_any())
}

/// What came of an undo.
#[component]
fn NoticeLine(frame: Frame, notice: Notice) -> impl IntoView {
    match notice {
        Notice::Refused(message) => {
            view! { <div class="callout bad" role="alert"><Icon name="o-warn" own=true /><p>{message}</p></div> }.into_any()
        }
        Notice::Undone(Undone { undone, left_alone }) => {
            let undone = undone
                .into_iter()
                .map(|number| view! { " "<a href=frame.to(&format!("hypotheses/{number}"))>{number.clone()}</a> })
                .collect_view();
            let left =
                left_alone.into_iter().map(|one| view! { <li>{format!("{} {}: {}", one.number, one.title, one.why)}</li> }).collect_view();
            view! { <div class="callout good" role="status"><Icon name="o-check" own=true /><p>"Undone:"{undone}</p><ul>{left}</ul></div> }
                .into_any()
        }
    }
}

#[component]
fn Head(hypothesis: Hypothesis, catalogue: Catalogue) -> impl IntoView {
    let parts = sentence(&hypothesis.statement, hypothesis.site.as_deref(), &catalogue);
    let statement = (!parts.is_empty()).then(|| {
        let spans = parts
            .into_iter()
            .map(|part| match part {
                Part::Glue(words) => view! { <span class="glue">{words}</span> }.into_any(),
                Part::Said(words) => view! { <span class="part">{words}</span> }.into_any(),
            })
            .collect_view();
        view! { <p class="statement">{spans}"."</p> }
    });
    let owner = hypothesis.owner_name.clone().map(|name| view! { <li><Avatar name=name.clone() />{name}</li> });
    let added = hypothesis.created_at.date_naive();
    view! {
        <div class="head">
            <h1 class="record-title">{hypothesis.title}</h1>
            {statement}
            <ul class="facts">
                {owner}
                <li><span>"Added "<time datetime=added.to_string()>{date(added)}</time></span></li>
                <li><Meter evidence=hypothesis.evidence with_figure=true /></li>
            </ul>
        </div>
    }
}

#[component]
fn StagePanel(frame: Frame, hypothesis: Hypothesis, refused: Filled<HandMove>) -> impl IntoView {
    let by_hand = Stage::BY_HAND.contains(&hypothesis.stage);
    if !frame.may(Permission::Contribute) || !by_hand {
        return ().into_any();
    }
    let Filled { form, errors } = refused;
    let of = |field: &str| errors.of(field).map(str::to_owned);
    let choices = Stage::BY_HAND.map(|stage| Choice::new(stage.slug(), stage.name())).to_vec();
    let value = if form.stage.is_empty() { hypothesis.stage.slug().to_owned() } else { form.stage };
    view! {
        <section aria-labelledby="stage-title">
            <header class="section-head"><h2 id="stage-title">"Stage"</h2></header>
            <form class="form" method="post" action=frame.to(&format!("hypotheses/{}/stage", hypothesis.number))>
                <SelectField id="stage" name="stage" label="Move to" choices value error=of("stage") />
                <Field id="reason" name="reason" label="Reason" optional=true value=form.reason.unwrap_or_default() error=of("reason") hint="Needed when you park it" />
                <p class="actions"><button class="button">"Move"</button></p>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn More(frame: Frame, hypothesis: Hypothesis, catalogue: Catalogue) -> impl IntoView {
    let site = hypothesis.site.clone();
    let guard_rails: Vec<String> =
        hypothesis.guard_rails.iter().map(|slug| catalogue.metric_name(site.as_deref(), slug).to_owned()).collect();
    let days = |days: f64| format!("{} d", crate::ui::trim_number(days));
    let parent =
        hypothesis.parent.clone().map(|parent| view! { <a href=frame.to(&format!("hypotheses/{parent}"))>{parent.clone()}</a> }.into_any());
    let pairs: Vec<(&str, Option<AnyView>)> = vec![
        ("Guard-rails", (!guard_rails.is_empty()).then(|| guard_rails.join(", ").into_any())),
        ("Design", hypothesis.effort.design_days.map(|d| days(d).into_any())),
        ("Development", hypothesis.effort.development_days.map(|d| days(d).into_any())),
        ("Tags", (!hypothesis.tags.is_empty()).then(|| hypothesis.tags.join(", ").into_any())),
        ("Grew out of", parent),
        ("Differs because", hypothesis.differs_because.clone().map(IntoAny::into_any)),
    ];
    let rows: Vec<_> = pairs.into_iter().filter_map(|(name, value)| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })).collect();
    let facts = (!rows.is_empty()).then(|| view! { <section aria-labelledby="more-title"><header class="section-head"><h2 id="more-title">"More"</h2></header><dl class="pairs">{rows}</dl></section> });
    let details = hypothesis.details.map(|text| view! {
        <section aria-labelledby="details-title"><header class="section-head"><h2 id="details-title">"Details"</h2></header><Prose text /></section>
    });
    view! { {facts}{details} }
}
