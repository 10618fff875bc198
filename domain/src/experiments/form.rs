//! The plan's fields as a browser posts them: all text; shares, margins and levels in percent.

use super::{GuardRailDraft, TestDraft, VariantDraft};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, MetricKind};
use crate::text;
use serde::{Deserialize, Serialize};

/// Every field as typed, so that a refused form comes back unchanged. Lists of equal name belong together by place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TestForm {
    pub title: String,
    pub kind: String,
    /// Numbers separated by commas or blanks.
    pub hypotheses: String,
    pub site: String,
    pub area: String,
    pub devices: Vec<String>,
    pub variant_keys: Vec<String>,
    pub variant_names: Vec<String>,
    /// Percent; all empty for equal shares.
    pub variant_shares: Vec<String>,
    pub variant_urls: Vec<String>,
    pub primary_metric: String,
    pub guard_metrics: Vec<String>,
    /// Percent where relative, and of shares; else in the metric's unit.
    pub guard_margins: Vec<String>,
    pub guard_scales: Vec<String>,
    pub secondary_metrics: Vec<String>,
    /// Percent of a share; else in the metric's unit.
    pub baseline: String,
    pub baseline_sd: String,
    /// Percent.
    pub mde: String,
    /// Percent.
    pub alpha: String,
    /// Percent.
    pub power: String,
    pub sides: String,
    pub horizon: String,
    pub weeks: String,
    pub audience: String,
    /// Percent.
    pub traffic_share: String,
    pub owner: String,
}

impl TestForm {
    /// The draft, or which numbers cannot be read. Field names are those of the draft. The catalogue says which
    /// metrics are shares.
    pub fn draft(&self, catalogue: &Catalogue) -> Result<TestDraft, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let said = |text: &String| (!text.trim().is_empty()).then(|| text.clone());
        let percent = |errors: &mut FieldErrors, field: &str, raw: &String| number(errors, field, raw, true);
        let baseline_in_percent = self.is_share(catalogue, &self.primary_metric);
        let whole = |errors: &mut FieldErrors, field: &str, raw: &String| {
            let found = raw.trim().parse::<i64>().ok();
            errors.require(found.is_some() || raw.trim().is_empty(), field, format!("“{}” is not a whole number.", text::one_line(raw)));
            found
        };
        let draft = TestDraft {
            title: self.title.clone(),
            kind: self.kind.clone(),
            hypotheses: self.hypotheses.split([',', ' ', ';']).filter(|part| !part.trim().is_empty()).map(str::to_owned).collect(),
            site: said(&self.site),
            area: said(&self.area),
            devices: self.devices.clone(),
            variants: self.variants(errors),
            primary_metric: said(&self.primary_metric),
            guard_rails: self.guard_rails(errors, catalogue),
            secondary_metrics: self.secondary_metrics.iter().filter(|slug| !slug.trim().is_empty()).cloned().collect(),
            baseline: number(errors, "baseline", &self.baseline, baseline_in_percent),
            baseline_sd: number(errors, "baseline_sd", &self.baseline_sd, false),
            mde: percent(errors, "mde", &self.mde),
            alpha: percent(errors, "alpha", &self.alpha),
            power: percent(errors, "power", &self.power),
            sides: whole(errors, "sides", &self.sides),
            horizon: said(&self.horizon),
            weeks: whole(errors, "weeks", &self.weeks),
            audience: said(&self.audience),
            traffic_share: percent(errors, "traffic_share", &self.traffic_share),
            owner: said(&self.owner),
        };
        std::mem::take(errors).into_result(draft)
    }

    fn is_share(&self, catalogue: &Catalogue, metric: &str) -> bool {
        is_share(catalogue, &self.site, metric)
    }

    /// Rows without key and name are blank ones.
    fn variants(&self, errors: &mut FieldErrors) -> Vec<VariantDraft> {
        let rows = self.variant_keys.len().max(self.variant_names.len());
        let filled =
            (0..rows).filter(|row| !at(&self.variant_keys, *row).trim().is_empty() || !at(&self.variant_names, *row).trim().is_empty());
        let mut variants = Vec::new();
        for (index, row) in filled.enumerate() {
            variants.push(VariantDraft {
                key: at(&self.variant_keys, row),
                name: at(&self.variant_names, row),
                share: number(errors, &format!("variants.{index}.share"), &at(&self.variant_shares, row), true),
                url: Some(at(&self.variant_urls, row)).filter(|url| !url.trim().is_empty()),
            });
        }
        variants
    }

    fn guard_rails(&self, errors: &mut FieldErrors, catalogue: &Catalogue) -> Vec<GuardRailDraft> {
        let mut rails = Vec::new();
        let filled = (0..self.guard_metrics.len()).filter(|row| !at(&self.guard_metrics, *row).trim().is_empty());
        for (index, row) in filled.enumerate() {
            let (metric, scale) = (at(&self.guard_metrics, row), at(&self.guard_scales, row));
            let in_percent = scale.trim() != "absolute" || self.is_share(catalogue, &metric);
            let margin = number(errors, &format!("guard_rails.{index}.margin"), &at(&self.guard_margins, row), in_percent);
            rails.push(GuardRailDraft { metric, margin, scale: Some(scale).filter(|scale| !scale.trim().is_empty()) });
        }
        rails
    }

    /// The fields of an existing draft, for the edit page.
    pub fn of(draft: &TestDraft, catalogue: &Catalogue) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let site = text(&draft.site);
        let share = |metric: &str| is_share(catalogue, &site, metric);
        let baseline_times = if draft.primary_metric.as_deref().is_some_and(share) { 100.0 } else { 1.0 };
        let margin = |rail: &GuardRailDraft| {
            let times = if rail.scale.as_deref() != Some("absolute") || share(&rail.metric) { 100.0 } else { 1.0 };
            shown(rail.margin, times)
        };
        Self {
            title: draft.title.clone(),
            kind: draft.kind.clone(),
            hypotheses: draft.hypotheses.join(", "),
            area: text(&draft.area),
            devices: draft.devices.clone(),
            variant_keys: draft.variants.iter().map(|one| one.key.clone()).collect(),
            variant_names: draft.variants.iter().map(|one| one.name.clone()).collect(),
            variant_shares: draft.variants.iter().map(|one| shown(one.share, 100.0)).collect(),
            variant_urls: draft.variants.iter().map(|one| text(&one.url)).collect(),
            primary_metric: text(&draft.primary_metric),
            guard_metrics: draft.guard_rails.iter().map(|one| one.metric.clone()).collect(),
            guard_margins: draft.guard_rails.iter().map(margin).collect(),
            guard_scales: draft.guard_rails.iter().map(|one| text(&one.scale)).collect(),
            secondary_metrics: draft.secondary_metrics.clone(),
            baseline: shown(draft.baseline, baseline_times),
            baseline_sd: shown(draft.baseline_sd, 1.0),
            mde: shown(draft.mde, 100.0),
            alpha: shown(draft.alpha, 100.0),
            power: shown(draft.power, 100.0),
            sides: draft.sides.map(|sides| sides.to_string()).unwrap_or_default(),
            horizon: text(&draft.horizon),
            weeks: draft.weeks.map(|weeks| weeks.to_string()).unwrap_or_default(),
            audience: text(&draft.audience),
            traffic_share: shown(draft.traffic_share, 100.0),
            owner: text(&draft.owner),
            site,
        }
    }
}

