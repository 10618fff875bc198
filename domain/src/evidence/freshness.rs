//! How evidence fades: by half every half-life of its class.

use super::{Class, Weights};
use chrono::{Days, NaiveDate};
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
    /// Of an item of this class observed on this day. A day after today counts as today: a site may be a day ahead.
    pub fn of(class: Class, observed: NaiveDate, today: NaiveDate, weights: &Weights) -> Self {
        let value = remaining((today - observed).num_days(), weights.half_life_days(class));
        let word = match value {
            _ if value < STALE => FreshnessWord::Stale,
            _ if value < AGEING => FreshnessWord::Ageing,
            _ => FreshnessWord::Fresh,
        };
        Self { value, word }
    }
}

/// The first and the last day on which an item of this class must have been observed to be called so today; none
/// where there is no bound. What lists are filtered by.
pub fn observed_between(class: Class, word: FreshnessWord, today: NaiveDate, weights: &Weights) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let newest = |limit| today.checked_sub_days(Days::new(first_age_below(limit, weights.half_life_days(class))));
    let after = |day: Option<NaiveDate>| day.and_then(|day| day.succ_opt());
    match word {
        FreshnessWord::Fresh => (after(newest(AGEING)), None),
        FreshnessWord::Ageing => (after(newest(STALE)), newest(AGEING)),
        FreshnessWord::Stale => (None, newest(STALE)),
    }
}

fn remaining(age_days: i64, half_life_days: u32) -> f64 {
    0.5_f64.powf(age_days.max(0) as f64 / f64::from(half_life_days.max(1)))
}

/// The first age in days at which less than `limit` is left: the estimate's neighbourhood is tried out with the very
/// function that decides the word, so that filter and word never differ.
fn first_age_below(limit: f64, half_life_days: u32) -> u64 {
    let estimate = f64::from(half_life_days) * -limit.log2();
    #[expect(clippy::cast_possible_truncation, reason = "a few half-lives of at most a century")]
    let start = (estimate.floor() as i64 - 1).max(0);
    let age = (start..start + 5).find(|age| remaining(*age, half_life_days) < limit).unwrap_or(start + 5);
    age.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + Days::new(n)
    }

    #[test]
    fn half_is_left_after_a_half_life() {
        let weights = Weights::default();
        for class in Class::ALL {
            let fresh = Freshness::of(class, day(0), day(u64::from(weights.half_life_days(class))), &weights);
            assert!((fresh.value - 0.5).abs() < 1e-12);
            assert_eq!(fresh.word, FreshnessWord::Ageing);
        }
        assert_eq!(Freshness::of(Class::Test, day(1), day(0), &weights), Freshness { value: 1.0, word: FreshnessWord::Fresh });
    }

    #[test]
    fn the_days_of_a_word_are_the_days_that_have_it() {
        let weights = Weights::default();
        let today = day(3000);
        for class in Class::ALL {
            for ago in 0..2000 {
                let observed = today - Days::new(ago);
                let word = Freshness::of(class, observed, today, &weights).word;
                let holds = FreshnessWord::ALL.map(|word| {
                    let (from, to) = observed_between(class, word, today, &weights);
                    from.is_none_or(|from| from <= observed) && to.is_none_or(|to| observed <= to)
                });
                assert_eq!(holds, FreshnessWord::ALL.map(|one| one == word), "{class:?} {ago}");
            }
        }
    }
}
