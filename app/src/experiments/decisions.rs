//! The decisions of the panel: each a card that opens its own fields once it is ticked.

use super::conclusion_form::ConclusionForm;
use crate::ui::{Checkboxes, Choice, Field, FieldNote, SelectField};
use domain::errors::FieldErrors;
use domain::experiments::{DecisionKind, Test};
use domain::sites::Device;
use leptos::prelude::*;

/// The group; at least one is needed.
#[component]
pub fn Decisions(test: Test, form: ConclusionForm, errors: FieldErrors) -> impl IntoView {
    let shippable = !test.plan.treatments().is_empty();
    let cards = DecisionKind::ALL
        .into_iter()
        .map(|kind| {
            let extra = extra(kind, &test, &form, &errors);
            let chosen = form.chose(kind);
            let note = note(kind, &test, shippable);
            view! { <DecisionCard kind note chosen extra /> }
        })
        .collect_view();
    view! {
        <fieldset class="choice-cards" id="decisions">
            <legend>"Decisions, at least one"</legend>
            {cards}
            <FieldNote error=errors.of("decisions").map(str::to_owned) />
        </fieldset>
    }
}

fn note(kind: DecisionKind, test: &Test, shippable: bool) -> String {
    match kind {
        DecisionKind::Ship if shippable => "Makes the rollout".to_owned(),
        DecisionKind::Ship => "Makes the rollout, without a measured value".to_owned(),
        DecisionKind::Iterate => match test.hypotheses.first() {
            Some(first) => format!("Starts a child hypothesis of {first}"),
            None => "Starts a hypothesis".to_owned(),
        },
        DecisionKind::ReRun => "Makes a planned copy".to_owned(),
        DecisionKind::ReTest => "Sets a reminder".to_owned(),
        DecisionKind::RollBack | DecisionKind::Stop => "Needs a reason".to_owned(),
    }
}

#[component]
fn DecisionCard(kind: DecisionKind, note: String, chosen: bool, extra: AnyView) -> impl IntoView {
    let id = format!("decision-{}", kind.slug());
    view! {
        <div class="choice-card">
            <input type="checkbox" id=id.clone() name="decisions[]" value=kind.slug() checked=chosen />
            <label for=id><b>{kind.name()}</b>" "<span>{note}</span></label>
            <div class="extra">{extra}</div>
        </div>
    }
}

fn extra(kind: DecisionKind, test: &Test, form: &ConclusionForm, errors: &FieldErrors) -> AnyView {
    let of = |part: &str| errors.of(&form.field(kind, part)).map(str::to_owned);
    match kind {
        DecisionKind::Ship => ship(test, form, of("variant"), of("devices"), of("on")),
        DecisionKind::RollBack => {
            view! { <Field id="roll_back_reason" name="roll_back_reason" label="Why roll back?" value=form.roll_back_reason.clone() error=of("reason") /> }.into_any()
        }
        DecisionKind::Stop => {
            view! { <Field id="stop_reason" name="stop_reason" label="Why stop?" value=form.stop_reason.clone() error=of("reason") /> }.into_any()
        }
        DecisionKind::Iterate => {
            view! { <Field id="iterate_title" name="iterate_title" label="Title of the child" hint="Starts with a verb" optional=true value=form.iterate_title.clone() error=of("title") /> }.into_any()
        }
        DecisionKind::ReRun => {
            view! { <Field id="re_run_title" name="re_run_title" label="Title of the copy" optional=true value=form.re_run_title.clone() error=of("title") /> }.into_any()
        }
        DecisionKind::ReTest => {
            view! { <Field id="re_test_on" name="re_test_on" label="Test again on" kind="date" value=form.re_test_on.clone() error=of("on") /> }.into_any()
        }
    }
}

fn ship(test: &Test, form: &ConclusionForm, variant: Option<String>, devices: Option<String>, on: Option<String>) -> AnyView {
    let variants: Vec<Choice> =
        test.plan.treatments().iter().map(|one| Choice::new(&one.key, format!("{}, {}", one.key, one.name))).collect();
    let choices = Device::ALL.map(|device| Choice::new(device.slug(), device.name())).to_vec();
    let picker = (!variants.is_empty())
        .then(|| view! { <SelectField id="ship_variant" name="ship_variant" label="Variant" choices=variants value=form.ship_variant.clone() error=variant /> });
    view! {
        {picker}
        <Checkboxes name="ship_devices[]" legend="Devices, none for all" choices values=form.ship_devices.clone() error=devices />
        <Field id="ship_on" name="ship_on" label="Shipped on" kind="date" hint="Today where left empty" optional=true value=form.ship_on.clone() error=on />
    }
    .into_any()
}
