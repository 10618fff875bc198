//! What a piece of evidence bears on: its links, taking them away, and making one.

use super::cells::Bearing;
use super::link_form::LinkFields;
use super::server_fns::LinkForm;
use crate::accounts::Filled;
use crate::frame::Frame;
use crate::hypotheses::Meter;
use crate::ui::{Field, FieldNote, Icon, plural};
use domain::access::Permission;
use domain::evidence::{Evidence, LinkedHypothesis};
use leptos::prelude::*;

/// The hypotheses that it speaks for or against.
#[component]
pub fn BearsOn(frame: Frame, evidence: Evidence, hypotheses: Vec<LinkedHypothesis>, refused: Filled<LinkForm>) -> impl IntoView {
    let may = frame.may(Permission::Contribute);
    let count = plural(hypotheses.len() as u64, "hypothesis", "hypotheses");
    let write = may.then(|| {
        let href = frame.to(&format!("hypotheses/new?evidence={}", evidence.number));
        view! { <a class="button small" href=href><Icon name="i-plus" />"Write a hypothesis"</a> }
    });
    let number = evidence.number.clone();
    let form = (may && !evidence.archived).then(|| view! { <LinkToHypothesis frame=frame.clone() number=number.clone() refused /> });
    view! {
        <section aria-labelledby="used-title">
            <header class="section-head"><h2 id="used-title">"Bears on"</h2><p>{count}</p>{write}</header>
            <Links frame number=evidence.number hypotheses />
            {form}
        </section>
    }
}

#[component]
fn Links(frame: Frame, number: String, hypotheses: Vec<LinkedHypothesis>) -> impl IntoView {
    if hypotheses.is_empty() {
        return view! { <p class="muted">"No hypothesis rests on it yet. Link one, so that the finding is put to use."</p> }.into_any();
    }
    let rows = hypotheses.into_iter().map(|linked| view! { <LinkRow frame=frame.clone() number=number.clone() linked /> }).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table stacks">
                <caption class="visually-hidden">"Hypotheses this bears on"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Hypothesis"</th><th scope="col">"Direction"</th><th scope="col">"All its evidence"</th><th scope="col">"Note"</th>
                        <th scope="col" class="end"><span class="visually-hidden">"Action"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn LinkRow(frame: Frame, number: String, linked: LinkedHypothesis) -> impl IntoView {
    let LinkedHypothesis { link, number: hypothesis, title, evidence, archived, .. } = linked;
    let may = frame.may(Permission::Contribute);
    let unlink = may.then(|| {
        let action = frame.to(&format!("evidence/{number}/unlink"));
        view! {
            <form method="post" action=action>
                <input type="hidden" name="hypothesis" value=hypothesis.clone() />
                <button class="button small quiet">"Unlink"<span class="visually-hidden">{format!(" {hypothesis}")}</span></button>
            </form>
        }
    });
    let archived = archived.then(|| view! { " "<span class="tag">"Archived"</span> });
    let notes: Vec<String> = link.same_area.then(|| "Same area".to_owned()).into_iter().chain(link.note).collect();
    view! {
        <tr>
            <th scope="row"><span class="number">{hypothesis.clone()}</span>" "<a href=frame.to(&format!("hypotheses/{hypothesis}"))>{title}</a>{archived}</th>
            <td><Bearing direction=link.direction /></td>
            <td><Meter evidence with_figure=true /></td>
            <td class="muted">{notes.join(". ")}</td>
            <td class="end">{unlink}</td>
        </tr>
    }
}

#[component]
fn LinkToHypothesis(frame: Frame, number: String, refused: Filled<LinkForm>) -> impl IntoView {
    let Filled { form, errors } = refused;
    let error = errors.of("hypothesis").map(str::to_owned);
    let autofocus = error.is_some();
    let value = form.hypothesis.clone();
    let other = errors.of("form").map(str::to_owned);
    view! {
        <form class="form link-form" method="post" action=frame.to(&format!("evidence/{number}/link"))>
            <LinkFields form errors>
                <Field id="hypothesis" name="hypothesis" label="Hypothesis" required=true value hint="Its number, such as H-12" error autofocus />
            </LinkFields>
            <FieldNote error=other />
            <p class="actions"><button class="button small">"Link"</button></p>
        </form>
    }
}
