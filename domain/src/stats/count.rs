//! Successes out of trials.

use super::refusal::Refusal;

/// A number of successes among a positive number of trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    successes: u64,
    trials: u64,
}

impl Count {
    /// # Errors
    /// Without trials, or with more successes than trials.
    pub fn new(successes: u64, trials: u64) -> Result<Self, Refusal> {
        if trials == 0 {
            return Err(Refusal::TooFew);
        }
        if successes > trials {
            return Err(Refusal::MoreSuccessesThanTrials);
        }
        Ok(Self { successes, trials })
    }

    #[must_use]
    pub fn successes(&self) -> u64 {
        self.successes
    }

    #[must_use]
    pub fn failures(&self) -> u64 {
        self.trials - self.successes
    }

    #[must_use]
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Successes per trial, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.x() / self.n()
    }

    /// p (1 - p), the variance of one trial.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.share() * (self.failures() as f64 / self.n())
    }

    pub(super) fn x(&self) -> f64 {
        self.successes as f64
    }

    pub(super) fn n(&self) -> f64 {
        self.trials as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_counts_are_refused_with_a_reason() {
        assert_eq!(Count::new(0, 0), Err(Refusal::TooFew));
        assert_eq!(Count::new(3, 2), Err(Refusal::MoreSuccessesThanTrials));
        assert!(Count::new(2, 2).is_ok());
    }
}
