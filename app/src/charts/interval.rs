//! The house mark |--o--|: an interval on a shared scale. Coordinates are percentages, so that it fits any width.

use leptos::prelude::*;

/// The values that a column of plots shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    /// Between two ticks.
    pub step: f64,
}

/// Room at both ends, as a share of what is shown.
const ROOM: f64 = 0.06;
/// Other rows widen the scale of the leading ones at most so many times; what lies beyond becomes an arrow.
const WIDEST: f64 = 3.0;

impl Scale {
    /// The scale that holds zero and all these values.
    pub fn holding(values: impl IntoIterator<Item = f64>) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
        let width = if high > low { high - low } else { 0.02 };
        let room = width * ROOM;
        Self { low: low - room, high: high + room, step: round_step(width / 4.0) }
    }

    /// The scale of the leading values, widened within reason for the others.
    pub fn led_by(leading: &[f64], others: &[f64]) -> Self {
        if leading.is_empty() {
            return Self::holding(others.iter().copied());
        }
        let first = Self::holding(leading.iter().copied());
        let reach = (first.high - first.low) * WIDEST / 2.0;
        let near = others.iter().map(|value| value.clamp(-reach, reach));
        Self::holding(leading.iter().copied().chain(near))
    }

    /// Percent across the drawing; what lies beyond an end is drawn at that end.
    pub fn across(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low) * 100.0).clamp(0.0, 100.0)
    }

    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Round values within the scale, zero among them.
    pub fn ticks(&self) -> Vec<f64> {
        let (first, last) = ((self.low / self.step).ceil(), (self.high / self.step).floor());
        let count = (last - first).clamp(0.0, 12.0);
        std::iter::successors(Some(0.0), |at| Some(at + 1.0)).take_while(|at| *at <= count).map(|at| (first + at) * self.step).collect()
    }
}

/// 1, 2 or 5 times a power of ten, not below the given size.
fn round_step(size: f64) -> f64 {
    let power = 10.0_f64.powf(size.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|step| *step >= size * 0.999).unwrap_or(10.0 * power)
}

/// The best guess's shape, which says the outcome without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Win,
    Loss,
    Inconclusive,
    /// Unusable data: a dashed line and no interval.
    Invalid,
    /// An amount without an outcome.
    Estimate,
}

impl Shape {
    fn class(self) -> &'static str {
        match self {
            Shape::Win => "interval win",
            Shape::Loss => "interval loss",
            Shape::Inconclusive => "interval",
            Shape::Invalid => "interval void",
            Shape::Estimate => "interval ink",
        }
    }

    fn point(self) -> &'static str {
        match self {
            Shape::Win => "/icons.svg#p-win",
            Shape::Loss => "/icons.svg#p-loss",
            Shape::Inconclusive => "/icons.svg#p-inconclusive",
            Shape::Invalid => "/icons.svg#p-invalid",
            Shape::Estimate => "/icons.svg#p-estimate",
        }
    }
}

/// An estimate with its range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub low: f64,
    pub estimate: f64,
    pub high: f64,
}

/// How one end of an interval is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Cap,
    /// Beyond the scale.
    Arrow,
}

/// An interval's place on a scale, in percent.
#[derive(Debug, Clone, PartialEq)]
struct Drawn {
    low: (f64, End),
    high: (f64, End),
    /// None where the best guess lies beyond the scale.
    point: Option<f64>,
}

fn draw(span: Span, scale: &Scale) -> Drawn {
    let end = |value: f64| (scale.across(value), if scale.holds(value) { End::Cap } else { End::Arrow });
    let point = scale.holds(span.estimate).then(|| scale.across(span.estimate));
    Drawn { low: end(span.low), high: end(span.high), point }
}

pub(super) fn percent(x: f64) -> String {
    format!("{x:.1}%")
}

fn upright(class: &'static str, x: f64) -> impl IntoView {
    let x = percent(x);
    view! { <line class=class x1=x.clone() x2=x y1="0" y2="100%"></line> }
}

