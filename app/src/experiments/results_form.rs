//! The results page's fields as a browser posts them: a grid of cells by name, and a paste that fills the grid.

use domain::errors::FieldErrors;
use domain::experiments::{Plan, RowDraft, SegmentDraft, SnapshotDraft};
use domain::sites::{Device, Metric, MetricKind, SiteCatalogue};
use domain::text::{parse_number, whole_count};
use domain::transfer::paste::{self, Figures, PastedRow};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every field as typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResultsForm {
    /// `2026-11-20`: totals up to the end of this day.
    pub as_of: String,
    /// By `metric.variant index.device.part`, such as `conversion-rate.0.mobile.visitors`; `all` for all visitors.
    pub cells: BTreeMap<String, String>,
    pub paste: String,
    /// The metric of pasted rows that name none.
    pub paste_metric: String,
    /// What was understood of a paste, a sentence each; the page shows it before anything is saved.
    pub understood: Vec<String>,
    pub no_device_reason: String,
    pub device_gap_reason: String,
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    pub metric: &'a str,
    pub variant: usize,
    pub device: Option<Device>,
}

impl Cell<'_> {
    /// The name of one of its parts.
    pub fn name(&self, part: &str) -> String {
        let device = self.device.map_or("all", Device::slug);
        format!("{}.{}.{device}.{part}", self.metric, self.variant)
    }
}

/// All visitors, then each device of the plan; every device where the plan names none.
pub fn segments(plan: &Plan) -> Vec<Option<Device>> {
    let devices = if plan.devices.is_empty() { Device::ALL.to_vec() } else { plan.devices.clone() };
    std::iter::once(None).chain(devices.into_iter().map(Some)).collect()
}

/// The parts that a metric is entered by.
pub fn parts(metric: &Metric) -> &'static [&'static str] {
    if metric.kind == MetricKind::Proportion { &["visitors", "conversions"] } else { &["n", "mean", "sd"] }
}

/// The metrics of the grid: those of the plan, then those that were pasted beside them.
pub fn grid_metrics<'a>(plan: &Plan, site: &'a SiteCatalogue, form: &ResultsForm) -> Vec<&'a Metric> {
    let planned = plan.primary_metric.iter().chain(plan.guard_rails.iter().map(|rail| &rail.metric)).chain(&plan.secondary_metrics);
    let typed = form.cells.iter().filter(|(_, value)| !value.trim().is_empty()).filter_map(|(name, _)| name.split('.').next());
    let mut metrics: Vec<&Metric> = Vec::new();
    for slug in planned.map(String::as_str).chain(typed) {
        if let Some(metric) = site.metric(slug).filter(|metric| !metrics.iter().any(|known| known.slug == metric.slug)) {
            metrics.push(metric);
        }
    }
    metrics
}

