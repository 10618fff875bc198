//! What is usual at a site: the average and the middle half of its pages on one device in one period.

use super::Behaviours;
use serde::{Deserialize, Serialize};

/// With fewer pages than this nothing is called average.
pub const AVERAGE_PAGES: usize = 3;
/// With fewer pages than this nothing is called usual.
pub const RANGE_PAGES: usize = 5;
/// So many pages are compared: those with the most exits.
pub const PAGES_COMPARED: u64 = 2_000;

/// A page to compare with: a row of the same site and device with the same first and last day, not archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    pub visits: i64,
    pub exits: i64,
    pub behaviours: Behaviours,
}

/// What the pages of a site on one device in one period have in common.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalUsual))]
pub struct Usual {
    /// How many pages were compared, the page itself among them.
    pub pages: usize,
    /// All their exits by all their visits; none with fewer than three pages.
    pub average: Option<f64>,
    /// The middle half of their exit rates, from quartile to quartile; none with fewer than five pages.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Of each behaviour, all exits with it by all exits of the pages where it was measured; none with fewer than three
    /// such pages.
    pub hesitation: Option<f64>,
    pub scroll_loop: Option<f64>,
    pub exit_intent: Option<f64>,
}

impl Usual {
    pub fn of(peers: &[Peer]) -> Self {
        let peers: Vec<&Peer> = peers.iter().filter(|peer| peer.visits > 0).collect();
        let average = pooled(peers.iter().map(|peer| (peer.exits, peer.visits)));
        let mut rates: Vec<f64> = peers.iter().map(|peer| peer.exits as f64 / peer.visits as f64).collect();
        rates.sort_by(f64::total_cmp);
        let quartile = |share: f64| (rates.len() >= RANGE_PAGES).then(|| quantile(&rates, share)).flatten();
        let of = |place: usize| {
            let measured = |peer: &&Peer| Some((peer.behaviours.0.get(place).copied().flatten()?, peer.exits));
            pooled(peers.iter().filter_map(measured))
        };
        Self {
            pages: peers.len(),
            average,
            low: quartile(0.25),
            high: quartile(0.75),
            hesitation: of(0),
            scroll_loop: of(1),
            exit_intent: of(2),
        }
    }

    /// The average of each behaviour.
    pub fn behaviours(&self) -> [Option<f64>; 3] {
        [self.hesitation, self.scroll_loop, self.exit_intent]
    }
}

/// All parts by all wholes, where enough pages say both.
fn pooled(pairs: impl Iterator<Item = (i64, i64)>) -> Option<f64> {
    let (pages, part, whole) = pairs.fold((0, 0.0, 0.0), |(pages, part, whole), (a, b)| (pages + 1, part + a as f64, whole + b as f64));
    (pages >= AVERAGE_PAGES && whole > 0.0).then(|| part / whole)
}

/// A quantile of sorted values, between two of them in proportion (Hyndman and Fan 1996, type 7, as spreadsheets do).
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the values, not below 0")]
    let below = place.floor() as usize;
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + (high - low) * (place - place.floor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(visits: i64, exits: i64, hesitation: Option<i64>) -> Peer {
        Peer { visits, exits, behaviours: Behaviours([hesitation, None, None]) }
    }

    #[test]
    fn large_pages_weigh_more_in_the_average() {
        let usual = Usual::of(&[peer(1000, 500, Some(100)), peer(100, 10, None), peer(100, 20, None)]);
        assert_eq!(usual.average, Some(530.0 / 1200.0));
        assert_eq!((usual.pages, usual.low, usual.hesitation), (3, None, None), "one page makes no average of a behaviour");
    }

    #[test]
    fn two_pages_have_no_average_and_four_no_range() {
        assert_eq!(Usual::of(&[peer(10, 5, None), peer(10, 1, None)]).average, None);
        let four: Vec<Peer> = (1..=4).map(|exits| peer(10, exits, None)).collect();
        assert_eq!((Usual::of(&four).low, Usual::of(&four).average), (None, Some(0.25)));
    }

    #[test]
    fn the_range_is_the_middle_half() {
        let five: Vec<Peer> = [10, 20, 30, 40, 90].map(|exits| peer(100, exits, Some(exits / 2))).to_vec();
        let usual = Usual::of(&five);
        assert_eq!((usual.low, usual.high, usual.hesitation), (Some(0.2), Some(0.4), Some(0.5)));
        let six: Vec<Peer> = [10, 20, 30, 40, 50, 60].map(|exits| peer(100, exits, None)).to_vec();
        assert!((Usual::of(&six).low.unwrap() - 0.225).abs() < 1e-12);
    }

    #[test]
    fn pages_without_visits_or_exits_do_no_harm() {
        assert_eq!(Usual::of(&[peer(0, 0, None); 6]), Usual::default());
        assert_eq!(Usual::of(&[peer(10, 0, Some(0)); 6]).hesitation, None);
    }
}
