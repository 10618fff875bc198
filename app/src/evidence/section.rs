//! What a hypothesis rests on, on its own page: cards for and against it, how they add up, and linking more.

use super::cells::{Fresh, class_icon, origin};
use super::explain::Explained;
use super::link_form::LinkFields;
use super::server_fns::{LinkForm, Support};
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::ui::{Empty, Field, FieldNote, Icon, plural};
use domain::access::Permission;
use domain::evidence::{Class, Direction, Evidence, Kind, LinkedEvidence};
use leptos::prelude::*;

/// The section of a hypothesis's page.
#[component]
pub fn EvidenceSection(
    frame: Frame,
    /// The hypothesis's number.
    number: String,
    support: Support,
) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let add = may.then(|| {
        let href = frame.to(&format!("evidence/new?hypothesis={number}"));
        view! { <a class="button small" href=href><Icon name="i-plus" />"Add evidence"</a> }
    });
    let Support { linked, confidence, weights, recent, refused } = support;
    let counted = (!linked.is_empty()).then(|| view! { <p>{extent(&linked)}</p> });
    let explained = (!linked.is_empty()).then(|| view! { <Explained frame=frame.clone() confidence weights /> });
    let body = if linked.is_empty() {
        view! { <Empty title="Nothing speaks for it yet" text="Link what was seen, heard or measured, for it or against it. With support a complete statement becomes “Evidence gathered”." /> }.into_any()
    } else {
        let (against, support): (Vec<_>, Vec<_>) = linked.into_iter().partition(|one| one.link.direction == Direction::Contradicts);
        let cards = |linked| view! { <Cards frame=frame.clone() number=number.clone() linked /> };
        let against = (!against.is_empty()).then(|| view! { <h3 class="against">"Speaks against it"</h3>{cards(against)} });
        view! { {cards(support)}{against} }.into_any()
    };
    let attach = may.then(|| view! { <Attach frame=frame.clone() number=number.clone() recent refused /> });
    view! {
        <section id="evidence" class="evidence-section" aria-labelledby="evidence-title">
            <header class="section-head"><h2 id="evidence-title">"Evidence"</h2>{counted}{add}</header>
            {body}
            {explained}
            {attach}
        </section>
    }
}

/// "7 items, 4 classes".
fn extent(linked: &[LinkedEvidence]) -> String {
    let classes = Class::ALL.into_iter().filter(|class| linked.iter().any(|one| one.evidence.class == *class)).count();
    format!("{}, {}", plural(linked.len() as u64, "item", "items"), plural(classes as u64, "class", "classes"))
}

#[component]
fn Cards(frame: Frame, number: String, linked: Vec<LinkedEvidence>) -> impl IntoView {
    let cards =
        linked.into_iter().map(|linked| view! { <li><Card frame=frame.clone() number=number.clone() linked /></li> }).collect_view();
    view! { <ol class="cards four">{cards}</ol> }
}

#[component]
fn Card(frame: Frame, number: String, linked: LinkedEvidence) -> impl IntoView {
    let LinkedEvidence { link, evidence, .. } = linked;
    let href = frame.to(&format!("evidence/{}", evidence.number));
    let unlink = frame.may(Permission::Contribute).then(|| {
        let action = frame.to(&format!("hypotheses/{number}/unlink"));
        let said = format!("Unlink {}", evidence.number);
        let label = said.clone();
        view! {
            <form class="unlink" method="post" action=action>
                <input type="hidden" name="evidence" value=evidence.number.clone() />
                <button class="icon-button" title=said><Icon name="i-x" label /></button>
            </form>
        }
    });
    let where_run = (evidence.kind == Kind::OwnTest).then_some(if link.same_area { ", same area" } else { ", another area" });
    let against = (link.direction == Direction::Contradicts).then(|| view! { <span class="tag warn">"Contradicts"</span> });
    let archived = evidence.archived.then(|| view! { <span class="tag">"Archived, does not count"</span> });
    let note = link.note.map(|note| view! { <p class="note">{note}</p> });
    let observed = evidence.observed();
    let origin = origin(&evidence);
    let id = evidence.number.clone();
    view! {
        <article class="card evidence-card" id=id>
            <div class="top"><Icon name=class_icon(evidence.class) /><span>{evidence.class.name()}{where_run}</span>{against}{archived}{unlink}</div>
            <h3><a href=href>{evidence.title}</a></h3>
            {note}
            <p class="source">{origin}</p>
            <p class="foot"><span class="number">{evidence.number}</span><Fresh word=evidence.freshness.word observed now=frame.now /></p>
        </article>
    }
}

/// Links what is already in the library. The number is typed, or chosen from the newest by their titles.
#[component]
fn Attach(frame: Frame, number: String, recent: Vec<Evidence>, refused: Filled<LinkForm>) -> impl IntoView {
    let Filled { form, errors } = refused;
    let open = !errors.is_empty();
    let error = errors.of("evidence").map(str::to_owned);
    let other = errors.of("form").map(str::to_owned);
    let value = form.evidence.clone();
    let options = recent
        .into_iter()
        .map(|evidence| view! { <option value=evidence.number.clone()>{format!("{} {}", evidence.number, evidence.title)}</option> })
        .collect_view();
    view! {
        <details class="explain attach" open=open>
            <summary>"Link evidence that is already here"</summary>
            <form class="form link-form" method="post" action=frame.to(&format!("hypotheses/{number}/link"))>
                <LinkFields form errors>
                    <Field id="linked" name="evidence" label="Evidence" required=true value error list="recent-evidence" autofocus=open hint="Its number, or words of a recent one" />
                </LinkFields>
                <datalist id="recent-evidence">{options}</datalist>
                <FieldNote error=other />
                <p class="actions"><button class="button small">"Link evidence"</button></p>
            </form>
        </details>
    }
}
