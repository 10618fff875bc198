//! One piece of evidence: what was found, where it applies, how fresh it is, and what rests on it.

use super::bearing::BearsOn;
use super::cells::{Fresh, class_and_kind, class_icon};
use super::server_fns::{Item, read_evidence_item};
use super::still_true::StillTrueForm;
use crate::accounts::Filled;
use crate::activity::Activity;
use crate::attachments::AttachmentsSection;
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::hypotheses::DeviceIcons;
use crate::ui::{Avatar, Icon, Prose, date, number};
use domain::access::Permission;
use domain::activity::Subject;
use domain::evidence::{Evidence, Kind, Source, StillTrue, Weights, Worth};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The page of one item.
#[component]
pub fn EvidenceItemPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_evidence_item(workspace.clone(), param("number"), query("form"), query("draft"), query("still"));
    workspace_page(Place::Evidence, workspace, read, |frame, item: Item| {
        let Item { evidence, hypotheses, attachments, history, catalogue, weights, refused_link, refused_note } = item;
        let about = (Subject::Evidence, evidence.number.clone());
        view! {
            {titled(format!("{} {}", evidence.number, evidence.title))}
            <main id="content" class="page record evidence-page">
                <Crumbs frame=frame.clone() evidence=evidence.clone() catalogue=catalogue.clone() />
                <div class="record-body">
                    <Head frame=frame.clone() evidence=evidence.clone() />
                    <aside class="rail ruled" aria-label="Details and activity">
                        <Details evidence=evidence.clone() catalogue weights />
                        {still_true(&frame, &evidence, refused_note)}
                        <Activity frame=frame.clone() about=about.clone() history />
                    </aside>
                    <div class="sections">
                        <BearsOn frame=frame.clone() evidence hypotheses refused=refused_link />
                        <AttachmentsSection frame about attachments />
                    </div>
                </div>
            </main>
        }
    })
}

#[component]
fn Crumbs(frame: Frame, evidence: Evidence, catalogue: Catalogue) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let areas: Vec<String> = evidence.areas.iter().map(|area| catalogue.area_name(area).to_owned()).collect();
    let site = evidence.site.as_deref().and_then(|slug| catalogue.site(slug)).map(|one| one.site.name.clone());
    let here = frame.to(&format!("evidence/{}", evidence.number));
    let archive = if evidence.archived { ("restore", "Restore") } else { ("archive", "Archive") };
    view! {
        <div class="crumbs">
            <div class="where-line">
                <nav aria-label="Where you are"><a href=frame.to("evidence")>"Evidence"</a>" "<Icon name="i-chevron-right" />" "{evidence.number.clone()}</nav>
                <span><Icon name=class_icon(evidence.class) />" "{class_and_kind(evidence.kind)}</span>
                {evidence.archived.then(|| view! { <span class="tag warn">"Archived, does not count"</span> })}
                {(!areas.is_empty()).then(|| view! { <span>{areas.join(", ")}</span> })}
                <span class="where"><DeviceIcons devices=evidence.devices /></span>
                {site.map(|site| view! { <span>{site}</span> })}
            </div>
            {may.then(|| view! {
                <div class="actions">
                    <form class="inline" method="post" action=format!("{here}/{}", archive.0)><button class="button small quiet"><Icon name="i-archive" />{archive.1}</button></form>
                    <a class="button small" data-key="e" href=format!("{here}/edit")>"Edit"</a>
                </div>
            })}
        </div>
    }
}

