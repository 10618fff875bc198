//! What a page could be worth at most, and what is missing where that cannot be said.
//!
//! Up to = visits a year × (upper end of the exit rate − site average) × what a visit of the area brings, which is the
//! baseline of a conversion metric × value per conversion × margin; or revenue per visitor × margin; or margin per
//! visitor. It is a bound and no forecast: it takes the upper end of the interval, each visit as a visitor, and every one
//! that leaves beyond the site average as kept and as good as others of the area.

use super::{Rate, Usual};
use crate::impact::{Basis, Money, minor_digits};
use serde::{Deserialize, Serialize};

/// Where the inputs come from is part of them, so that a figure survives a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalValueInputs))]
#[serde(default)]
pub struct ValueInputs {
    pub currency: Option<String>,
    /// Share of the site's revenue left after the cost of goods.
    pub margin: Option<f64>,
    /// How the metric becomes money.
    pub basis: Option<Basis>,
    /// The metric's slug.
    pub metric: Option<String>,
    /// A share for a conversion, else money per visitor in whole units of the currency.
    pub baseline: Option<f64>,
    /// The newest rollout of the area that states money per visitor, else the newest test of it that states a share:
    /// `R-3`, `T-12`.
    pub baseline_from: Option<String>,
    /// Of a conversion, in whole units of the currency.
    pub value_per_conversion: Option<f64>,
    /// The newest rollout of the site that states it: `R-3`.
    pub value_from: Option<String>,
}

impl ValueInputs {
    /// What a visit brings, in whole units of the currency.
    fn each(&self) -> Option<f64> {
        match self.basis? {
            Basis::Conversion => Some(self.baseline? * self.value_per_conversion? * self.margin?),
            Basis::RevenuePerVisitor => Some(self.baseline? * self.margin?),
            Basis::MarginPerVisitor => self.baseline,
        }
    }
}

/// What is missing for the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalNeed))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Average,
    Area,
    Baseline,
    ValuePerConversion,
    Margin,
    Currency,
}

impl Need {
    pub fn name(self) -> &'static str {
        match self {
            Need::Average => "three pages to compare",
            Need::Area => "an area",
            Need::Baseline => "a baseline of its area",
            Need::ValuePerConversion => "a value per conversion",
            Need::Margin => "the site’s margin",
            Need::Currency => "a currency",
        }
    }
}

/// What a page could be worth in a year, at most.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalCouldBeWorth))]
pub struct CouldBeWorth {
    /// None where an input is missing, where the page does not stand out, or where money is not shown.
    pub up_to: Option<Money>,
    /// What is missing.
    pub needs: Vec<Need>,
    /// True where the page is left no more often than is usual at its site, so that there is nothing to win back.
    pub nothing_beyond: bool,
    /// True for those who may not see money.
    pub hidden: bool,
    /// What it is computed from; none for those who may not see money.
    pub inputs: Option<ValueInputs>,
}

impl CouldBeWorth {
    /// The same without anything that money could be computed from.
    #[must_use]
    pub fn without_money(self) -> Self {
        Self { hidden: true, ..Self::default() }
    }
}

/// The bound for a page with these visits a year.
pub fn could_be_worth(exit_rate: Option<Rate>, usual: &Usual, visits_a_year: f64, area: bool, inputs: ValueInputs) -> CouldBeWorth {
    let Some((rate, average)) = exit_rate.zip(usual.average) else {
        return CouldBeWorth { needs: missing(false, area, &inputs), inputs: Some(inputs), ..CouldBeWorth::default() };
    };
    if rate.low <= average {
        return CouldBeWorth { nothing_beyond: true, inputs: Some(inputs), ..CouldBeWorth::default() };
    }
    let amount = || {
        let (each, currency) = (inputs.each()?, inputs.currency.clone()?);
        let minor = rounded(visits_a_year * (rate.high - average) * each * 10.0_f64.powi(minor_digits(&currency)));
        Some(Money { minor, currency })
    };
    let needs = missing(true, area, &inputs);
    let up_to = if needs.is_empty() { amount() } else { None };
    CouldBeWorth { up_to, needs, inputs: Some(inputs), ..CouldBeWorth::default() }
}

