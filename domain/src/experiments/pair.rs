//! One variant against the control on one metric: every figure that statistics gives for the two. Differences are
//! treatment minus control, in the metric's unit.

use super::snapshot::Figures;
use crate::sites::Direction;
use crate::stats::sequential::{AlwaysValid, sequential_difference, sequential_relative};
use crate::stats::shrinkage::Normal;
use crate::stats::{Count, Interval, Refusal, Sample, bayes, fisher, means, proportion_intervals, proportions};

/// With fewer conversions than this in an arm, an exact test must agree.
pub const FEW: u64 = 5;

/// Control and treatment, in this order.
#[derive(Debug, Clone, Copy)]
pub enum Pair {
    Shares(Count, Count),
    /// `per_visitor` is false for a mean over something else, such as per order, given without its sums.
    Means {
        control: Sample,
        treatment: Sample,
        per_visitor: bool,
        ratio: bool,
    },
}

/// A relative change and its interval, or why there is none.
pub type Relative = Result<(f64, Interval), String>;

impl Pair {
    /// # Errors
    /// Where one side has too few numbers, with the sentence that says so.
    pub fn new(control: Figures, treatment: Figures, is_ratio: bool) -> Result<Self, String> {
        let why = |refusal: Refusal| match refusal {
            Refusal::TooFew => "There are too few visitors to compare.".to_owned(),
            other => format!("This cannot be computed: {other}."),
        };
        if let (Some(first), Some(second)) = (control.count(), treatment.count()) {
            return Ok(Pair::Shares(first.map_err(why)?, second.map_err(why)?));
        }
        let by_sums = |figures: &Figures| matches!(figures, Figures::Ratio { .. });
        Ok(Pair::Means {
            control: control.sample().map_err(why)?,
            treatment: treatment.sample().map_err(why)?,
            per_visitor: !is_ratio || (by_sums(&control) && by_sums(&treatment)),
            ratio: is_ratio,
        })
    }

    /// The value of control and treatment.
    pub fn values(&self) -> (f64, f64) {
        match self {
            Pair::Shares(control, treatment) => (control.share(), treatment.share()),
            Pair::Means { control, treatment, .. } => (control.mean(), treatment.mean()),
        }
    }

    pub fn estimate(&self) -> f64 {
        let (control, treatment) = self.values();
        treatment - control
    }

    /// The interval for one reading: Newcombe for shares, Welch for means, which on a ratio's linearised variance is
    /// the delta method.
    pub fn fixed(&self, level: f64) -> Option<Interval> {
        match *self {
            Pair::Shares(control, treatment) => proportion_intervals::newcombe(control, treatment, level),
            Pair::Means { control, treatment, .. } => means::welch_interval(control, treatment, level),
        }
    }

