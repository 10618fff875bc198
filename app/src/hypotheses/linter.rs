//! The linter beside the statement: drawn by the server, kept up to date while somebody types.

use super::server_fns::{Bearing, MetricName};
use crate::ui::Icon;
use domain::hypotheses::{HypothesisForm, Lint, LintFinding, LintStatus, Linted};
use leptos::prelude::*;

/// So many open findings are told at a time.
const TOLD: usize = 4;

/// Goes over the form that it stands in, at every change.
#[island]
pub fn Linter(
    form: HypothesisForm,
    /// What is linked already.
    linked: Bearing,
    /// What is picked in the form.
    picked: Bearing,
    metrics: Vec<MetricName>,
) -> impl IntoView {
    let lint = RwSignal::new(run(&form, linked, picked, &metrics));
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let metrics = metrics.clone();
        super::typing::listen(move |typed| {
            let found = run(&typed.form, linked, typed.picked, &metrics);
            // The same findings are not told again at every key.
            if lint.get_untracked() != found {
                lint.set(found);
            }
        });
    });
    move || {
        let lint = lint.get();
        view! { <Findings lint /> }
    }
}

fn run(form: &HypothesisForm, linked: Bearing, picked: Bearing, metrics: &[MetricName]) -> Lint {
    let metric = metrics.iter().find(|metric| metric.slug == form.metric).map(|metric| metric.name.as_str());
    Linted::form(form, linked.supports + picked.supports, linked.contradicts + picked.contradicts).lint(metric)
}

/// What holds with a tick, then the first open findings with their mends.
#[component]
fn Findings(lint: Lint) -> impl IntoView {
    let (held, open): (Vec<LintFinding>, Vec<LintFinding>) = lint.findings.into_iter().partition(LintFinding::passes);
    let more = open.len().saturating_sub(TOLD);
    let held =
        held.into_iter().map(|finding| view! { <li class="pass"><Icon name="o-check" own=true />{finding.message}</li> }).collect_view();
    let open = open.into_iter().take(TOLD).map(|finding| {
        let class = class_of(&finding);
        view! { <li class=class><Open finding /></li> }
    });
    let open = open.collect_view();
    let rest = (more > 0).then(|| view! { <li>{format!("and {more} more")}</li> });
    let count = format!("Ready on {} of {}", lint.readiness.passed, lint.readiness.of);
    view! {
        <div role="status">
            <ul class="linter"><li class="count">{count}</li>{held}{open}{rest}</ul>
        </div>
    }
}

/// What is doubtful stands out; what is still missing does not.
fn class_of(finding: &LintFinding) -> &'static str {
    if finding.status == LintStatus::Warn { "mend" } else { "missing" }
}

#[component]
fn Open(finding: LintFinding) -> impl IntoView {
    let LintFinding { status, message, mend, field, suggestion, .. } = finding;
    let mend = match (&suggestion, mend) {
        (Some(words), _) => format!("{message}: try “{words}”"),
        (None, Some(mend)) if status == LintStatus::Fail => mend,
        (None, Some(mend)) => format!("{message}. {mend}"),
        (None, None) => message,
    };
    let put = suggestion.map(|words| {
        let press = move |_| {
            #[cfg(feature = "hydrate")]
            super::typing::put(&field, &words);
            #[cfg(not(feature = "hydrate"))]
            let _ = (&field, &words);
        };
        view! { <button type="button" class="link-button needs-script" on:click=press>"Use it"</button> }
    });
    view! { <Icon name="o-warn" own=true /><span>{mend}</span>{put} }
}

/// The same list on the page of a saved hypothesis: what is open, or that nothing is.
#[component]
pub fn Readiness(lint: Lint, #[prop(into)] edit: String, may_edit: bool) -> impl IntoView {
    let count = format!("{} of {}", lint.readiness.passed, lint.readiness.of);
    let open: Vec<LintFinding> = lint.findings.into_iter().filter(|finding| !finding.passes()).collect();
    let body = if open.is_empty() {
        view! { <p class="linter"><span class="pass"><Icon name="o-check" own=true />"Nothing is missing."</span></p> }.into_any()
    } else {
        let items = open
            .into_iter()
            .map(|finding| {
                let class = class_of(&finding);
                let mend = finding.mend.map(|mend| view! { <span class="muted">{mend}</span> });
                view! { <li class=class><Icon name="o-warn" own=true /><span><b>{finding.message}</b>" "{mend}</span></li> }
            })
            .collect_view();
        let mend = may_edit.then(|| view! { <p class="actions"><a class="button small" href=edit>"Mend it"</a></p> });
        view! { <ul class="linter listed">{items}</ul>{mend} }.into_any()
    };
    view! {
        <section aria-labelledby="readiness-title">
            <header class="section-head"><h2 id="readiness-title">"Readiness"</h2><p>{format!("{count} checks pass")}</p></header>
            {body}
        </section>
    }
}
