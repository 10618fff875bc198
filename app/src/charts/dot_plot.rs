//! One dot per scorer on a scale drawn from 1 to 10, with the middle and the spread.

use leptos::prelude::*;

/// One scorer's level.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    pub level: f64,
    pub you: bool,
}

/// A dot's place: percent across, and how many dots lie below it.
#[derive(Debug, Clone, PartialEq)]
struct Placed {
    x: f64,
    floor: usize,
    you: bool,
}

/// Percent across the drawing for a level of 1 to 10.
fn across(level: f64) -> f64 {
    4.0 + (level - 1.0) / 9.0 * 92.0
}

/// Dots of one level stand on each other, yours lowest.
fn place(dots: &[Dot]) -> Vec<Placed> {
    let mut sorted: Vec<&Dot> = dots.iter().collect();
    sorted.sort_by(|one, other| one.level.total_cmp(&other.level).then((!one.you).cmp(&!other.you)));
    let mut placed: Vec<Placed> = Vec::new();
    for dot in sorted {
        let x = across(dot.level);
        let floor = placed.iter().filter(|other| (other.x - x).abs() < 0.01).count();
        placed.push(Placed { x, floor, you: dot.you });
    }
    placed
}

fn percent(x: f64) -> String {
    format!("{x:.1}%")
}

/// The plot; `label` says in words what it shows.
#[component]
pub fn DotPlot(
    dots: Vec<Dot>,
    middle: f64,
    /// The lowest and the highest of the dots.
    spread: (f64, f64),
    /// What stands below the line, and where.
    ticks: Vec<(f64, String)>,
    #[prop(into)] label: String,
) -> impl IntoView {
    let placed = place(&dots);
    let height = 32 + 9 * i32::try_from(placed.iter().map(|dot| dot.floor).max().unwrap_or(0)).unwrap_or(0).max(2) - 18;
    let base = height;
    let circles = placed
        .into_iter()
        .map(|dot| {
            let cy = f64::from(base) - 9.5 * dot.floor as f64;
            view! { <circle class=if dot.you { "you" } else { "other" } cx=percent(dot.x) cy=cy.to_string() r="4.75"></circle> }
        })
        .collect_view();
    let ticks = ticks
        .into_iter()
        .map(|(level, words)| {
            let x = percent(across(level));
            view! {
                <line class="scale" x1=x.clone() x2=x.clone() y1=(base - 3).to_string() y2=(base + 3).to_string()></line>
                <text x=x y=(base + 23).to_string()>{words}</text>
            }
        })
        .collect_view();
    let y = base.to_string();
    view! {
        <svg role="img" aria-label=label height=(base + 26).to_string()>
            <line class="scale" x1="4%" x2="96%" y1=y.clone() y2=y.clone()></line>
            <line class="spread" x1=percent(across(spread.0)) x2=percent(across(spread.1)) y1=y.clone() y2=y></line>
            {ticks}
            {circles}
            <svg x=percent(across(middle)) y=(base + 7).to_string() overflow="visible"><path class="wedge" d="M0 0 4.5 5h-9Z"></path></svg>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_levels_stand_on_each_other_with_yours_lowest() {
        let dot = |level, you| Dot { level, you };
        let placed = place(&[dot(7.0, false), dot(7.0, true), dot(4.0, false)]);
        let shape: Vec<_> = placed.iter().map(|dot| (dot.floor, dot.you)).collect();
        assert_eq!(shape, [(0, false), (0, true), (1, false)]);
    }

    #[test]
    fn the_scale_leaves_room_at_both_ends() {
        assert_eq!((across(1.0), across(10.0)), (4.0, 96.0));
    }
}