fn is_share(catalogue: &Catalogue, site: &str, metric: &str) -> bool {
    catalogue.site(site.trim()).and_then(|site| site.metric(metric)).is_some_and(|metric| metric.kind == MetricKind::Proportion)
}

fn at(list: &[String], row: usize) -> String {
    list.get(row).cloned().unwrap_or_default()
}

fn shown(value: Option<f64>, times: f64) -> String {
    value.map(|value| ((value * times * 1e6).round() / 1e6).to_string()).unwrap_or_default()
}

fn number(errors: &mut FieldErrors, field: &str, raw: &str, in_percent: bool) -> Option<f64> {
    let bare = raw.trim().trim_end_matches('%').trim();
    if bare.is_empty() {
        return None;
    }
    let found = text::parse_number(bare);
    errors.require(found.is_some(), field, format!("“{}” is not a number.", text::one_line(raw)));
    // A division keeps 5 % at 0.05, where a product with 0.01 would not.
    found.map(|number| if in_percent { number / 100.0 } else { number })
}

#[cfg(test)]
mod tests {
    use super::super::cast::catalogue;
    use super::*;

    #[test]
    fn a_form_becomes_a_draft_and_back() {
        let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let form = TestForm {
            title: "T".into(),
            kind: "ab".into(),
            hypotheses: "H-1, H-2".into(),
            site: "shop".into(),
            variant_keys: list(&["A", "B", ""]),
            variant_names: list(&["Control", "Date", ""]),
            variant_shares: list(&["50", "50 %", ""]),
            primary_metric: "conversion-rate".into(),
            guard_metrics: list(&["return-rate", "cost-to-serve", ""]),
            guard_margins: list(&["0,5", "2", ""]),
            guard_scales: list(&["absolute", "relative", ""]),
            baseline: "3".into(),
            mde: "10%".into(),
            alpha: "5".into(),
            weeks: "3".into(),
            ..TestForm::default()
        };
        let draft = form.draft(&catalogue()).unwrap();
        assert_eq!((draft.hypotheses.len(), draft.variants.len(), draft.guard_rails.len()), (2, 2, 2));
        assert_eq!((draft.baseline, draft.mde, draft.alpha, draft.weeks), (Some(0.03), Some(0.1), Some(0.05), Some(3)));
        assert_eq!((draft.guard_rails[0].margin, draft.guard_rails[1].margin), (Some(0.005), Some(0.02)));
        let again = TestForm::of(&draft, &catalogue());
        assert_eq!((again.baseline.as_str(), again.guard_margins[0].as_str(), again.variant_shares[1].as_str()), ("3", "0.5", "50"));
        assert_eq!(again.draft(&catalogue()).unwrap(), draft);
        assert!(draft.check(&catalogue(), |_| true).is_ok());
    }

    #[test]
    fn words_where_numbers_belong_are_named() {
        let form = TestForm { mde: "some".into(), weeks: "two".into(), ..TestForm::default() };
        let errors = form.draft(&catalogue()).unwrap_err();
        assert!(errors.of("mde").is_some() && errors.of("weeks").is_some());
    }
}