impl ResultsForm {
    fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", |value| value.trim())
    }

    /// The results as typed, or what cannot be read, beside its cell (`cells.<name>`).
    pub fn draft(&self, plan: &Plan, site: &SiteCatalogue) -> Result<Typed, FieldErrors> {
        let mut errors = FieldErrors::default();
        let (mut rows, mut names) = (Vec::new(), Vec::new());
        for metric in grid_metrics(plan, site, self) {
            for device in segments(plan) {
                for (index, variant) in plan.variants.iter().enumerate() {
                    let cell = Cell { metric: &metric.slug, variant: index, device };
                    if parts(metric).iter().all(|part| self.cell(&cell.name(part)).is_empty()) {
                        continue;
                    }
                    rows.push(self.row(&mut errors, &cell, &variant.key, metric));
                    names.push(cell.name(""));
                }
            }
        }
        let said = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        let snapshot = SnapshotDraft {
            as_of: self.as_of.trim().to_owned(),
            rows,
            no_device_reason: said(&self.no_device_reason),
            device_gap_reason: said(&self.device_gap_reason),
        };
        errors.into_result(Typed { snapshot, names })
    }

    fn row(&self, errors: &mut FieldErrors, cell: &Cell, variant: &str, metric: &Metric) -> RowDraft {
        let mut number = |part: &str, whole: bool| {
            let name = cell.name(part);
            let raw = self.cell(&name);
            #[expect(clippy::cast_precision_loss, reason = "counts of more than 2^53 are refused later")]
            let found = if whole { whole_count(raw).map(|count| count as f64) } else { parse_number(raw) };
            let kind = if whole { "a whole number" } else { "a number" };
            errors.require(found.is_some() || raw.is_empty(), &format!("cells.{name}"), format!("“{raw}” is not {kind}."));
            found
        };
        let bare = RowDraft {
            variant: variant.to_owned(),
            metric: metric.slug.clone(),
            segment: cell.device.map(|device| SegmentDraft { device: Some(device.slug().to_owned()) }),
            ..RowDraft::default()
        };
        if metric.kind == MetricKind::Proportion {
            RowDraft { visitors: number("visitors", true), conversions: number("conversions", true), ..bare }
        } else {
            RowDraft { n: number("n", true), mean: number("mean", false), sd: number("sd", false), ..bare }
        }
    }

    /// Reads the paste into the grid. Nothing is saved: the page shows what was understood.
    pub fn fill_from_paste(&mut self, plan: &Plan, site: &SiteCatalogue) -> Result<(), FieldErrors> {
        let variants: Vec<(String, String)> = plan.variants.iter().map(|one| (one.key.clone(), one.name.clone())).collect();
        let metrics: Vec<(String, String)> = site.metrics.iter().map(|metric| (metric.slug.clone(), metric.name.clone())).collect();
        let pasted = paste::read(&self.paste, &variants, &metrics).map_err(|errors| {
            FieldErrors(
                errors
                    .0
                    .into_iter()
                    .map(|mut error| {
                        error.field = "paste".to_owned();
                        error
                    })
                    .collect(),
            )
        })?;
        let mut errors = FieldErrors::default();
        let mut cells = Vec::new();
        for row in &pasted.rows {
            match self.cells_of(row, plan, site) {
                Ok(found) => cells.extend(found),
                Err(message) => errors.add("paste", format!("Line {}: {message}", row.line)),
            }
        }
        errors.into_result(())?;
        self.cells.extend(cells);
        self.understood = understood(&pasted);
        self.paste.clear();
        Ok(())
    }

    fn cells_of(&self, row: &PastedRow, plan: &Plan, site: &SiteCatalogue) -> Result<Vec<(String, String)>, String> {
        let fallback = Some(self.paste_metric.trim()).filter(|slug| !slug.is_empty()).or(plan.primary_metric.as_deref());
        let wanted = row.metric.as_deref().or(fallback).unwrap_or_default();
        let metric = site.metric(wanted).ok_or_else(|| format!("There is no metric “{wanted}” on this site."))?;
        let variant =
            plan.variants.iter().position(|one| one.key == row.variant).ok_or_else(|| format!("There is no variant “{}”.", row.variant))?;
        let cell = Cell { metric: &metric.slug, variant, device: row.device };
        let share = metric.kind == MetricKind::Proportion;
        match row.figures {
            Figures::Counts { visitors, conversions } if share => {
                Ok(vec![(cell.name("visitors"), visitors.to_string()), (cell.name("conversions"), conversions.to_string())])
            }
            Figures::Means { n, mean, sd } if !share => {
                Ok(vec![(cell.name("n"), n.to_string()), (cell.name("mean"), mean.to_string()), (cell.name("sd"), sd.to_string())])
            }
            Figures::Counts { .. } => Err(format!("{} needs n, mean and standard deviation, not conversions.", metric.name)),
            Figures::Means { .. } => Err(format!("{} needs visitors and conversions, not a mean.", metric.name)),
        }
    }
}

fn understood(pasted: &paste::Pasted) -> Vec<String> {
    let devices = pasted.rows.iter().filter(|row| row.device.is_some()).count();
    let rows = pasted.rows.len();
    let mut said = vec![format!("{rows} {} read, {devices} of them for one device.", if rows == 1 { "row" } else { "rows" })];
    if pasted.header {
        said.push("The first line was taken as headings.".to_owned());
    }
    if !pasted.ignored_columns.is_empty() {
        said.push(format!("Columns left out: {}.", pasted.ignored_columns.join(", ")));
    }
    if !pasted.ignored_lines.is_empty() {
        let lines: Vec<String> = pasted.ignored_lines.iter().map(ToString::to_string).collect();
        said.push(format!("Totals left out: line {}.", lines.join(", ")));
    }
    said
}

/// Results as typed, and the cell that each row came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    pub snapshot: SnapshotDraft,
    names: Vec<String>,
}

impl Typed {
    /// Findings about `rows.3.visitors` become findings about that row's cell.
    #[must_use]
    pub fn beside_cells(&self, errors: FieldErrors) -> FieldErrors {
        let mut beside = FieldErrors::default();
        for error in errors.0 {
            beside.add(self.cell_field(&error.field).unwrap_or(error.field), error.message);
        }
        beside
    }

    fn cell_field(&self, field: &str) -> Option<String> {
        let rest = field.strip_prefix("rows.")?;
        let (index, part) = rest.split_once('.').unwrap_or((rest, ""));
        let name = self.names.get(index.parse::<usize>().ok()?)?;
        Some(format!("cells.{name}{part}"))
    }
}

#[cfg(test)]
#[path = "results_form_tests.rs"]
mod tests;