    pub fn method(&self) -> &'static str {
        match self {
            Pair::Shares(..) => "newcombe",
            Pair::Means { ratio: true, .. } => "delta",
            Pair::Means { .. } => "welch",
        }
    }

    /// The interval for any number of readings, narrowest near `tuning` visitors in all.
    pub fn always_valid(&self, tuning: f64, alpha: f64) -> Option<AlwaysValid> {
        let (control, treatment) = self.samples()?;
        sequential_difference(control, treatment, tuning, alpha)
    }

    /// The same for the relative change, by the delta method.
    pub fn always_valid_relative(&self, tuning: f64, alpha: f64) -> Option<AlwaysValid> {
        let (control, treatment) = self.samples()?;
        if control.mean() <= 0.0 {
            return None;
        }
        sequential_relative(control, treatment, tuning, alpha)
    }

    fn samples(&self) -> Option<(Sample, Sample)> {
        match *self {
            Pair::Shares(control, treatment) => Some((Sample::from_count(control).ok()?, Sample::from_count(treatment).ok()?)),
            Pair::Means { control, treatment, .. } => Some((control, treatment)),
        }
    }

    /// The relative change: Katz for shares, the delta method for means.
    pub fn relative(&self, level: f64, keys: (&str, &str)) -> Relative {
        let cannot = || "The relative change cannot be computed.".to_owned();
        match *self {
            Pair::Shares(control, treatment) => {
                for (count, key) in [(control, keys.0), (treatment, keys.1)] {
                    if count.successes() == 0 {
                        return Err(format!("No relative change: {key} has no conversions."));
                    }
                }
                let estimate = proportions::relative_difference(control, treatment).ok_or_else(cannot)?;
                Ok((estimate, proportion_intervals::katz_relative(control, treatment, level).ok_or_else(cannot)?))
            }
            Pair::Means { control, treatment, .. } => {
                if control.mean() <= 0.0 {
                    return Err(format!("No relative change: the value of {} is not above 0.", keys.0));
                }
                let estimate = means::relative_difference(control, treatment).ok_or_else(cannot)?;
                Ok((estimate, means::relative_interval(control, treatment, level).ok_or_else(cannot)?))
            }
        }
    }

    pub fn relative_method(&self) -> &'static str {
        if matches!(self, Pair::Shares(..)) { "katz" } else { "delta" }
    }

    /// Whether an arm has so few conversions that the exact test is asked.
    pub fn is_small(&self) -> bool {
        matches!(self, Pair::Shares(control, treatment) if control.successes().min(treatment.successes()) < FEW)
    }

    /// Two-sided: pooled z for shares, Fisher's where an arm has few conversions, Welch's t for means. None where the
    /// arms do not vary.
    pub fn p_value(&self) -> Option<f64> {
        match *self {
            Pair::Shares(control, treatment) => {
                let pooled = proportions::pooled_z(control, treatment)?;
                if self.is_small() { fisher::fisher_exact(control, treatment) } else { Some(pooled.p_value) }
            }
            Pair::Means { control, treatment, .. } => means::welch(control, treatment).map(|test| test.p_value),
        }
    }

    /// Chance that the treatment is the better one: for shares after a flat prior, for means by the normal
    /// approximation.
    pub fn chance_to_win(&self, good: Direction) -> Option<f64> {
        match *self {
            Pair::Shares(control, treatment) => {
                let (first, second) = (bayes::posterior(control, 1.0, 1.0)?, bayes::posterior(treatment, 1.0, 1.0)?);
                match good {
                    Direction::Up => bayes::chance_larger(first, second),
                    Direction::Down => bayes::chance_larger(second, first),
                }
            }
            Pair::Means { .. } => Some(self.gain(good)?.chance_positive()),
        }
    }

    /// What shipping the treatment loses on average, in the metric's unit: E max(0, control better by).
    pub fn expected_loss(&self, good: Direction) -> Option<f64> {
        match *self {
            Pair::Shares(control, treatment) => {
                let (first, second) = (bayes::posterior(control, 1.0, 1.0)?, bayes::posterior(treatment, 1.0, 1.0)?);
                match good {
                    Direction::Up => bayes::expected_loss(second, first),
                    // The larger share is the worse one: the roles of chosen and other change.
                    Direction::Down => bayes::expected_loss(first, second),
                }
            }
            Pair::Means { .. } => Some(self.gain(good)?.expected_negative_part()),
        }
    }

    /// The difference in the good direction as a normal distribution.
    fn gain(&self, good: Direction) -> Option<Normal> {
        let sign = if good == Direction::Up { 1.0 } else { -1.0 };
        Normal::new(sign * self.estimate(), self.standard_error()?)
    }

    /// Standard error of the difference, in the metric's unit.
    pub fn standard_error(&self) -> Option<f64> {
        let (control, treatment) = self.samples()?;
        Some(means::standard_error(control, treatment))
    }
}

/// The interval as seen with the good direction upwards.
pub fn towards_good(interval: Interval, good: Direction) -> Interval {
    match good {
        Direction::Up => interval,
        Direction::Down => Interval { lower: -interval.upper, upper: -interval.lower },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(control: (u64, u64), treatment: (u64, u64)) -> Pair {
        let figures = |(conversions, visitors)| Figures::Share { visitors, conversions };
        Pair::new(figures(control), figures(treatment), false).unwrap()
    }

    #[test]
    fn without_conversions_there_is_no_percentage_but_a_difference() {
        let pair = shares((0, 500), (4, 500));
        assert_eq!(pair.relative(0.95, ("A", "B")).unwrap_err(), "No relative change: A has no conversions.");
        assert!((pair.p_value().unwrap() - 0.124).abs() < 5e-4, "Fisher, not z");
        assert!((pair.chance_to_win(Direction::Up).unwrap() - 0.969).abs() < 5e-4);
        let none = shares((0, 1000), (0, 1000));
        assert_eq!((none.p_value(), none.always_valid(5000.0, 0.05)), (None, None));
        assert!(none.fixed(0.95).unwrap().contains(0.0));
    }

    #[test]
    fn loss_and_chance_follow_the_good_direction() {
        let pair = shares((120, 2400), (150, 2380));
        assert!((pair.chance_to_win(Direction::Up).unwrap() - 0.9743).abs() < 5e-5);
        assert!((pair.chance_to_win(Direction::Down).unwrap() - 0.0257).abs() < 5e-5);
        assert!((pair.expected_loss(Direction::Up).unwrap() - 0.000_065).abs() < 5e-7);
        assert!((pair.expected_loss(Direction::Down).unwrap() - 0.013_08).abs() < 5e-6);
    }

    #[test]
    fn nobody_cannot_be_compared() {
        let nobody = Figures::Share { visitors: 0, conversions: 0 };
        assert!(Pair::new(nobody, nobody, false).unwrap_err().contains("too few"));
        let one = Figures::Mean { n: 1, mean: 1.0, sd: 0.0 };
        assert!(Pair::new(one, one, false).unwrap_err().contains("too few"));
    }
}