fn missing(average: bool, area: bool, inputs: &ValueInputs) -> Vec<Need> {
    let conversion = inputs.basis == Some(Basis::Conversion);
    let net = inputs.basis == Some(Basis::MarginPerVisitor);
    let checks = [
        (Need::Average, average),
        (Need::Area, area),
        (Need::Baseline, !area || inputs.baseline.is_some()),
        (Need::ValuePerConversion, !conversion || inputs.value_per_conversion.is_some()),
        (Need::Margin, net || inputs.margin.is_some()),
        (Need::Currency, inputs.currency.is_some()),
    ];
    checks.into_iter().filter(|(_, there)| !there).map(|(need, _)| need).collect()
}

fn rounded(amount: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 stops at the ends of i64")]
    let whole = amount.round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::rate;

    fn known() -> ValueInputs {
        ValueInputs {
            currency: Some("GBP".into()),
            margin: Some(0.4),
            basis: Some(Basis::Conversion),
            metric: Some("conversion-rate".into()),
            baseline: Some(0.03),
            value_per_conversion: Some(60.0),
            ..ValueInputs::default()
        }
    }

    /// A site whose area nobody has tested.
    fn nothing() -> ValueInputs {
        ValueInputs { currency: Some("GBP".into()), margin: Some(0.4), ..ValueInputs::default() }
    }

    fn usual(average: Option<f64>) -> Usual {
        Usual { pages: 8, average, ..Usual::default() }
    }

    /// By hand: 520,000 visits a year × (0.4897978 − 0.40) × 3 % × 60.00 × 40 % = 33,620.29.
    #[test]
    fn the_bound_is_the_product_of_its_inputs() {
        let found = could_be_worth(rate(4800, 10_000), &usual(Some(0.4)), 520_000.0, true, known());
        let up_to = found.up_to.unwrap();
        assert!((up_to.minor - 3_362_029).abs() < 5, "{}", up_to.minor);
        assert_eq!((up_to.currency.as_str(), found.needs.len()), ("GBP", 0));
    }

    /// By hand: 520,000 × 0.0897978 × 2.50 × 40 % = 46,694.86; of margin per visitor × 1.20 = 56,033.83.
    #[test]
    fn money_per_visitor_needs_no_value_per_conversion() {
        for (basis, baseline, margin, wanted) in
            [(Basis::RevenuePerVisitor, 2.5, Some(0.4), 4_669_486_i64), (Basis::MarginPerVisitor, 1.2, None, 5_603_383)]
        {
            let inputs = ValueInputs { basis: Some(basis), baseline: Some(baseline), value_per_conversion: None, margin, ..known() };
            let found = could_be_worth(rate(4800, 10_000), &usual(Some(0.4)), 520_000.0, true, inputs);
            assert!((found.up_to.unwrap().minor - wanted).abs() < 5, "{basis:?}");
        }
    }

    #[test]
    fn a_missing_input_is_named_and_no_number_invented() {
        for (inputs, area, average, needs) in [
            (nothing(), true, Some(0.4), vec![Need::Baseline]),
            (nothing(), false, Some(0.4), vec![Need::Area]),
            (ValueInputs { value_per_conversion: None, ..known() }, true, Some(0.4), vec![Need::ValuePerConversion]),
            (ValueInputs { margin: None, currency: None, ..known() }, true, Some(0.4), vec![Need::Margin, Need::Currency]),
            (known(), true, None, vec![Need::Average]),
        ] {
            let found = could_be_worth(rate(4800, 10_000), &usual(average), 1.0, area, inputs);
            assert_eq!((found.up_to, found.needs), (None, needs));
        }
    }

    #[test]
    fn a_page_left_as_often_as_others_has_nothing_to_win_back() {
        let found = could_be_worth(rate(4800, 10_000), &usual(Some(0.48)), 1.0, true, known());
        assert!(found.nothing_beyond && found.up_to.is_none() && found.needs.is_empty());
    }

    #[test]
    fn without_money_nothing_is_left_to_compute_it_from() {
        let hidden = could_be_worth(rate(4800, 10_000), &usual(Some(0.4)), 1e6, true, known()).without_money();
        assert!(hidden.hidden && hidden.up_to.is_none() && hidden.inputs.is_none());
    }
}
