//! One learning: the sentence, what happened and why we think so, the next steps, and where it applies.

use super::card::{day, recheck_words, span};
use super::server_fns::{LearningRecord, read_learning};
use crate::accounts::Filled;
use crate::activity::Activity;
use crate::charts::{Interval, Scale};
use crate::evidence::StillTrueForm;
use crate::experiments::{NextSteps, OutcomeTag, words};
use crate::frame::{Frame, Place, param, query, titled, workspace_page, workspace_param};
use crate::ui::{Icon, Prose, date};
use domain::access::Permission;
use domain::activity::Subject;
use domain::evidence::StillTrue;
use domain::learnings::{Learning, Surprise};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The page.
#[component]
pub fn LearningPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_learning(workspace.clone(), param("number"), query("form"), query("draft"), query("still"));
    workspace_page(Place::Learnings, workspace, read, |frame, record: LearningRecord| {
        let LearningRecord { learning, refused_note, catalogue, history } = record;
        let about = (Subject::Learning, learning.number.clone());
        view! {
            {titled(format!("{} {}", learning.number, learning.sentence))}
            <main id="content" class="page record learning-page">
                <Crumbs frame=frame.clone() learning=learning.clone() catalogue=catalogue.clone() />
                <div class="record-body">
                    <Head frame=frame.clone() learning=learning.clone() />
                    <aside class="rail ruled" aria-label="Next steps, where it applies and activity">
                        <Rail frame=frame.clone() learning=learning.clone() catalogue=catalogue.clone() />
                        {still_true(&frame, &learning, refused_note)}
                        <Activity frame=frame.clone() about history />
                    </aside>
                    <div class="sections"><Sections frame learning catalogue /></div>
                </div>
            </main>
        }
    })
}

#[component]
fn Crumbs(frame: Frame, learning: Learning, catalogue: Catalogue) -> impl IntoView {
    let site = learning.site.as_deref().and_then(|slug| catalogue.site(slug)).map(|one| one.site.name.clone());
    view! {
        <div class="crumbs">
            <div class="where-line">
                <nav aria-label="Where you are"><a href=frame.to("learnings")>"Learnings"</a>" "<Icon name="i-chevron-right" />" "{learning.number}</nav>
                {learning.outcome.map(|outcome| view! { <OutcomeTag outcome /> })}
                {learning.kind.map(|kind| view! { <span class="tag">{kind.name()}</span> })}
                {site.map(|site| view! { <span>{site}</span> })}
            </div>
        </div>
    }
}

#[component]
fn Head(frame: Frame, learning: Learning) -> impl IntoView {
    let recorded = learning.created_at.date_naive();
    let by = learning.author.clone().map(|name| format!(" by {name}"));
    let surprise =
        learning.surprise.map(|surprise| view! { <li>{if surprise == Surprise::Expected { "Expected" } else { "Surprising" }}</li> });
    let due = learning.recheck(frame.now.date_naive()).map(|why| view! { <li><span class="tag warn">{recheck_words(&why)}</span></li> });
    let recheck =
        learning.recheck_on.map(|day| view! { <li><span>"Re-check by "<time datetime=day.to_string()>{date(day)}</time></span></li> });
    let confirmed =
        learning.confirmed_on.map(|day| view! { <li><span>"Still true on "<time datetime=day.to_string()>{date(day)}</time></span></li> });
    view! {
        <div class="head">
            <h1 class="learning-sentence">{learning.sentence}</h1>
            <ul class="facts"><li><span>"Recorded "<time datetime=recorded.to_string()>{date(recorded)}</time>{by}</span></li>{surprise}{recheck}{confirmed}{due}</ul>
        </div>
    }
}

/// The way to say that it still holds, where something asks for it and for those who may.
fn still_true(frame: &Frame, learning: &Learning, filled: Filled<StillTrue>) -> Option<impl IntoView + use<>> {
    let asked = learning.recheck(frame.now.date_naive()).filter(|_| frame.may(Permission::Contribute))?;
    let why = format!("{}. Look again, and say so if it holds.", recheck_words(&asked));
    let action = frame.to(&format!("learnings/{}/still-true", learning.number));
    Some(view! { <StillTrueForm action why filled /> })
}

