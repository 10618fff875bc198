//! The value of a rollout: the formula of the product, month by month, and its 80 % range.
//!
//! Value of month t = visitors × share × baseline × lift × value per conversion × (1 − returns) × margin ×
//! k^((t − 1/2)/12), t = 1 .. 12. For revenue per visitor the value per conversion is 1; for margin per visitor value
//! and margin are 1 and returns 0.
//!
//! The range: everything but the lift is taken as known, so the value is the lift times a constant. The lift is taken
//! as normal with the standard error of its interval, s = (high − low) / (2 z), z the normal quantile of the interval's
//! level (1.96 for 95 %), around its estimate; the central 80 % of that is estimate ± 1.2816 s (the normal
//! approximation of Wald, as for the shrunken values of `stats::shrinkage`). A sum of independent rollouts is normal
//! with the sum of their variances.

use super::{Inputs, Lift, Money, minor_digits};
use crate::sites::{Metric, MetricKind, Unit};
use crate::stats::shrinkage::Normal;
use serde::{Deserialize, Serialize};

/// Each win counts this many months.
pub const YEAR: u32 = 12;
/// Share of an effect left after twelve months where nobody has said.
pub const USUAL_KEPT: f64 = 0.80;
/// The level of every range of money.
pub const RANGE_LEVEL: f64 = 0.80;

/// How a metric becomes money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RolloutBasis))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Conversion,
    RevenuePerVisitor,
    MarginPerVisitor,
}

/// The basis of a metric; none where money does not follow from it.
pub fn basis(metric: &Metric) -> Option<Basis> {
    match (metric.slug.as_str(), metric.kind, metric.unit) {
        ("revenue-per-visitor", MetricKind::Mean, Unit::Money) => Some(Basis::RevenuePerVisitor),
        ("margin-per-visitor", MetricKind::Mean, Unit::Money) => Some(Basis::MarginPerVisitor),
        (_, MetricKind::Proportion, _) if metric.family == crate::sites::Family::Conversion => Some(Basis::Conversion),
        _ => None,
    }
}

/// A number that a value needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RolloutInput))]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A test that measured the lift.
    Lift,
    /// A metric that money follows from.
    MoneyMetric,
    Visitors,
    Baseline,
    ValuePerConversion,
    Returns,
    Margin,
    Currency,
}

impl Input {
    pub fn name(self) -> &'static str {
        match self {
            Input::Lift => "a measured lift",
            Input::MoneyMetric => "a metric that money follows from",
            Input::Visitors => "visitors a month",
            Input::Baseline => "the baseline",
            Input::ValuePerConversion => "the value per conversion",
            Input::Returns => "the share that is returned",
            Input::Margin => "the margin",
            Input::Currency => "the currency",
        }
    }
}

/// An amount with its 80 % range, in the currency's smallest unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub low: i64,
    pub mid: i64,
    pub high: i64,
}

/// What a change is worth in a year, with its 80 % range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Worth {
    pub low: Money,
    pub mid: Money,
    pub high: Money,
    /// Of the range: 0.8.
    pub level: f64,
}

impl Worth {
    pub fn new(range: Range, currency: &str) -> Self {
        let money = |minor| Money { minor, currency: currency.to_owned() };
        Self { low: money(range.low), mid: money(range.mid), high: money(range.high), level: RANGE_LEVEL }
    }
}

impl Inputs {
    /// What is missing, in the order in which people would look for it.
    pub fn missing(&self) -> Vec<Input> {
        let conversion = self.basis == Some(Basis::Conversion);
        let net = self.basis == Some(Basis::MarginPerVisitor);
        let checks = [
            (Input::Lift, self.lift.is_some()),
            (Input::MoneyMetric, self.basis.is_some()),
            (Input::Visitors, self.visitors.is_some()),
            (Input::Baseline, self.baseline.is_some()),
            (Input::ValuePerConversion, !conversion || self.value_per_conversion.is_some()),
            (Input::Returns, net || self.returns.is_some()),
            (Input::Margin, net || self.margin.is_some()),
        ];
        checks.into_iter().filter(|(_, there)| !there).map(|(input, _)| input).collect()
    }

    /// What a lift of 1 would bring in a month, before fading, in whole units of the currency; none where an input but
    /// the lift is missing.
    fn per_lift(&self) -> Option<f64> {
        let visitors = self.visitors? as f64 * self.share * self.baseline?;
        let worth = match self.basis? {
            Basis::Conversion => self.value_per_conversion? * (1.0 - self.returns?) * self.margin?,
            Basis::RevenuePerVisitor => (1.0 - self.returns?) * self.margin?,
            Basis::MarginPerVisitor => 1.0,
        };
        Some(visitors * worth)
    }
}

/// What is left of an effect in month t = 1, 2 …: k^((t − 1/2)/12).
fn left(kept: f64, month: u32) -> f64 {
    kept.powf((f64::from(month) - 0.5) / 12.0)
}

/// The value of month t = 1, 2 … for a lift, in whole units of the currency, not rounded.
pub fn month_value(inputs: &Inputs, lift: f64, month: u32) -> Option<f64> {
    Some(inputs.per_lift()? * lift * left(inputs.kept, month))
}

/// The value of twelve months as a normal distribution, in whole units of the currency: its mean and, for a lift
/// without an interval of any width, a deviation of 0.
pub(super) fn year_distribution(inputs: &Inputs, lift: &Lift) -> Option<(f64, f64)> {
    let factor = inputs.per_lift()? * (1..=YEAR).map(|month| left(inputs.kept, month)).sum::<f64>();
    Some((factor * lift.estimate, factor.abs() * standard_error(lift)?))
}