#[component]
fn Head(frame: Frame, evidence: Evidence) -> impl IntoView {
    let observed = evidence.observed();
    let author = evidence.author_name.map(|name| view! { <li><Avatar name=name.clone() />{name}</li> });
    let day = |day: chrono::NaiveDate| view! { <time datetime=day.to_string()>{date(day)}</time> };
    let when = match (evidence.observed_from, evidence.observed_to) {
        (Some(from), Some(to)) if from != to => view! { <span>"Observed "{day(from)}" to "{day(to)}</span> }.into_any(),
        (Some(on), _) | (None, Some(on)) => view! { <span>"Observed "{day(on)}</span> }.into_any(),
        (None, None) => view! { <span>"Logged "{day(observed)}</span> }.into_any(),
    };
    let finding = evidence.finding.map(|text| view! { <Prose text /> });
    let sample = evidence.sample_size.map(|size| view! { <li>{format!("Sample of {}", number(size))}</li> });
    view! {
        <div class="head">
            <h1 class="verdict">{evidence.title}</h1>
            <ul class="facts">{author}<li>{when}</li><li><Fresh word=evidence.freshness.word observed now=frame.now /></li>{sample}</ul>
            {finding}
        </div>
    }
}

/// The way to say that it still holds, for those who may.
fn still_true(frame: &Frame, evidence: &Evidence, filled: Filled<StillTrue>) -> Option<impl IntoView + use<>> {
    let may = frame.may(Permission::Contribute) && !evidence.archived;
    let why = match &evidence.halved_by {
        Some(change) => format!("Halved by: {}. If you have seen that it still holds, it counts in full from today.", change.words()),
        None => "If you have seen that it still holds, its age counts from today.".to_owned(),
    };
    let action = frame.to(&format!("evidence/{}/still-true", evidence.number));
    may.then(|| view! { <StillTrueForm action why filled /> })
}

#[component]
fn Details(evidence: Evidence, catalogue: Catalogue, weights: Weights) -> impl IntoView {
    let audiences: Vec<String> = evidence.audiences.iter().map(|slug| catalogue.audience_name(slug).to_owned()).collect();
    let worth = evidence.worth.map(|worth| match worth {
        Worth::Valid => "valid test",
        Worth::Invalid => "invalid test, weighs nothing",
    });
    let weight = weight_words(&evidence, &weights);
    let pairs: Vec<(&str, Option<AnyView>)> = vec![
        ("Source", evidence.source.map(|source| view! { <SourceLink source /> }.into_any())),
        ("Kind", Some(evidence.kind.name().into_any())),
        ("Sample size", evidence.sample_size.map(|size| number(size).into_any())),
        ("Audience", (!audiences.is_empty()).then(|| audiences.join(", ").into_any())),
        ("Tags", (!evidence.tags.is_empty()).then(|| evidence.tags.join(", ").into_any())),
        ("Worth", worth.map(IntoAny::into_any)),
        ("Weight", Some(weight.into_any())),
        ("Halved by", evidence.halved_by.map(|change| change.words().into_any())),
    ];
    let rows: Vec<_> = pairs.into_iter().filter_map(|(name, value)| value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })).collect();
    view! {
        <section aria-labelledby="details-title">
            <header class="section-head"><h2 id="details-title">"Details"</h2></header>
            <dl class="pairs">{rows}</dl>
        </section>
    }
}

/// "0.20, of which 98% is left".
fn weight_words(evidence: &Evidence, weights: &Weights) -> String {
    let left = format!("{:.0}% left", evidence.freshness.value * 100.0);
    match evidence.kind {
        _ if evidence.worth == Some(Worth::Invalid) => "0".to_owned(),
        Kind::OwnTest => format!("{:.2}, same area {:.2}; {left}", weights.base(Kind::OwnTest, false), weights.base(Kind::OwnTest, true)),
        kind => format!("{:.2}, {left}", weights.base(kind, false)),
    }
}

/// The source's name, as a link where it has an address.
#[component]
fn SourceLink(source: Source) -> impl IntoView {
    let Source { name, url } = source;
    match url {
        Some(url) => {
            let shown = name.unwrap_or_else(|| "Link".to_owned());
            view! { <a href=url rel="noreferrer">{shown}" "<Icon name="i-external-link" /></a> }.into_any()
        }
        None => name.into_any(),
    }
}
