//! What other weights would do to the ranking, before anybody decides for them.

use serde::{Deserialize, Serialize};

/// So many places of the new order are shown, and so many of the largest moves.
const SHOWN: usize = 20;

/// An open hypothesis with its evidence confidence by the present weights and by others, in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// 12 for `H-12`; the younger one comes later among equals.
    pub number: i64,
    pub now: i64,
    pub then: i64,
}

/// A hypothesis with its place by evidence confidence, now and with the other weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// `H-12`.
    pub number: String,
    pub title: String,
    pub now: f64,
    pub then: f64,
    /// Places from 1.
    pub place_now: u64,
    pub place_then: u64,
}

/// What the other weights would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct WeightsPreview {
    /// How many hypotheses rest on evidence, whatever their stage.
    pub weighed: u64,
    /// The evidence confidence of so many of them would change.
    pub changed: u64,
    /// How many open hypotheses are ranked.
    pub open: u64,
    /// The first by the other weights.
    pub top: Vec<Moved>,
    /// Those that would move furthest, up or down.
    pub moves: Vec<Moved>,
}

/// Ranks the open hypotheses by evidence confidence both ways; titles are for whoever knows them to fill in.
pub fn preview(open: &[Ranked]) -> WeightsPreview {
    let places = |confidence: fn(&Ranked) -> i64| {
        let mut order: Vec<usize> = (0..open.len()).collect();
        order.sort_by_key(|at| (-confidence(&open[*at]), open[*at].number));
        let mut places = vec![0_u64; open.len()];
        for (place, at) in (1..).zip(&order) {
            places[*at] = place;
        }
        (order, places)
    };
    let ((_, now), (order, then)) = (places(|one| one.now), places(|one| one.then));
    let moved = |at: usize| Moved {
        number: format!("H-{}", open[at].number),
        title: String::new(),
        now: open[at].now as f64 / 10.0,
        then: open[at].then as f64 / 10.0,
        place_now: now[at],
        place_then: then[at],
    };
    let mut movers: Vec<usize> = order.iter().copied().filter(|at| now[*at] != then[*at]).collect();
    movers.sort_by_key(|at| std::cmp::Reverse(now[*at].abs_diff(then[*at])));
    WeightsPreview {
        open: open.len() as u64,
        top: order.iter().take(SHOWN).map(|at| moved(*at)).collect(),
        moves: movers.iter().take(SHOWN).map(|at| moved(*at)).collect(),
        ..WeightsPreview::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_confidence_then_age() {
        let open = [(4, 20, 30), (2, 30, 30), (9, 0, 0), (1, 10, 50)];
        let open = open.map(|(number, now, then)| Ranked { number, now, then });
        let found = preview(&open);
        let told = |list: &[Moved]| -> Vec<(String, u64, u64)> {
            list.iter().map(|one| (one.number.clone(), one.place_now, one.place_then)).collect()
        };
        let place = |number: &str, now, then| (number.to_owned(), now, then);
        assert_eq!(told(&found.top), [place("H-1", 3, 1), place("H-2", 1, 2), place("H-4", 2, 3), place("H-9", 4, 4)]);
        assert_eq!(told(&found.moves), [place("H-1", 3, 1), place("H-2", 1, 2), place("H-4", 2, 3)]);
        assert_eq!((found.open, found.top[0].now, found.top[0].then), (4, 1.0, 5.0));
    }

    #[test]
    fn what_is_shown_is_bounded() {
        let open: Vec<Ranked> = (1..=100).map(|number| Ranked { number, now: number, then: 100 - number }).collect();
        let found = preview(&open);
        assert_eq!((found.open, found.top.len(), found.moves.len()), (100, 20, 20));
        assert_eq!(found.moves[0].place_now.abs_diff(found.moves[0].place_then), 99);
    }
}
