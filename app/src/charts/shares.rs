//! Shares on a scale from zero: a rate with its interval beside what is usual, and a bar with the average as a tick.

use super::interval::percent;
use leptos::prelude::*;

/// The end of a scale from zero that holds all these shares: the next tenth, 10 % at least.
pub fn reach(shares: impl IntoIterator<Item = f64>) -> f64 {
    let most = shares.into_iter().filter(|share| share.is_finite()).fold(0.0_f64, f64::max);
    ((most * 10.0 - 1e-9).ceil() / 10.0).clamp(0.1, 1.0)
}

fn across(share: f64, reach: f64) -> String {
    percent((share / reach * 100.0).clamp(0.0, 100.0))
}

fn upright(class: &'static str, x: String, from: &'static str, to: &'static str) -> impl IntoView {
    view! { <line class=class x1=x.clone() x2=x y1=from y2=to></line> }
}

/// A rate with its interval on a track; what is usual is a band, the average an upright.
#[component]
pub fn RatePlot(
    low: f64,
    estimate: f64,
    high: f64,
    /// From quartile to quartile.
    #[prop(optional_no_strip)]
    usual: Option<(f64, f64)>,
    #[prop(optional_no_strip)] average: Option<f64>,
    /// Where the scale ends.
    reach: f64,
    /// What it shows, in words.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let band = usual.map(|(low, high)| {
        let width = percent(((high.min(reach) - low) / reach * 100.0).max(1.0));
        view! { <rect class="usual" x=across(low, reach) width=width y="15%" height="70%" rx="2"></rect> }
    });
    view! {
        <svg class="interval ink rate" role="img" aria-label=label>
            {band}
            <line class="track" x1="0" x2="100%" y1="50%" y2="50%"></line>
            {average.map(|average| upright("average", across(average, reach), "10%", "90%"))}
            <line x1=across(low, reach) x2=across(high, reach) y1="50%" y2="50%"></line>
            {upright("end", across(low, reach), "28%", "72%")}
            {upright("end", across(high, reach), "28%", "72%")}
            <use href="/icons.svg#p-estimate" x=across(estimate, reach) y="50%"></use>
        </svg>
    }
}

/// A share as a bar from zero, with the average as a tick. Decoration beside its number.
#[component]
pub fn ShareBar(share: f64, #[prop(optional_no_strip)] average: Option<f64>, reach: f64, #[prop(optional)] out: bool) -> impl IntoView {
    let class = if out { "share-bar out" } else { "share-bar" };
    view! {
        <svg class=class aria-hidden="true">
            <rect class="track" width="100%" height="8" y="4" rx="1"></rect>
            <rect class="fill" width=across(share, reach) height="8" y="4" rx="1"></rect>
            {average.map(|average| upright("average", across(average, reach), "1", "15"))}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_the_next_tenth() {
        for (shares, end) in [(vec![0.48, 0.712], 0.8), (vec![0.3], 0.3), (vec![], 0.1), (vec![0.004, f64::NAN], 0.1), (vec![1.0], 1.0)] {
            assert!((reach(shares) - end).abs() < 1e-12, "{end}");
        }
    }

    #[test]
    fn nothing_is_drawn_beyond_the_scale() {
        assert_eq!((across(0.9, 0.6), across(0.3, 0.6), across(-0.1, 0.6)), ("100.0%".to_owned(), "50.0%".to_owned(), "0.0%".to_owned()));
    }
}
