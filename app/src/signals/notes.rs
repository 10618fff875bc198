//! How the inventory is read: the scales, what average, usual and standing out mean, and what the money is made of.

use super::row::Scales;
use super::words::percent;
use crate::experiments::words::currency_sign;
use crate::frame::Frame;
use crate::impact::words::money as amount;
use crate::ui::number;
use domain::impact::Basis;
use domain::signals::{AVERAGE_PAGES, RANGE_PAGES, Signal, on_device, per_week};
use leptos::prelude::*;

/// The rules of the page in words, and each figure of money with its inputs.
#[component]
pub fn HowToRead(frame: Frame, rows: Vec<Signal>, scales: Scales) -> impl IntoView {
    let scale = format!(
        "Exit rates are drawn from 0 to {}, behaviours from 0 to {}. Lines are 95% intervals.",
        percent(scales.exits),
        percent(scales.behaviours)
    );
    let average = format!(
        "The site average is all exits by all visits of the site’s pages here on the same device in the same period, with {AVERAGE_PAGES} pages at least. \
         The usual range is the middle half of their exit rates, with {RANGE_PAGES} pages at least."
    );
    let inputs = rows.into_iter().filter_map(|row| inputs(&frame, row)).collect::<Vec<_>>();
    let worth = scales.money.then(|| {
        let list = (!inputs.is_empty()).then(|| view! { <ul>{inputs}</ul> });
        view! {
            <p>"Could be worth a year, at most: visits a year × (upper end of the exit rate − site average) × what a visit of the page’s area brings. That is revenue per visitor × margin, or margin per visitor, where the newest rollout of the area states it; else the baseline of a conversion metric in the newest test of the area × value per conversion in the newest rollout of the site × margin. It counts each visit as a visitor, and takes every one beyond the site average as kept and as good as others of the area. Where an input is missing, no figure is shown."</p>
            {list}
        }
    });
    view! {
        <details class="explain how-to-read">
            <summary>"How this is read"</summary>
            <p>{scale}</p>
            <p>{average}</p>
            <p>"An exit rate stands out when its whole interval lies above the site average. Of a page’s behaviours, the one stands out that is the most times its site average, if its whole interval lies above it."</p>
            {worth}
        </details>
    }
}

/// "Pricing page on desktop: 500,000 visits a year × (49.0% − 41.0%) × … = up to £380k".
fn inputs(frame: &Frame, row: Signal) -> Option<AnyView> {
    let up_to = row.reading.could_be_worth.up_to.clone()?;
    let found = row.reading.could_be_worth.inputs.clone()?;
    let (rate, average) = (row.reading.exit_rate?, row.reading.usual.average?);
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 stops at the ends of i64")]
    let visits = (per_week(row.visits, row.from, row.to) / 7.0 * 365.0).round() as i64;
    let (low, high) = (average * 100.0, rate.high * 100.0);
    let beyond = format!("{} {}: {} visits a year × ({high:.1}% − {low:.1}%)", row.page, on_device(row.device), number(visits));
    let currency = currency_sign(found.currency.as_deref()?);
    let baseline = found.baseline?;
    let (each, value) = match found.basis? {
        Basis::Conversion => (format!(" × baseline {:.1}% (", baseline * 100.0), found.value_per_conversion),
        Basis::RevenuePerVisitor => (format!(" × revenue per visitor {currency}{baseline:.2} ("), None),
        Basis::MarginPerVisitor => (format!(" × margin per visitor {currency}{baseline:.2} ("), None),
    };
    let margin = found.margin.filter(|_| found.basis != Some(Basis::MarginPerVisitor));
    let margin = margin.map(|margin| format!(" × margin {}", percent(margin)));
    let value = value.zip(found.value_from);
    let value = value.map(|(value, from)| view! { {format!(" × {currency}{value:.2} (")}<Source frame=frame.clone() number=from />")" });
    let from = found.baseline_from?;
    let is = format!(" = up to {}", amount(&up_to));
    Some(view! { <li>{beyond}{each}<Source frame=frame.clone() number=from />")"{value}{margin}{is}</li> }.into_any())
}

/// The record that states a number.
#[component]
fn Source(frame: Frame, number: String) -> impl IntoView {
    let part = if number.starts_with('R') { "rollouts" } else { "tests" };
    view! { <a href=frame.to(&format!("{part}/{number}"))>{number.clone()}</a> }
}
