//! What follows from a row beside the site's other pages: rates with their intervals, what stands out, and whether it
//! grows.
//!
//! Intervals are Wilson's at 95 %. An exit rate stands out when its whole interval lies above the site average. Of a
//! page's behaviours one stands out at most: among those whose whole interval lies above the site average, the one that
//! is the most times its average. With many exits nearly every difference is sure; the largest is the one to look at.

use super::{Behaviour, Behaviours, CouldBeWorth, Usual, days};
use crate::stats::Count;
use crate::stats::proportion_intervals::wilson;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The level of every interval here.
pub const LEVEL: f64 = 0.95;

/// A share with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalRate))]
pub struct Rate {
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

/// How often a behaviour comes before an exit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalBehaviourShare))]
pub struct BehaviourShare {
    pub behaviour: Behaviour,
    /// Of the exits; none where it was not measured or nobody left.
    pub rate: Option<Rate>,
    /// The site's average.
    pub average: Option<f64>,
    pub stands_out: bool,
}

/// How exits a week changed since the page's row before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalChange))]
pub struct Change {
    /// 0.06 is 6 % more; none where nobody left then.
    pub share: Option<f64>,
    /// The period before.
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What follows from a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalReading))]
pub struct Reading {
    pub exit_rate: Option<Rate>,
    /// Whether the whole interval of the exit rate lies above the site average.
    pub stands_out: bool,
    pub behaviours: Vec<BehaviourShare>,
    pub usual: Usual,
    /// None without an earlier row of the page on this device.
    pub change: Option<Change>,
    pub could_be_worth: CouldBeWorth,
}

impl Reading {
    /// The behaviour that stands out; without one, none.
    pub fn standing_out(&self) -> Option<(Behaviour, Rate)> {
        self.behaviours.iter().find(|one| one.stands_out).and_then(|one| Some((one.behaviour, one.rate?)))
    }
}

/// A part of a whole as a share with its interval; none of an empty whole.
pub fn rate(part: i64, whole: i64) -> Option<Rate> {
    let count = Count::new(u64::try_from(part).ok()?, u64::try_from(whole).ok()?).ok()?;
    let interval = wilson(count, LEVEL)?;
    Some(Rate { share: count.share(), low: interval.lower, high: interval.upper })
}

/// Exits a week of a period.
pub fn per_week(exits: i64, from: NaiveDate, to: NaiveDate) -> f64 {
    exits as f64 * 7.0 / days(from, to).max(1) as f64
}

/// Reads a row's counts beside what is usual. What it could be worth and how it changed are told apart from this.
pub fn reading(visits: i64, exits: i64, behaviours: Behaviours, usual: Usual) -> Reading {
    let exit_rate = rate(exits, visits);
    let mut shares: Vec<BehaviourShare> = behaviours
        .each()
        .zip(usual.behaviours())
        .map(|((behaviour, count), average)| BehaviourShare {
            behaviour,
            rate: count.and_then(|count| rate(count, exits)),
            average,
            stands_out: false,
        })
        .collect();
    let times = |one: &BehaviourShare| match (one.rate, one.average) {
        (Some(rate), Some(average)) if rate.low > average => rate.share / average.max(f64::MIN_POSITIVE),
        _ => 0.0,
    };
    let most = shares.iter().map(times).fold(0.0, f64::max);
    if let Some(first) = shares.iter_mut().find(|one| most > 0.0 && times(one) >= most) {
        first.stands_out = true;
    }
    let stands_out = exit_rate.zip(usual.average).is_some_and(|(rate, average)| rate.low > average);
    Reading { exit_rate, stands_out, behaviours: shares, usual, change: None, could_be_worth: CouldBeWorth::default() }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::signals::{Peer, SignalDraft};
    use crate::sites::{Area, AreaVisitors, Catalogue, Site, SiteCatalogue};

    /// A site with a checkout.
    pub fn catalogue() -> Catalogue {
        let site = Site {
            slug: "shop".into(),
            name: "Shop".into(),
            currency: "GBP".into(),
            time_zone: "UTC".into(),
            margin: Some(0.4),
            url: Some("https://shop.example/".into()),
            version: 1,
        };
        let area = Area { slug: "checkout".into(), name: "Checkout".into(), visitors: AreaVisitors::default() };
        Catalogue { sites: vec![SiteCatalogue { site, areas: vec![area], metrics: vec![] }], ..Catalogue::default() }
    }

    /// Four weeks of a page that half of its visits end on.
    pub fn draft() -> SignalDraft {
        SignalDraft {
            page: "Prices".into(),
            path: "/prices".into(),
            site: "shop".into(),
            area: Some("checkout".into()),
            device: Some("desktop".into()),
            from: "2026-10-23".into(),
            to: "2026-11-19".into(),
            visits: Some(10_000),
            exits: Some(4800),
            hesitation: Some(1584),
            scroll_loop: Some(1392),
            exit_intent: None,
        }
    }

    fn usual(average: f64, behaviours: [Option<f64>; 3]) -> Usual {
        let [hesitation, scroll_loop, exit_intent] = behaviours;
        Usual { pages: 8, average: Some(average), hesitation, scroll_loop, exit_intent, ..Usual::default() }
    }

    #[test]
    fn a_rate_has_wilsons_interval() {
        // By hand: (0.48 + z²/2n ± z √(0.48 · 0.52/n + z²/4n²)) / (1 + z²/n) with z = 1.959964, n = 10,000.
        let rate = rate(4800, 10_000).unwrap();
        assert!((rate.low - 0.470_218).abs() < 1e-6 && (rate.high - 0.489_798).abs() < 1e-6, "{rate:?}");
        assert_eq!(super::rate(0, 0), None);
        assert_eq!(super::rate(3, 2), None);
    }

    #[test]
    fn one_behaviour_stands_out_at_most_the_furthest_above_its_average() {
        let behaviours = Behaviours([Some(1584), Some(1392), Some(1488)]);
        for (averages, wanted) in [
            ([Some(0.24), Some(0.20), Some(0.26)], Some(Behaviour::ScrollLoop)),
            ([Some(0.10), Some(0.20), Some(0.26)], Some(Behaviour::Hesitation)),
            ([Some(0.33), Some(0.29), Some(0.31)], None),
            ([None, None, None], None),
        ] {
            let found = reading(10_000, 4800, behaviours, usual(0.4, averages));
            assert_eq!(found.standing_out().map(|(behaviour, _)| behaviour), wanted, "{averages:?}");
            assert!(found.behaviours.iter().filter(|one| one.stands_out).count() <= 1);
        }
    }

    #[test]
    fn an_exit_rate_stands_out_when_its_whole_interval_does() {
        for (average, out) in [(0.46, true), (0.475, false), (0.6, false)] {
            assert_eq!(reading(10_000, 4800, Behaviours::default(), usual(average, [None; 3])).stands_out, out, "{average}");
        }
    }

    #[test]
    fn a_page_that_nobody_leaves_has_no_shares_of_exits() {
        let found = reading(
            10,
            0,
            Behaviours([Some(0), None, None]),
            Usual::of(&[Peer { visits: 10, exits: 0, behaviours: Behaviours::default() }]),
        );
        assert!(found.behaviours.iter().all(|one| one.rate.is_none() && !one.stands_out) && found.exit_rate.is_some());
    }

    #[test]
    fn a_week_is_seven_days_however_long_the_period_is() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!((per_week(18_880, day("2026-10-23"), day("2026-11-19")) - 4720.0).abs() < 1e-9);
        assert!((per_week(10, day("2026-11-19"), day("2026-11-19")) - 70.0).abs() < 1e-9);
    }
}
