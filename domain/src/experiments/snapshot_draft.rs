//! Results as they arrive, and what is wrong with them, row by row.

use super::snapshot::{Figures, Row, Segment, Snapshot};
use super::{Plan, words};
use crate::errors::FieldErrors;
use crate::sites::{Device, Metric, MetricKind};
use crate::stats::Refusal;
use crate::text;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A device as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SegmentDraft {
    pub device: Option<String>,
}

/// A row as it arrives; numbers are read leniently so that each wrong one gets its own sentence.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct RowDraft {
    pub variant: String,
    pub metric: String,
    pub segment: Option<SegmentDraft>,
    pub visitors: Option<f64>,
    pub conversions: Option<f64>,
    pub n: Option<f64>,
    pub mean: Option<f64>,
    pub sd: Option<f64>,
    pub sum: Option<f64>,
    pub sum_squares: Option<f64>,
    pub denominator_sum: Option<f64>,
    pub denominator_sum_squares: Option<f64>,
    pub sum_products: Option<f64>,
}

/// Results as they arrive.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SnapshotDraft {
    pub as_of: String,
    pub rows: Vec<RowDraft>,
    pub no_device_reason: Option<String>,
    pub device_gap_reason: Option<String>,
}

/// What results are checked against.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub plan: &'a Plan,
    /// The site's metrics.
    pub metrics: &'a [Metric],
    pub started_on: Option<NaiveDate>,
    pub now: DateTime<Utc>,
}

/// A count of more than this is a slip, not a site.
const MOST_UNITS: f64 = 1e11;
/// The most rows of one upload: ten variants, dozens of metrics, all devices.
const MOST_ROWS: usize = 5000;
/// Devices and all visitors may differ by this much without a reason.
const DEVICE_GAP: f64 = 0.01;

impl SnapshotDraft {
    pub fn check(&self, frame: Frame) -> Result<Snapshot, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let as_of = self.check_time(errors, frame);
        let reason =
            |errors: &mut FieldErrors, field: &str, raw: &Option<String>| text::optional_text(errors, field, "The reason", raw.as_deref());
        let no_device_reason = reason(errors, "no_device_reason", &self.no_device_reason);
        let device_gap_reason = reason(errors, "device_gap_reason", &self.device_gap_reason);
        errors.require(!self.rows.is_empty(), "rows", "There are no rows.");
        errors.require(self.rows.len() <= MOST_ROWS, "rows", format!("At most {MOST_ROWS} rows at once."));
        let mut rows = Vec::<Row>::new();
        for (index, draft) in self.rows.iter().take(MOST_ROWS).enumerate() {
            let Some(row) = draft.check(errors, index, frame) else { continue };
            let twin = rows.iter().any(|one| one.variant == row.variant && one.metric == row.metric && one.segment == row.segment);
            errors.require(!twin, &format!("rows.{index}"), "This row is there twice: the same variant, metric and device.");
            rows.push(row);
        }
        let snapshot = Snapshot { as_of, rows, no_device_reason, device_gap_reason };
        if errors.is_empty() {
            snapshot.check_whole(errors, frame);
        }
        std::mem::take(errors).into_result(snapshot)
    }

    fn check_time(&self, errors: &mut FieldErrors, frame: Frame) -> DateTime<Utc> {
        let raw = self.as_of.trim();
        let day = || raw.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0)).map(|at| at.and_utc());
        let Some(at) = raw.parse::<DateTime<Utc>>().ok().or_else(day) else {
            errors.add("as_of", "Say when these totals were read: a time such as 2026-11-20T09:00:00Z.");
            return frame.now;
        };
        errors.require(at <= frame.now, "as_of", "This time lies in the future.");
        let begun = frame.started_on.is_none_or(|day| at.date_naive() >= day);
        errors.require(begun, "as_of", "This time lies before the start of the test.");
        at
    }
}

impl RowDraft {
    fn check(&self, errors: &mut FieldErrors, index: usize, frame: Frame) -> Option<Row> {
        let before = errors.0.len();
        let field = |name: &str| format!("rows.{index}.{name}");
        let key = self.variant.trim();
        let variant = frame
            .plan
            .variants
            .iter()
            .find(|one| one.key == key)
            .or_else(|| frame.plan.variants.iter().find(|one| one.key.eq_ignore_ascii_case(key)));
        errors.require(variant.is_some(), &field("variant"), format!("The test has no variant “{}”.", text::one_line(key)));
        let wanted = self.metric.trim();
        let metric = frame.metrics.iter().find(|one| one.slug == wanted || one.name.eq_ignore_ascii_case(wanted));
        errors.require(metric.is_some(), &field("metric"), format!("There is no metric “{}” on this site.", text::one_line(wanted)));
        let device = self.segment.as_ref().and_then(|segment| segment.device.as_deref()).map(str::trim).filter(|slug| !slug.is_empty());
        let known = device.and_then(|slug| Device::from_slug(&slug.to_lowercase()));
        let unknown = format!("“{}” is not a device. Use desktop, mobile or tablet.", text::one_line(device.unwrap_or_default()));
        errors.require(device.is_none() || known.is_some(), &field("segment.device"), unknown);
        let figures = metric.and_then(|metric| self.check_figures(errors, &field, metric));
        let (variant, metric, figures) = (variant?, metric?, figures?);
        let segment = known.map(|device| Segment { device });
        (errors.0.len() == before).then(|| Row { variant: variant.key.clone(), metric: metric.slug.clone(), segment, figures })
    }