#[component]
fn Rail(frame: Frame, learning: Learning, catalogue: Catalogue) -> impl IntoView {
    let areas: Vec<String> = learning.areas.iter().map(|slug| catalogue.area_name(slug).to_owned()).collect();
    let audiences: Vec<String> = learning.audiences.iter().map(|slug| catalogue.audience_name(slug).to_owned()).collect();
    let or = |names: Vec<String>, none: &str| if names.is_empty() { none.to_owned() } else { names.join(", ") };
    let lever = learning.lever.map(|slug| {
        let name = catalogue.lever_name(&slug).to_owned();
        view! { <dt>"Lever"</dt><dd><a href=frame.to(&format!("learnings?lever={slug}"))>{name}</a></dd> }
    });
    let evidence = learning
        .evidence
        .map(|number| view! { <dt>"Evidence made"</dt><dd><a href=frame.to(&format!("evidence/{number}"))>{number.clone()}</a></dd> });
    let hypotheses = (!learning.hypotheses.is_empty()).then(|| {
        let links =
            learning.hypotheses.iter().map(|number| view! { <a href=frame.to(&format!("hypotheses/{number}"))>{number.clone()}</a>" " });
        view! { <dt>"Hypotheses"</dt><dd>{links.collect_view()}</dd> }
    });
    let next = if learning.decisions.is_empty() {
        view! { <p class="small muted">"None recorded."</p> }.into_any()
    } else {
        view! { <NextSteps frame=frame.clone() decisions=learning.decisions /> }.into_any()
    };
    view! {
        <section aria-labelledby="next-title"><header class="section-head"><h2 id="next-title">"Next"</h2></header>{next}</section>
        <section aria-labelledby="applies-title">
            <header class="section-head"><h2 id="applies-title">"Applies to"</h2></header>
            <dl class="pairs"><dt>"Areas"</dt><dd>{or(areas, "everywhere")}</dd><dt>"Audiences"</dt><dd>{or(audiences, "everyone")}</dd>{lever}{hypotheses}{evidence}</dl>
        </section>
    }
}

#[component]
fn Sections(frame: Frame, learning: Learning, catalogue: Catalogue) -> impl IntoView {
    let test = learning.test.clone().map(|number| view! { <p><a href=frame.to(&format!("tests/{number}"))>{number.clone()}</a>{format!(", ended {}", date(day(&learning)))}</p> });
    let why = learning.why.clone().map(|text| view! { <section aria-labelledby="why-title"><header class="section-head"><h2 id="why-title">"Why we think so"</h2></header><Prose text /></section> });
    let happened = learning.what_happened.clone().map(|text| view! { <Prose text /> });
    view! {
        <section aria-labelledby="effect-title">
            <header class="section-head"><h2 id="effect-title">"What happened"</h2>{test}</header>
            <Effect learning catalogue />
            {happened}
        </section>
        {why}
    }
}

#[component]
fn Effect(learning: Learning, catalogue: Catalogue) -> impl IntoView {
    let metric = learning.effect.as_ref().map(|effect| catalogue.metric_name(learning.site.as_deref(), &effect.metric).to_owned());
    let Some(span) = span(&learning) else {
        return view! { <p class="not-measured">"The effect was not measured."</p> }.into_any();
    };
    let level = learning.effect.as_ref().map_or(0.95, |effect| effect.level) * 100.0;
    view! {
        <div class="effect-row">
            <span>{metric}</span>
            <Interval scale=Scale::holding([span.low, span.high]) span=Some(span) shape=words::shape(learning.outcome) tall=true label=words::spoken(span) />
            <span><b>{words::signed(span.estimate)}</b>" "<span class="range muted">{format!("{}, {level:.0}% interval", words::range(span.low, span.high))}</span></span>
        </div>
    }
    .into_any()
}
