//! What shipped changes are worth. Knows rollouts and the formula of their value; which tests there are and who may
//! see money it does not know.

mod draft;
mod shrink;
mod summary;
mod value;

pub use draft::{Content, CostDraft, LiftDraft, RolloutDraft};
pub use shrink::{FEWEST_TESTS, Finished, USUAL_SPREAD, prior, shrunken};
pub use summary::{Impact, OutcomeCounts, Total, Valued, WinRate, totals, win_rate};
pub use value::{Basis, Input, Range, USUAL_KEPT, Worth, YEAR, basis, month_value, year_value};

use crate::sites::Device;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// An amount in the smallest unit of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Pence, cents; yen themselves.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// How many digits the smallest unit of a currency has behind the point (ISO 4217, table A.1).
pub fn minor_digits(currency: &str) -> i32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF"
        | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// A relative change with its interval: 0.05 is +5 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lift {
    pub estimate: f64,
    pub low: f64,
    pub high: f64,
    /// Of the interval: 0.95.
    pub level: f64,
}

/// What the value of a rollout is computed from; what is not known is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RolloutInputs))]
#[serde(default)]
pub struct Inputs {
    /// How the metric becomes money; none where it does not.
    pub basis: Option<Basis>,
    pub metric: Option<String>,
    /// Visitors a month on the shipped devices.
    pub visitors: Option<i64>,
    /// Share of them who get the change.
    pub share: f64,
    /// A share for a conversion, else money per visitor in whole units of the currency.
    pub baseline: Option<f64>,
    pub lift: Option<Lift>,
    /// Whole units of the currency.
    pub value_per_conversion: Option<f64>,
    /// Share of the revenue that is returned.
    pub returns: Option<f64>,
    /// Share of the revenue left after the cost of goods.
    pub margin: Option<f64>,
    /// Share of the effect left after twelve months.
    pub kept: f64,
    /// The lift measured again after shipping.
    pub verified: Option<Lift>,
}

/// What a change cost.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Cost {
    pub days: f64,
    /// A day's rate in the currency's smallest unit.
    pub day_rate_minor: i64,
    pub other_minor: i64,
}

impl Cost {
    /// In the currency's smallest unit.
    pub fn minor(&self) -> i64 {
        value::rounded(self.days * self.day_rate_minor as f64).saturating_add(self.other_minor)
    }
}

/// A shipped change as everybody reads it; money is none for those who may not see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rollout {
    /// `R-2`.
    pub number: String,
    pub title: String,
    /// `H-12`.
    pub hypothesis: Option<String>,
    /// `T-3`; none for a change that was shipped without a test.
    pub test: Option<String>,
    pub site: Option<String>,
    pub area: Option<String>,
    pub variant: Option<String>,
    /// Empty means all.
    pub devices: Vec<Device>,
    pub shipped_on: NaiveDate,
    /// Why it was shipped without a test.
    pub reason: Option<String>,
    /// An in-session activation, which is summed apart.
    pub activation: bool,
    pub currency: Option<String>,
    pub inputs: Inputs,
    /// All costs together.
    pub cost: Option<Money>,
    pub cost_parts: Option<Cost>,
    /// What the test said, for a year.
    pub measured: Option<Worth>,
    /// The same, shrunk for the winner's curse: the headline.
    pub adjusted: Option<Worth>,
    /// As measured again after shipping.
    pub verified: Option<Worth>,
    /// Which inputs are missing; then the value is unknown, never 0.
    pub unknown: Vec<Input>,
    pub money_hidden: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Rollout {
    /// The same without anything that money could be computed from.
    #[must_use]
    pub fn without_money(mut self) -> Self {
        self.inputs.value_per_conversion = None;
        self.inputs.margin = None;
        if self.inputs.basis != Some(Basis::Conversion) {
            self.inputs.baseline = None;
        }
        (self.cost, self.cost_parts) = (None, None);
        (self.measured, self.adjusted, self.verified) = (None, None, None);
        self.unknown.clear();
        self.money_hidden = true;
        self
    }
}
