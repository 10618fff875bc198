//! What a row promises and what it costs: the expected effect on its metric, and the days of work.

use super::effects::{self, NoEffect};
use super::field::Field;
use super::work::{RowWork, short};
use super::{amounts, lookup};
use crate::hypotheses::EffectDraft;
use crate::sites::Metric;

impl RowWork<'_> {
    pub(super) fn read_effect(&mut self) {
        let effects = self.cells(Field::Effect);
        let Some((metric_column, named)) = self.cell(Field::Metric) else {
            return self.keep_effects(&effects, "An effect needs a metric; this one is kept as text in the details.");
        };
        let Some(metric) = lookup::metric(&named, self.site(), self.sheet.catalogue) else {
            self.keep_unknown(metric_column, &named, "metric");
            return self.keep_effects(&effects, "An effect needs a metric that is known here; this one is kept as text in the details.");
        };
        let mut draft =
            EffectDraft { metric: Some(metric.slug.clone()), direction: Some(metric.direction.slug().to_owned()), low: None, high: None };
        self.read_size(&effects, metric, &mut draft);
        self.draft.statement.effect = Some(draft);
    }

    /// The size of an effect, from one cell or from its two ends in two.
    fn read_size(&mut self, effects: &[(usize, String)], metric: &Metric, draft: &mut EffectDraft) {
        let Some((column, _)) = effects.first() else { return };
        let told: Vec<&str> = effects.iter().map(|(_, cell)| cell.as_str()).collect();
        let told = told.join(" to ");
        let percent = self.sheet.table.column_name(*column).contains('%');
        match effects::read(&told, percent) {
            Ok(size) => {
                draft.direction = Some(size.direction.unwrap_or(metric.direction).slug().to_owned());
                (draft.low, draft.high) = (size.low, size.high);
                if size.low.is_none() {
                    self.keep(*column, &told);
                }
            }
            Err(NoEffect::NoPercent) => {
                self.keep_all(effects);
                self.notice(*column, format!("“{}” has no percent sign; it is kept in the details.", short(&told)));
            }
            Err(NoEffect::Words) => {
                self.keep_effects(effects, "This is no relative size such as +2% to +5%; it is kept as text in the details.")
            }
        }
    }

    fn keep_effects(&mut self, effects: &[(usize, String)], why: &str) {
        self.keep_all(effects);
        if let Some((column, _)) = effects.first() {
            self.notice(*column, why);
        }
    }

    fn keep_all(&mut self, cells: &[(usize, String)]) {
        for (column, cell) in cells {
            self.keep(*column, cell);
        }
    }

    pub(super) fn read_days(&mut self) {
        self.draft.effort.design_days = self.days(Field::DesignDays);
        self.draft.effort.development_days = self.days(Field::DevelopmentDays);
    }

    fn days(&mut self, field: Field) -> Option<f64> {
        let (column, cell) = self.cell(field)?;
        let days = amounts::days(&cell, &self.sheet.table.column_name(column));
        match days {
            None => {
                self.keep(column, &cell);
                self.notice(column, format!("“{}” is no number of days; it is kept in the details.", short(&cell)));
            }
            Some(days) if !amounts::is_plain(&cell, days) => self.notes.push(format!(
                "{}: “{}” is read as {}.",
                self.sheet.table.column_name(column),
                short(&cell),
                amounts::in_words(days)
            )),
            Some(_) => {}
        }
        days
    }
}
