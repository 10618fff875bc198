//! Bars of plan and actual: how much is done, with an upright mark where the plan ends.

use super::interval::percent;
use leptos::prelude::*;

/// Percent across for what is done and for the plan, so that the longer of the two nearly fills the bar.
fn shares(done: f64, plan: f64) -> (f64, f64) {
    let whole = done.max(plan);
    if whole <= 0.0 || !whole.is_finite() {
        return (0.0, 0.0);
    }
    (done / whole * 97.4, plan / whole * 97.4)
}

/// One bar. Without a plan it is only as long as it is.
#[component]
pub fn Progress(done: f64, plan: f64, #[prop(into)] label: String) -> impl IntoView {
    let (done, plan) = shares(done, plan);
    let mark = (plan > 0.0).then(|| {
        let x = percent(plan);
        view! { <line class="plan" x1=x.clone() x2=x y1="0" y2="16"></line> }
    });
    view! {
        <svg class="progress" role="img" aria-label=label>
            <rect class="track" width="100%" height="8" y="4" rx="2"></rect>
            <rect class="fill" width=percent(done) height="8" y="4" rx="2"></rect>
            {mark}
        </svg>
    }
}

/// Whole weeks as pieces; the present one is filled as far as it has come.
#[component]
pub fn Weeks(days: f64, weeks: u32, #[prop(into)] label: String) -> impl IntoView {
    let shown = f64::from(weeks).max((days / 7.0).ceil()).clamp(1.0, 60.0);
    let each = 97.4 / shown;
    let pieces = std::iter::successors(Some(0.0), |at| Some(at + 1.0))
        .take_while(|at| *at < shown)
        .map(|at| {
            let filled = (days / 7.0 - at).clamp(0.0, 1.0) * (each - 0.5);
            let x = percent(at * each);
            view! {
                <rect class="track" x=x.clone() width=percent(each - 0.5) height="8" y="4" rx="2"></rect>
                <rect class="fill" x=x width=percent(filled) height="8" y="4" rx="2"></rect>
            }
        })
        .collect_view();
    let x = percent(f64::from(weeks) * each);
    view! {
        <svg class="progress" role="img" aria-label=label>
            {pieces}
            <line class="plan" x1=x.clone() x2=x y1="0" y2="16"></line>
        </svg>
    }
}

/// A thin bar for rows of a list.
#[component]
pub fn ThinProgress(share: f64, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <svg class="progress short" role="img" aria-label=label>
            <rect class="track" width="100%" height="6" rx="2"></rect>
            <rect class="fill" width=percent((share * 100.0).clamp(0.0, 100.0)) height="6" rx="2"></rect>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_plan_and_actual_fills_the_bar() {
        assert_eq!(shares(50.0, 100.0), (48.7, 97.4));
        assert_eq!(shares(200.0, 100.0), (97.4, 48.7));
        assert_eq!(shares(0.0, 0.0), (0.0, 0.0));
    }
}
