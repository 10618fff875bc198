//! One page of the inventory as a row: its numbers drawn and in words, and what became of it.

use super::words::{change, percent, period, range, rate_label};
use crate::charts::{RatePlot, ShareBar};
use crate::frame::Frame;
use crate::hypotheses::DeviceIcons;
use crate::impact::words::money;
use crate::ui::{Icon, number};
use domain::access::Permission;
use domain::signals::{BehaviourShare, CouldBeWorth, Need, Signal};
use domain::sites::Device;
use leptos::prelude::*;

/// What all rows share: where the scales end, and whether each says its period and its money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    pub exits: f64,
    pub behaviours: f64,
    /// False where one period holds for all.
    pub dated: bool,
    pub money: bool,
}

/// A page with its exits and the behaviour before them.
#[component]
pub fn Row(frame: Frame, row: Signal, users: Vec<String>, scales: Scales) -> impl IntoView {
    let money = scales.money;
    let behaviours = row.reading.behaviours.iter().map(|one| view! { <BehaviourCell one=*one reach=scales.behaviours /> }).collect_view();
    let worth =
        money.then(|| view! { <td class="end worth" data-label="Could be worth"><Worth worth=row.reading.could_be_worth.clone() /></td> });
    view! {
        <tr>
            <PageCell frame=frame.clone() row=row.clone() dated=scales.dated />
            <ExitsCell row=row.clone() />
            <RateCells row=row.clone() reach=scales.exits />
            {behaviours}
            {worth}
            <td class="made" data-label="Evidence"><Made frame=frame.clone() row=row.clone() /></td>
            <td class="uses" data-label="Hypotheses"><Users frame row users /></td>
        </tr>
    }
}

#[component]
fn PageCell(frame: Frame, row: Signal, dated: bool) -> impl IntoView {
    let devices = row.device.map_or_else(|| Device::ALL.to_vec(), |device| vec![device]);
    let days = dated.then(|| view! { <span class="days">{period(row.from, row.to)}</span> });
    let name = if frame.may(Permission::Contribute) {
        let href = frame.to(&format!("signals/{}/edit", row.id));
        view! { <a href=href data-row="">{row.page.clone()}</a> }.into_any()
    } else {
        row.page.clone().into_any()
    };
    let path = (row.path != row.page).then(|| view! { <span class="path">{row.path}</span> });
    view! {
        <th scope="row">
            {name}" "<span class="where"><DeviceIcons devices /></span>
            <span class="below">{path}{days}</span>
        </th>
    }
}

#[component]
fn ExitsCell(row: Signal) -> impl IntoView {
    let moved = row.reading.change.map(|found| {
        let than = format!(" compared with {}", period(found.from, found.to));
        view! { <span class="below">{change(found)}<span class="visually-hidden">{than}</span></span> }
    });
    view! { <td class="end exits" data-label="Exits a week">{number(row.exits_per_week)}" "{moved}</td> }
}

#[component]
fn RateCells(row: Signal, reach: f64) -> impl IntoView {
    let Some(rate) = row.reading.exit_rate else {
        return view! { <td colspan="2"><span class="not-measured">"not measured"</span></td> }.into_any();
    };
    let usual = &row.reading.usual;
    let label = rate_label(&row, rate);
    let class = if row.reading.stands_out { "end rate-figure out" } else { "end rate-figure" };
    view! {
        <td class="rate-cell">
            <RatePlot low=rate.low estimate=rate.share high=rate.high usual=usual.low.zip(usual.high) average=usual.average reach label />
        </td>
        <td class=class data-label="Exit rate">{percent(rate.share)}</td>
    }
    .into_any()
}

#[component]
fn BehaviourCell(one: BehaviourShare, reach: f64) -> impl IntoView {
    let name = one.behaviour.name();
    let Some(rate) = one.rate else {
        return view! { <td class="behaviour" data-label=name><span class="not-measured">"not measured"</span></td> }.into_any();
    };
    let average = one.average.map(|average| format!(", site average {}", percent(average))).unwrap_or_default();
    let out = if one.stands_out { ", stands out" } else { "" };
    let rest = format!(" of exits, likely between {}{average}{out}", range(rate.low, rate.high));
    let class = if one.stands_out { "behaviour out" } else { "behaviour" };
    view! {
        <td class=class data-label=name>
            <ShareBar share=rate.share average=one.average reach out=one.stands_out />" "
            <span class="figure">{percent(rate.share)}<span class="visually-hidden">{rest}</span></span>
        </td>
    }
    .into_any()
}

/// A bound, or why there is none.
#[component]
fn Worth(worth: CouldBeWorth) -> impl IntoView {
    match worth {
        CouldBeWorth { up_to: Some(amount), .. } => view! { <span class="nowrap">"up to "{money(&amount)}</span> }.into_any(),
        CouldBeWorth { nothing_beyond: true, .. } => {
            view! { <span class="muted">"not computed: no more exits than average"</span> }.into_any()
        }
        CouldBeWorth { needs, .. } => view! { <span class="muted">{unknown(&needs)}</span> }.into_any(),
    }
}

/// "not known: needs an area".
fn unknown(needs: &[Need]) -> String {
    match needs {
        [] => "not known".to_owned(),
        [one] => format!("not known: needs {}", one.name()),
        [first, rest @ ..] => format!("not known: needs {}, and {} more", first.name(), rest.len()),
    }
}

/// The evidence of a row, or the click that makes it.
#[component]
fn Made(frame: Frame, row: Signal) -> impl IntoView {
    if let Some(number) = row.evidence {
        return view! { <a href=frame.to(&format!("evidence/{number}"))>{number.clone()}</a> }.into_any();
    }
    if !frame.may(Permission::Contribute) {
        return view! { <span class="muted">"None yet"</span> }.into_any();
    }
    let action = frame.to(&format!("signals/{}/evidence", row.id));
    view! {
        <form class="inline" method="post" action=action>
            <button class="button small">"Make evidence"<span class="visually-hidden">{format!(" of {}", row.page)}</span></button>
        </form>
    }
    .into_any()
}

/// The hypotheses that rest on a row's evidence, or the way to write the first.
#[component]
fn Users(frame: Frame, row: Signal, users: Vec<String>) -> impl IntoView {
    if !users.is_empty() {
        let links = users.into_iter().enumerate();
        let link = |(at, user): (usize, String)| {
            ((at > 0).then_some(", "), view! { <a href=frame.to(&format!("hypotheses/{user}"))>{user.clone()}</a> })
        };
        return links.map(link).collect_view().into_any();
    }
    if !frame.may(Permission::Contribute) {
        return view! { <span class="muted">"None yet"</span> }.into_any();
    }
    let about = view! { <span class="visually-hidden">{format!(" about {}", row.page)}</span> };
    match row.evidence {
        Some(number) => {
            let href = frame.to(&format!("hypotheses/new?evidence={number}"));
            view! { <a class="button small" href=href><Icon name="i-plus" />"Write one"{about}</a> }.into_any()
        }
        None => {
            let action = frame.to(&format!("signals/{}/evidence", row.id));
            view! {
                <form class="inline" method="post" action=action>
                    <button class="button small" name="then" value="hypothesis"><Icon name="i-plus" />"Write one"{about}</button>
                </form>
            }
            .into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_first_things_first() {
        assert_eq!(unknown(&[Need::Area]), "not known: needs an area");
        assert_eq!(unknown(&[Need::Margin, Need::Currency]), "not known: needs the site’s margin, and 1 more");
    }
}
