//! How evidence fades: by half every half-life of its class.

use super::{Class, Weights};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Below this share an item is ageing.
const AGEING: f64 = 0.6;
/// Below this share it is stale.
const STALE: f64 = 0.3;

/// Freshness in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FreshnessWord {
    Fresh,
    Ageing,
    Stale,
}

impl FreshnessWord {
    pub const ALL: [FreshnessWord; 3] = [FreshnessWord::Fresh, FreshnessWord::Ageing, FreshnessWord::Stale];

    pub fn slug(self) -> &'static str {
        match self {
            FreshnessWord::Fresh => "fresh",
            FreshnessWord::Ageing => "ageing",
            FreshnessWord::Stale => "stale",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            FreshnessWord::Fresh => "Fresh",
            FreshnessWord::Ageing => "Ageing",
            FreshnessWord::Stale => "Stale",
        }
    }

    pub fn from_slug(slug: &str) -> Option<FreshnessWord> {
        FreshnessWord::ALL.into_iter().find(|word| word.slug() == slug)
    }
}

/// f: the share of its weight that an item still has.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Freshness {
    /// 1.0 on the day itself, 0.5 after a half-life.
    pub value: f64,
    pub word: FreshnessWord,
}

impl Freshness {
    /// Of an item of this class observed on this day, halved once more if its site was changed since. A day after
    /// today counts as today: a site may be a day ahead.
    pub fn of(class: Class, observed: NaiveDate, halved: bool, today: NaiveDate, weights: &Weights) -> Self {
        let value = remaining((today - observed).num_days(), weights.half_life_days(class), halved);
        let word = match value {
            _ if value < STALE => FreshnessWord::Stale,
            _ if value < AGEING => FreshnessWord::Ageing,
            _ => FreshnessWord::Fresh,
        };
        Self { value, word }
    }
}

/// The first and the last day on which a range begins and ends; none where there is no bound.
pub type Days = (Option<NaiveDate>, Option<NaiveDate>);

/// The days on which an item of this class, halved or not, must have been observed to be called so today; none when no
/// day is one. What lists are filtered by.
pub fn observed_between(class: Class, word: FreshnessWord, halved: bool, today: NaiveDate, weights: &Weights) -> Option<Days> {
    let below = |limit| last_day_below(limit, weights.half_life_days(class), halved, today);
    let after = |below: Below| match below {
        Below::Until(day) => Some(day.succ_opt()),
        Below::Always => None,
    };
    let until = |below: Below| match below {
        Below::Until(day) => Some(day),
        Below::Always => None,
    };
    match word {
        FreshnessWord::Fresh => Some((after(below(AGEING))?, None)),
        FreshnessWord::Ageing => Some((after(below(STALE))?, until(below(AGEING)))),
        FreshnessWord::Stale => Some((None, until(below(STALE)))),
    }
}

fn remaining(age_days: i64, half_life_days: u32, halved: bool) -> f64 {
    let half = if halved { 0.5 } else { 1.0 };
    half * 0.5_f64.powf(age_days.max(0) as f64 / f64::from(half_life_days.max(1)))
}

/// On which days an item must have been observed to have less than a share left.
#[derive(Clone, Copy)]
enum Below {
    Until(NaiveDate),
    /// Even what was observed today has less.
    Always,
}

/// The estimate's neighbourhood is tried out with the very function that decides the word, so that filter and word
/// never differ.
fn last_day_below(limit: f64, half_life_days: u32, halved: bool, today: NaiveDate) -> Below {
    let left = |age| remaining(age, half_life_days, halved);
    if left(0) < limit {
        return Below::Always;
    }
    let estimate = f64::from(half_life_days) * (left(0) / limit).log2();
    #[expect(clippy::cast_possible_truncation, reason = "a few half-lives of at most a century")]
    let start = (estimate.floor() as i64 - 1).max(0);
    let age = (start..start + 5).find(|age| left(*age) < limit).unwrap_or(start + 5);
    Below::Until(today.checked_sub_days(chrono::Days::new(age.unsigned_abs())).unwrap_or(NaiveDate::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Days::new(n)
    }

    #[test]
    fn half_is_left_after_a_half_life_and_half_of_that_after_a_site_change() {
        let weights = Weights::default();
        for class in Class::ALL {
            let then = day(u64::from(weights.half_life_days(class)));
            let fresh = Freshness::of(class, day(0), false, then, &weights);
            assert!((fresh.value - 0.5).abs() < 1e-12);
            assert_eq!(fresh.word, FreshnessWord::Ageing);
            let halved = Freshness::of(class, day(0), true, then, &weights);
            assert!((halved.value - 0.25).abs() < 1e-12);
            assert_eq!(halved.word, FreshnessWord::Stale);
        }
        let ahead = Freshness::of(Class::Test, day(1), false, day(0), &weights);
        assert_eq!(ahead, Freshness { value: 1.0, word: FreshnessWord::Fresh });
        assert_eq!(Freshness::of(Class::Test, day(0), true, day(0), &weights).word, FreshnessWord::Ageing, "what is halved is not fresh");
    }

    #[test]
    fn the_days_of_a_word_are_the_days_that_have_it() {
        let mut weights = Weights::default();
        weights.opinion.half_life_days = 1;
        let today = day(3000);
        for (class, halved) in Class::ALL.into_iter().flat_map(|class| [(class, false), (class, true)]) {
            for ago in -1..2000 {
                let observed = today - chrono::Duration::days(ago);
                let word = Freshness::of(class, observed, halved, today, &weights).word;
                let holds = FreshnessWord::ALL.map(|word| {
                    observed_between(class, word, halved, today, &weights)
                        .is_some_and(|(from, to)| from.is_none_or(|from| from <= observed) && to.is_none_or(|to| observed <= to))
                });
                assert_eq!(holds, FreshnessWord::ALL.map(|one| one == word), "{class:?} {halved} {ago}");
            }
        }
    }
}
