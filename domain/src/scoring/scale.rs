//! What a criterion is judged on: which answers it takes, how they are said, and when scorers are far apart.

use serde::{Deserialize, Serialize};

/// A spread of this many points or more, of ten, is a split.
const SPLIT_POINTS: f64 = 3.0;

/// The answers that a criterion takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Whole levels from 1 to 10.
    Points,
    /// One of these, the lowest first.
    Steps { values: Vec<f64>, unit: String },
    /// Any number from `least` to `most`; `unit` says of what.
    Amount { least: f64, most: f64, unit: String },
    /// 1 is yes, 0 is no.
    YesNo,
}

impl Scale {
    /// Whether one scorer may give this answer.
    pub fn takes(&self, level: f64) -> bool {
        match self {
            Scale::Points => (1.0..=10.0).contains(&level) && level.fract() == 0.0,
            Scale::Steps { values, .. } => values.contains(&level),
            Scale::Amount { least, most, .. } => (*least..=*most).contains(&level),
            Scale::YesNo => level == 0.0 || level == 1.0,
        }
    }

    /// What is to be entered for the criterion of this name, as a sentence.
    pub fn wanted(&self, name: &str) -> String {
        match self {
            Scale::Points => format!("{name} is a whole number from 1 to 10."),
            Scale::Steps { values, unit } => {
                let steps: Vec<String> = values.iter().map(|value| plain(*value)).collect();
                let (last, rest) =
                    steps.split_last().map_or((String::new(), String::new()), |(last, rest)| (last.clone(), rest.join(", ")));
                format!("{name} is one of {rest} and {last}{}.", if unit.is_empty() { String::new() } else { format!(" ({unit})") })
            }
            Scale::Amount { least, most, unit } => format!("{name} is a number from {} to {}: {unit}.", plain(*least), plain(*most)),
            Scale::YesNo => format!("“{name}” is answered by 1 for yes or 0 for no."),
        }
    }

    /// All answers one by one, the lowest first; none where any number will do.
    pub fn levels(&self) -> Vec<f64> {
        match self {
            Scale::Points => (1..=10u8).map(f64::from).collect(),
            Scale::Steps { values, .. } => values.clone(),
            Scale::Amount { .. } => Vec::new(),
            Scale::YesNo => vec![1.0, 0.0],
        }
    }

    /// Whether these scorers, sorted by their answers, are so far apart that they should talk: three points of ten, two
    /// steps, more than double the lowest amount, or a third of three or more who say otherwise than the rest.
    pub fn is_split(&self, sorted: &[f64]) -> bool {
        let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else { return false };
        match self {
            Scale::Points => high - low >= SPLIT_POINTS,
            Scale::Steps { values, .. } => values.iter().filter(|value| low < *value && *value <= high).count() >= 2,
            Scale::Amount { .. } => *high > low * 2.0,
            Scale::YesNo => {
                let yes = sorted.iter().filter(|answer| **answer > 0.5).count();
                sorted.len() >= 3 && yes.min(sorted.len() - yes) * 3 >= sorted.len()
            }
        }
    }

    /// How much of a bar from nothing to the best answer is filled, 0 to 1; none where there is no best.
    pub fn share(&self, level: f64) -> Option<f64> {
        match self {
            Scale::Points => Some(level / 10.0),
            Scale::Steps { values, .. } => values.last().filter(|most| **most > 0.0).map(|most| level / most),
            Scale::Amount { .. } => None,
            Scale::YesNo => Some(level),
        }
    }

    /// Where an answer stands between the lowest, 0, and the highest, 1; steps are equally far apart. None where the
    /// answers are no scale to draw.
    pub fn place(&self, level: f64) -> Option<f64> {
        match self {
            Scale::Points => Some((level - 1.0) / 9.0),
            Scale::Steps { values, .. } => {
                let above = values.iter().position(|value| *value >= level)?;
                let (high, low) = (values[above], values[above.saturating_sub(1)]);
                let beyond = if high > low { (level - low) / (high - low) } else { 0.0 };
                let index = if above == 0 { 0.0 } else { above as f64 - 1.0 + beyond };
                Some(index / (values.len() as f64 - 1.0))
            }
            Scale::Amount { .. } | Scale::YesNo => None,
        }
    }

    /// The answer as people say it: 7.5, 80%, yes, 1,200.
    pub fn said(&self, level: f64) -> String {
        match self {
            Scale::Steps { unit, .. } if unit == "%" => format!("{}%", plain(level)),
            Scale::YesNo if level > 0.5 => "yes".to_owned(),
            Scale::YesNo if level < 0.5 => "no".to_owned(),
            Scale::YesNo => "even".to_owned(),
            _ => plain(level),
        }
    }