fn end_mark((x, end): (f64, End), to_the_left: bool) -> AnyView {
    let x = percent(x);
    match end {
        End::Cap => view! { <line x1=x.clone() x2=x y1="25%" y2="75%"></line> }.into_any(),
        End::Arrow => {
            let d = if to_the_left { "M6-4 0 0 6 4" } else { "M-6-4 0 0-6 4" };
            view! { <svg x=x y="50%" overflow="visible"><path class="arrow" d=d></path></svg> }.into_any()
        }
    }
}

/// The plot. With a label it says what it shows; without one it is decoration beside its numbers.
#[component]
pub fn Interval(
    scale: Scale,
    /// None where there is nothing to draw: unusable or not measured.
    span: Option<Span>,
    shape: Shape,
    /// The largest harm accepted of a guard-rail, dashed.
    #[prop(optional_no_strip)]
    limit: Option<f64>,
    /// What was predicted, shaded.
    #[prop(optional_no_strip)]
    expected: Option<(f64, f64)>,
    #[prop(optional)] tall: bool,
    #[prop(optional, into)] label: Option<String>,
) -> impl IntoView {
    let class = if tall { format!("{} tall", shape.class()) } else { shape.class().to_owned() };
    let band = expected.map(|(low, high)| {
        let (from, to) = (scale.across(low.min(high)), scale.across(high.max(low)));
        view! { <rect class="expected" x=percent(from) width=percent((to - from).max(0.5)) y="20%" height="60%" rx="3"></rect> }
    });
    let marks = match span {
        None => view! { <line class="unusable" x1="0" x2="100%" y1="50%" y2="50%"></line> }.into_any(),
        Some(span) => {
            let drawn = draw(span, &scale);
            let point = drawn.point.map(|x| view! { <use href=shape.point() x=percent(x) y="50%"></use> });
            view! {
                <line x1=percent(drawn.low.0) x2=percent(drawn.high.0) y1="50%" y2="50%"></line>
                {end_mark(drawn.low, true)}
                {end_mark(drawn.high, false)}
                {point}
            }
            .into_any()
        }
    };
    let hidden = label.is_none().then_some("true");
    let role = label.is_some().then_some("img");
    view! {
        <svg class=class role=role aria-label=label aria-hidden=hidden>
            {band}
            {upright("zero", scale.across(0.0))}
            {limit.map(|limit| upright("limit", scale.across(limit)))}
            {marks}
        </svg>
    }
}

/// The scale's ticks above a column of plots; `words` writes a value.
#[component]
pub fn Axis(scale: Scale, words: fn(f64) -> String) -> impl IntoView {
    let ticks =
        scale.ticks().into_iter().map(|tick| view! { <text x=percent(scale.across(tick)) y="11">{words(tick)}</text> }).collect_view();
    view! { <svg class="axis" aria-hidden="true">{ticks}</svg> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_holds_zero_and_round_ticks() {
        let scale = Scale::holding([0.024, 0.115]);
        assert!(scale.holds(0.0) && scale.holds(0.115) && scale.low < 0.0);
        let shown: Vec<_> = scale.ticks().iter().map(|tick| (tick * 100.0).round()).collect();
        assert_eq!(shown, [0.0, 5.0, 10.0]);
        assert!(Scale::holding([]).ticks().contains(&0.0), "a scale of nothing still shows zero");
    }

    #[test]
    fn one_wild_row_does_not_flatten_the_others() {
        let scale = Scale::led_by(&[-0.02, 0.08], &[-4.0, 9.0]);
        assert!(!scale.holds(9.0) && !scale.holds(-4.0) && scale.high < 0.3, "{scale:?}");
        assert_eq!(Scale::led_by(&[], &[0.5]), Scale::holding([0.5]));
    }

    #[test]
    fn an_end_beyond_the_scale_is_an_arrow_at_the_edge() {
        let scale = Scale { low: -0.1, high: 0.1, step: 0.05 };
        let drawn = draw(Span { low: -0.05, estimate: 0.0, high: 0.4 }, &scale);
        assert_eq!(drawn, Drawn { low: (25.0, End::Cap), high: (100.0, End::Arrow), point: Some(50.0) });
        assert_eq!(draw(Span { low: 0.15, estimate: 0.2, high: 0.4 }, &scale).point, None);
    }
}