/// The standard error that an interval of this level stands for.
pub fn standard_error(lift: &Lift) -> Option<f64> {
    let z = Normal::new(0.0, 1.0)?.credible(lift.level)?.upper;
    Some((lift.high - lift.low) / (2.0 * z)).filter(|error| error.is_finite() && *error >= 0.0)
}

/// The 80 % range around a mean, in the currency's smallest unit. Rounded here and nowhere before.
pub(super) fn range(mean: f64, deviation: f64, currency: &str) -> Range {
    let unit = 10.0_f64.powi(minor_digits(currency));
    let half = Normal::new(0.0, deviation).and_then(|normal| normal.credible(RANGE_LEVEL)).map_or(0.0, |interval| interval.upper);
    Range { low: rounded((mean - half) * unit), mid: rounded(mean * unit), high: rounded((mean + half) * unit) }
}

/// The value of twelve months with its 80 % range; none where an input is missing.
pub fn year_value(inputs: &Inputs, lift: &Lift, currency: &str) -> Option<Range> {
    let (mean, deviation) = year_distribution(inputs, lift)?;
    Some(range(mean, deviation, currency))
}

/// Half away from zero; amounts beyond what an i64 holds stop there.
pub(super) fn rounded(amount: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 stops at the ends of i64")]
    let whole = amount.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lift(estimate: f64, low: f64, high: f64) -> Lift {
        Lift { estimate, low, high, level: 0.95 }
    }

    fn conversion() -> Inputs {
        Inputs {
            basis: Some(Basis::Conversion),
            visitors: Some(200_000),
            share: 1.0,
            baseline: Some(0.03),
            lift: Some(lift(0.05, 0.01, 0.09)),
            value_per_conversion: Some(60.0),
            returns: Some(0.1),
            margin: Some(0.4),
            kept: 0.8,
            ..Inputs::default()
        }
    }

    /// By hand: 200,000 × 3 % = 6,000 orders; 5 % of them are 300 more; × 60.00 = 18,000.00; less 10 % returned
    /// 16,200.00; × 40 % margin = 6,480.00 a month before fading.
    /// Month 1 keeps 0.8^(1/24) = 0.990745: 6,420.03. The twelve months keep 10.755253 months' worth together
    /// (0.8^(1/24) + 0.8^(3/24) + … + 0.8^(23/24)): 6,480.00 × 10.755253 = 69,694.04.
    /// The interval of 8 points is 2 × 1.959964 errors wide, so s = 0.0204085; 80 % of the lift lies within 0.05 ±
    /// 1.281552 × 0.0204085 = 0.0238454 .. 0.0761546, and 69,694.04 / 0.05 times those is 33,237.65 .. 106,150.43.
    #[test]
    fn a_conversion_to_the_penny() {
        let inputs = conversion();
        assert!((month_value(&inputs, 0.05, 1).unwrap() - 6420.03).abs() < 0.005);
        let year = year_value(&inputs, &inputs.lift.unwrap(), "GBP").unwrap();
        assert_eq!(year, Range { low: 3_323_765, mid: 6_969_404, high: 10_615_043 });
    }

    /// By hand: 200,000 × 2.50 = 500,000.00 of revenue a month; 3 % of it 15,000.00; less 12 % returned 13,200.00;
    /// × 40 % margin = 5,280.00 a month, 63,360.00 a year before fading; × 10.755253 / 12 = 56,787.74.
    #[test]
    fn revenue_per_visitor_to_the_penny() {
        let revenue = Inputs {
            basis: Some(Basis::RevenuePerVisitor),
            baseline: Some(2.5),
            returns: Some(0.12),
            // Not used: revenue holds the value of its orders already.
            value_per_conversion: Some(999.0),
            ..conversion()
        };
        assert_eq!(year_value(&revenue, &lift(0.03, 0.03, 0.03), "GBP"), Some(Range { low: 5_678_774, mid: 5_678_774, high: 5_678_774 }));
        let lasting = Inputs { kept: 1.0, ..revenue.clone() };
        assert_eq!(year_value(&lasting, &lift(0.03, 0.01, 0.05), "GBP").unwrap().mid, 6_336_000);
        // The measured 95 % interval carried through: 1 % and 9 % of the same.
        let carried = [0.01, 0.09].map(|size| year_value(&revenue, &lift(size, size, size), "GBP").unwrap().mid);
        assert_eq!(carried, [1_892_925, 17_036_321]);
        let net = Inputs { basis: Some(Basis::MarginPerVisitor), returns: None, margin: None, kept: 1.0, ..revenue };
        assert_eq!(year_value(&net, &lift(0.03, 0.01, 0.05), "GBP").unwrap().mid, 18_000_000, "500,000.00 × 3 % × 12");
    }

    /// Without a margin nobody knows what of 18,000.00 is left: unknown, not 0.
    #[test]
    fn a_missing_input_is_named_and_the_value_unknown() {
        let inputs = Inputs { margin: None, ..conversion() };
        assert_eq!(year_value(&inputs, &inputs.lift.unwrap(), "GBP"), None);
        assert_eq!(inputs.missing(), [Input::Margin]);
        assert_eq!(Inputs::default().missing().len(), 6);
        assert_eq!(Inputs { basis: Some(Basis::RevenuePerVisitor), value_per_conversion: None, ..conversion() }.missing(), []);
    }

    #[test]
    fn currencies_round_to_their_own_smallest_unit() {
        let inputs = conversion();
        let mid = |currency| year_value(&inputs, &inputs.lift.unwrap(), currency).unwrap().mid;
        assert_eq!([mid("JPY"), mid("EUR"), mid("KWD")], [69_694, 6_969_404, 69_694_042]);
    }
}
