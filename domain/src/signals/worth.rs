//! What a page could be worth at most, and what is missing where that cannot be said.
//!
//! Up to = visits a year × (upper end of the exit rate − site average) × baseline of the area's conversion metric × value
//! per conversion × margin. It is a bound and no forecast: it takes the upper end of the interval, and every visit that
//! leaves beyond the site average as kept and as likely to convert as others of the area.

use super::{Rate, Usual};
use crate::impact::{Money, minor_digits};
use serde::{Deserialize, Serialize};

/// Where the inputs come from is part of them, so that a figure survives a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalValueInputs))]
#[serde(default)]
pub struct ValueInputs {
    pub currency: Option<String>,
    /// Share of the site's revenue left after the cost of goods.
    pub margin: Option<f64>,
    /// The conversion metric's slug.
    pub metric: Option<String>,
    pub baseline: Option<f64>,
    /// The newest test of the area that states it: `T-12`.
    pub baseline_from: Option<String>,
    /// In whole units of the currency.
    pub value_per_conversion: Option<f64>,
    /// The newest rollout of the site that states it: `R-3`.
    pub value_from: Option<String>,
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
            Need::Average => "at least three pages of this device and period",
            Need::Area => "the page’s area",
            Need::Baseline => "a test in its area that states the baseline of a conversion metric",
            Need::ValuePerConversion => "a rollout of the site that states the value per conversion",
            Need::Margin => "the site’s margin",
            Need::Currency => "the site’s currency",
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
        let each = inputs.baseline? * inputs.value_per_conversion? * inputs.margin?;
        let currency = inputs.currency.clone()?;
        let minor = rounded(visits_a_year * (rate.high - average) * each * 10.0_f64.powi(minor_digits(&currency)));
        Some(Money { minor, currency })
    };
    let needs = missing(true, area, &inputs);
    let up_to = if needs.is_empty() { amount() } else { None };
    CouldBeWorth { up_to, needs, inputs: Some(inputs), ..CouldBeWorth::default() }
}

fn missing(average: bool, area: bool, inputs: &ValueInputs) -> Vec<Need> {
    let checks = [
        (Need::Average, average),
        (Need::Area, area),
        (Need::Baseline, !area || inputs.baseline.is_some()),
        // Which value is meant hangs on the metric that the baseline is of.
        (Need::ValuePerConversion, inputs.baseline.is_none() || inputs.value_per_conversion.is_some()),
        (Need::Margin, inputs.margin.is_some()),
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
            metric: Some("conversion-rate".into()),
            baseline: Some(0.03),
            value_per_conversion: Some(60.0),
            ..ValueInputs::default()
        }
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

    #[test]
    fn a_missing_input_is_named_and_no_number_invented() {
        for (inputs, area, average, needs) in [
            (ValueInputs { baseline: None, ..known() }, true, Some(0.4), vec![Need::Baseline]),
            (ValueInputs { baseline: None, ..known() }, false, Some(0.4), vec![Need::Area]),
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