    fn check_figures(&self, errors: &mut FieldErrors, field: &dyn Fn(&str) -> String, metric: &Metric) -> Option<Figures> {
        if metric.kind == MetricKind::Proportion {
            let visitors = whole(errors, &field("visitors"), self.visitors);
            let conversions = whole(errors, &field("conversions"), self.conversions);
            let (visitors, conversions) = (visitors?, conversions?);
            let message = format!("{} conversions are more than {} visitors.", words::grouped(conversions), words::grouped(visitors));
            errors.require(conversions <= visitors, &field("conversions"), message);
            return Some(Figures::Share { visitors, conversions });
        }
        let n = whole(errors, &field("n"), self.n.or(self.visitors))?;
        let mut number = |name: &str, value: Option<f64>| {
            let found = value.filter(|value| value.is_finite() && value.abs() <= 1e18);
            errors.require(found.is_some(), &field(name), "A number is missing here, or it is too large.");
            found
        };
        let figures = if self.sum.is_some() && metric.kind == MetricKind::Ratio {
            let (sum, sum_squares) = (number("sum", self.sum), number("sum_squares", self.sum_squares));
            let denominator_sum = number("denominator_sum", self.denominator_sum);
            let denominator_sum_squares = number("denominator_sum_squares", self.denominator_sum_squares);
            let sum_products = number("sum_products", self.sum_products);
            Figures::Ratio {
                n,
                sum: sum?,
                sum_squares: sum_squares?,
                denominator_sum: denominator_sum?,
                denominator_sum_squares: denominator_sum_squares?,
                sum_products: sum_products?,
            }
        } else if self.sum.is_some() {
            let (sum, sum_squares) = (number("sum", self.sum), number("sum_squares", self.sum_squares));
            Figures::Sums { n, sum: sum?, sum_squares: sum_squares? }
        } else {
            let (mean, sd) = (number("mean", self.mean), number("sd", self.sd));
            let (mean, sd) = (mean?, sd?);
            errors.require(sd >= 0.0, &field("sd"), "A standard deviation is not below 0.");
            Figures::Mean { n, mean, sd }
        };
        match figures.sample() {
            Err(Refusal::NegativeVariance | Refusal::VarianceLost | Refusal::NotFinite) if self.sum.is_some() => {
                errors.add(
                    field("sum_squares"),
                    "Sum and sum of squares do not fit together: the variance would be below 0 or lost in rounding.",
                );
            }
            Err(Refusal::ZeroDenominator) if n > 1 => errors.add(field("denominator_sum"), "The denominator is 0."),
            _ => {}
        }
        Some(figures)
    }
}

/// A whole number from 0.
fn whole(errors: &mut FieldErrors, field: &str, value: Option<f64>) -> Option<u64> {
    let Some(value) = value else {
        errors.add(field, "A number is missing here.");
        return None;
    };
    let fits = (0.0..=MOST_UNITS).contains(&value) && value.fract() == 0.0;
    errors.require(fits, field, "This is a whole number from 0 to 100,000,000,000.");
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between 0 and 1e11")]
    let count = value as u64;
    fits.then_some(count)
}

impl Snapshot {
    /// What no single row shows: the control, the primary metric, devices and their sum.
    fn check_whole(&self, errors: &mut FieldErrors, frame: Frame) {
        let Some(control) = frame.plan.control() else { return };
        for (index, row) in self.rows.iter().enumerate().filter(|(_, row)| row.variant != control.key) {
            let device = row.segment.map(|segment| segment.device);
            let compared = self
                .rows
                .iter()
                .any(|one| one.variant == control.key && one.metric == row.metric && one.segment.map(|segment| segment.device) == device);
            let of = device.map(|device| format!(" for {}", device.slug())).unwrap_or_default();
            let message = format!("The control {} has no row of {}{of} to compare with.", control.key, row.metric);
            errors.require(compared, &format!("rows.{index}.variant"), message);
        }
        let Some(primary) = frame.plan.primary_metric.as_deref() else { return };
        let both = |key: &str| self.totals(key, primary, None).is_some();
        let measured = both(&control.key) && frame.plan.treatments().iter().any(|treatment| both(&treatment.key));
        errors.require(measured, "rows", format!("The primary metric, {primary}, needs rows of the control and of another variant."));
        let one_device_only = frame.plan.devices.len() == 1;
        let devices = !self.devices(primary).is_empty() || one_device_only;
        errors.require(
            devices || self.no_device_reason.is_some(),
            "no_device_reason",
            format!("Give the rows of {primary} per device as well, or say why there are none."),
        );
        if self.device_gap_reason.is_none() && self.device_gap() > DEVICE_GAP {
            let message = format!(
                "All visitors and the sum of the devices differ by {}. Say why: people on two devices, unknown devices …",
                words::percent(self.device_gap())
            );
            errors.add("device_gap_reason", message);
        }
    }

    /// The largest difference, in visitors or conversions, between a row of all visitors and the sum of its device
    /// rows, as a share of the former.
    pub fn device_gap(&self) -> f64 {
        let gap = |all: u64, sum: u64| all.abs_diff(sum) as f64 / all.max(1) as f64;
        let of_row = |row: &Row| {
            let parts = self.rows.iter().filter(|one| one.variant == row.variant && one.metric == row.metric && one.segment.is_some());
            let sum = parts.map(|one| Some(one.figures)).reduce(|sum, next| sum?.plus(next?))??;
            let conversions = row.figures.conversions().zip(sum.conversions()).map_or(0.0, |(all, sum)| gap(all, sum));
            Some(gap(row.figures.units(), sum.units()).max(conversions))
        };
        self.rows.iter().filter(|row| row.segment.is_none()).filter_map(of_row).fold(0.0, f64::max)
    }
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
