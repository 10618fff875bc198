//! The impact page, in the order of its questions: what is it worth, how sure are we, what does it rest on.

use super::figures::Figures;
use super::rollouts::Rollouts;
use super::server_fns::{Programme, read_impact};
use super::words;
use crate::frame::{Frame, Place, query, titled, workspace_page, workspace_param};
use crate::ui::{Empty, date, plural, time_of_day};
use domain::impact::{Impact, Total, Worth};
use domain::sites::Catalogue;
use leptos::prelude::*;

/// The page.
#[component]
pub fn ImpactPage() -> impl IntoView {
    let workspace = workspace_param();
    let read = read_impact(workspace.clone(), query("site"));
    workspace_page(Place::Impact, workspace, read, |frame, programme: Programme| {
        let Programme { impact, catalogue, site } = programme;
        let name =
            site.as_deref().and_then(|slug| catalogue.site(slug)).map_or_else(|| "all sites".to_owned(), |one| one.site.name.clone());
        let as_of = format!(
            "As of {}, {} UTC, {name}. Each shipped change counts twelve months. Money is an 80% range; test intervals are 95%.",
            date(frame.now.date_naive()),
            time_of_day(frame.now)
        );
        let tests = frame.to("tests");
        let controls = view! { <Controls frame=frame.clone() site catalogue=catalogue.clone() /> };
        let body = if impact.rollouts.is_empty() && impact.win_rate.is_none() {
            view! {
                <h1 class="impact-sentence">"Nothing has been shipped or decided yet."</h1>
                <Empty title="No rollout yet" text="Decide a test and ship a variant: it appears here with what it is worth, and how sure that is.">
                    <a class="button" href=tests>"See the tests"</a>
                </Empty>
            }
            .into_any()
        } else {
            view! {
                <Sentence impact=impact.clone() />
                <Figures impact=impact.clone() />
                <Rollouts frame rollouts=impact.rollouts money_hidden=impact.money_hidden catalogue />
            }
            .into_any()
        };
        view! {
            {titled("Impact")}
            <main id="content" class="page overview">
                {controls}
                {body}
                <p class="as-of">{as_of}</p>
            </main>
        }
    })
}

#[component]
fn Controls(frame: Frame, site: Option<String>, catalogue: Catalogue) -> impl IntoView {
    (catalogue.sites.len() > 1).then(|| {
        let options = catalogue
            .sites
            .into_iter()
            .map(|one| {
                let selected = site.as_deref() == Some(one.site.slug.as_str());
                view! { <option value=one.site.slug selected=selected>{one.site.name}</option> }
            })
            .collect_view();
        view! {
            <form class="filters" method="get" action=frame.to("impact") aria-label="Filters">
                <div class="chips">
                    <label class="chip"><span class="key">"Site"</span>" "<select name="site"><option value="">"All"</option>{options}</select></label>
                    <button class="button small">"Show"</button>
                </div>
            </form>
        }
    })
}

/// The total that leads: the largest group of A/B tests.
fn leading(impact: &Impact) -> Option<&Total> {
    let known = impact.totals.iter().filter(|total| total.measured.is_some() && !total.activations);
    known.max_by_key(|total| total.rollouts)
}

/// The headline figure: adjusted where there is one, else as measured.
pub fn headline(total: &Total) -> Option<(&Worth, &'static str)> {
    total.adjusted.as_ref().map(|worth| (worth, "adjusted")).or_else(|| total.measured.as_ref().map(|worth| (worth, "as measured")))
}

#[component]
fn Sentence(impact: Impact) -> impl IntoView {
    let shipped = plural(impact.rollouts.len() as u64, "shipped change", "shipped changes");
    if impact.money_hidden {
        return view! {
            <h1 class="impact-sentence">{format!("{shipped} so far.")}</h1>
            <p class="muted">"Money is hidden from your role in this workspace. Effects and counts stay; ask a lead or an owner for the rest."</p>
        }
        .into_any();
    }
    let Some((worth, how)) = leading(&impact).and_then(headline) else {
        return view! { <h1 class="impact-sentence">{format!("{shipped}; what they are worth is not known yet.")}</h1> }.into_any();
    };
    let (amount, between) = (words::money(&worth.mid), format!("{} and {}", words::money(&worth.low), words::money(&worth.high)));
    view! {
        <h1 class="impact-sentence">"Shipped wins add about "<b>{amount}</b>{format!(" of net margin a year, likely between {between}.")}</h1>
        <p class="muted">{format!("{}{}", how_words(how), left_out(&impact))}</p>
    }
    .into_any()
}

/// What the sentence leaves out, so that nobody takes the figure for the whole.
fn left_out(impact: &Impact) -> String {
    let unknown: u64 = impact.totals.iter().map(|total| total.unknown).sum();
    if unknown == 0 { String::new() } else { format!(" Not in it: {}.", words::of_unknown_value(unknown)) }
}

fn how_words(how: &str) -> &'static str {
    if how == "adjusted" {
        "Adjusted: measured effects, drawn towards what tests usually bring, because winners look better than they are."
    } else {
        "As measured: just as the tests said. Winners look better than they are."
    }
}