    /// The same where there is little room: 12k.
    pub fn said_short(&self, level: f64) -> String {
        match self {
            Scale::Amount { .. } if level >= 1000.0 => shortened(level),
            _ => self.said(level),
        }
    }
}

/// A number with at most two decimals and no needless zero, its thousands apart: 1,200, 0.25, 7.5.
pub(super) fn plain(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}{rest}")
}

/// Thousands and millions: 1.2k, 52k, 3m.
pub(super) fn shortened(value: f64) -> String {
    if value >= 999_500.0 { format!("{}m", tenths(value / 1e6)) } else { format!("{}k", tenths(value / 1e3)) }
}

fn tenths(value: f64) -> String {
    if value >= 10.0 { format!("{value:.0}") } else { plain((value * 10.0).round() / 10.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn impact() -> Scale {
        Scale::Steps { values: vec![0.25, 0.5, 1.0, 2.0, 3.0], unit: String::new() }
    }

    fn reach() -> Scale {
        Scale::Amount { least: 0.0, most: 1e9, unit: "visitors a quarter".into() }
    }

    #[test]
    fn each_scale_takes_its_own_answers_alone() {
        let cases: [(Scale, &[f64], &[f64]); 4] = [
            (Scale::Points, &[1.0, 10.0], &[0.0, 11.0, 5.5, f64::NAN]),
            (impact(), &[0.25, 3.0], &[0.0, 0.75, 4.0, f64::NAN]),
            (reach(), &[0.0, 12.5, 1e9], &[-1.0, 2e9, f64::NAN, f64::INFINITY]),
            (Scale::YesNo, &[0.0, 1.0], &[0.5, 2.0, f64::NAN]),
        ];
        for (scale, good, bad) in cases {
            assert!(good.iter().all(|level| scale.takes(*level)), "{scale:?}");
            assert!(bad.iter().all(|level| !scale.takes(*level)), "{scale:?}");
            assert!(scale.levels().iter().all(|level| scale.takes(*level)), "{scale:?}");
        }
    }

    #[test]
    fn scorers_split_by_the_rule_of_each_scale() {
        let cases: [(Scale, &[f64], bool); 14] = [
            (Scale::Points, &[4.0, 6.0], false),
            (Scale::Points, &[4.0, 7.0], true),
            (impact(), &[1.0, 2.0], false),
            (impact(), &[0.5, 2.0], true),
            (impact(), &[0.25, 0.25, 1.0], true),
            (reach(), &[100.0, 200.0], false),
            (reach(), &[100.0, 201.0], true),
            (reach(), &[0.0, 1.0], true),
            (reach(), &[0.0, 0.0], false),
            (Scale::YesNo, &[0.0, 1.0], false),
            (Scale::YesNo, &[0.0, 1.0, 1.0], true),
            (Scale::YesNo, &[0.0, 1.0, 1.0, 1.0], false),
            (Scale::YesNo, &[0.0, 0.0, 1.0, 1.0, 1.0], true),
            (Scale::Points, &[], false),
        ];
        for (scale, given, split) in cases {
            assert_eq!(scale.is_split(given), split, "{scale:?} {given:?}");
        }
    }

    #[test]
    fn steps_stand_equally_far_apart() {
        let places: Vec<_> = [0.25, 0.5, 0.75, 1.0, 3.0].iter().map(|level| impact().place(*level)).collect();
        assert_eq!(places, [Some(0.0), Some(0.25), Some(0.375), Some(0.5), Some(1.0)]);
        assert_eq!((Scale::Points.place(1.0), Scale::Points.place(10.0), reach().place(5.0)), (Some(0.0), Some(1.0), None));
    }

    #[test]
    fn answers_are_said_as_people_say_them() {
        let percent = Scale::Steps { values: vec![50.0, 80.0, 100.0], unit: "%".into() };
        for (scale, level, long, short) in [
            (Scale::Points, 7.5, "7.5", "7.5"),
            (impact(), 0.25, "0.25", "0.25"),
            (percent.clone(), 80.0, "80%", "80%"),
            (reach(), 1_234.0, "1,234", "1.2k"),
            (reach(), 52_000.0, "52,000", "52k"),
            (reach(), 999_700.0, "999,700", "1m"),
            (Scale::YesNo, 1.0, "yes", "yes"),
            (Scale::YesNo, 0.5, "even", "even"),
        ] {
            assert_eq!((scale.said(level), scale.said_short(level)), (long.to_owned(), short.to_owned()));
        }
        assert_eq!(percent.wanted("Confidence"), "Confidence is one of 50, 80 and 100 (%).");
        assert_eq!(reach().wanted("Reach"), "Reach is a number from 0 to 1,000,000,000: visitors a quarter.");
    }
}
