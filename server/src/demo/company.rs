//! The demo company as it is written down in `holm.json`. Dates are days back from the day it is loaded, so that it
//! never ages.

use domain::evidence::LinkDraft;
use domain::experiments::{GuardRailDraft, RowDraft, VariantDraft};
use domain::hypotheses::Effort;
use domain::hypotheses::StatementDraft;
use domain::impact::CostDraft;
use domain::learnings::LessonDraft;
use domain::sites::AreaVisitors;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Company {
    pub people: Vec<Person>,
    pub sites: Vec<SiteEntry>,
    pub evidence: Vec<EvidenceEntry>,
    pub hypotheses: Vec<HypothesisEntry>,
    pub tests: Vec<TestEntry>,
    pub rollouts: Vec<RolloutEntry>,
    pub site_changes: Vec<ChangeEntry>,
    pub comments: Vec<CommentEntry>,
}

#[derive(Deserialize)]
pub struct Person {
    pub email: String,
    pub name: String,
    pub role: String,
}

#[derive(Deserialize)]
pub struct SiteEntry {
    pub name: String,
    pub slug: String,
    pub currency: String,
    pub time_zone: String,
    pub margin: f64,
    pub url: String,
    pub areas: Vec<AreaEntry>,
}

#[derive(Deserialize)]
pub struct AreaEntry {
    pub slug: String,
    pub name: String,
    pub visitors: AreaVisitors,
}

#[derive(Deserialize)]
pub struct ChangeEntry {
    pub title: String,
    pub site: String,
    pub areas: Vec<String>,
    pub days_ago: i64,
    pub by: String,
}

#[derive(Deserialize)]
pub struct CommentEntry {
    /// The key of a hypothesis.
    pub on: String,
    pub by: String,
    pub days_ago: i64,
    pub body: String,
}

#[derive(Deserialize)]
pub struct EvidenceEntry {
    pub key: String,
    pub title: String,
    pub kind: String,
    pub finding: String,
    pub site: String,
    pub areas: Vec<String>,
    pub devices: Vec<String>,
    pub audiences: Vec<String>,
    pub source: SourceEntry,
    pub observed_days_ago: i64,
    pub sample_size: Option<i64>,
    pub tags: Vec<String>,
    pub by: String,
}

#[derive(Deserialize)]
pub struct SourceEntry {
    pub name: String,
    pub url: Option<String>,
}

#[derive(Deserialize)]
pub struct HypothesisEntry {
    pub key: String,
    pub title: String,
    pub site: Option<String>,
    pub area: Option<String>,
    #[serde(default)]
    pub devices: Vec<String>,
    pub audience: Option<String>,
    #[serde(default)]
    pub statement: StatementDraft,
    #[serde(default)]
    pub guard_rails: Vec<String>,
    pub owner: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub effort: Effort,
    pub parent: Option<String>,
    pub created_days_ago: i64,
    #[serde(default)]
    pub evidence: Vec<LinkEntry>,
    #[serde(default)]
    pub scores: Vec<ScoreEntry>,
    pub stage: Option<String>,
    pub stage_reason: Option<String>,
}

#[derive(Deserialize)]
pub struct LinkEntry {
    pub key: String,
    pub direction: String,
    pub note: Option<String>,
    pub same_area: Option<bool>,
}

impl LinkEntry {
    pub fn draft(&self) -> LinkDraft {
        LinkDraft { direction: self.direction.clone(), note: self.note.clone(), same_area: self.same_area }
    }
}

#[derive(Deserialize)]
pub struct ScoreEntry {
    pub by: String,
    pub impact: i64,
    pub confidence: i64,
    pub ease: i64,
    pub reason: Option<String>,
    pub days_ago: i64,
}

#[derive(Deserialize)]
pub struct TestEntry {
    pub key: String,
    pub title: String,
    pub kind: String,
    pub state: String,
    pub hypotheses: Vec<String>,
    pub site: String,
    pub area: Option<String>,
    pub devices: Vec<String>,
    pub variants: Vec<VariantDraft>,
    pub primary_metric: String,
    pub guard_rails: Vec<GuardRailDraft>,
    pub secondary_metrics: Vec<String>,
    pub baseline: Option<f64>,
    pub mde: Option<f64>,
    pub weeks: Option<i64>,
    pub start_days_ago: Option<i64>,
    pub stop_days_ago: Option<i64>,
    pub overrule_reason: Option<String>,
    pub results: Vec<ResultsEntry>,
    pub conclusion: Option<ConclusionEntry>,
    pub cancel_reason: Option<String>,
}

#[derive(Deserialize)]
pub struct ResultsEntry {
    pub as_of_days_ago: i64,
    pub rows: Vec<RowDraft>,
}

#[derive(Deserialize)]
pub struct ConclusionEntry {
    pub expected_outcome: String,
    pub days_ago: i64,
    pub decisions: Vec<DecisionEntry>,
    pub learning: LessonDraft,
    pub by: String,
}

#[derive(Deserialize)]
pub struct DecisionEntry {
    pub kind: String,
    pub variant: Option<String>,
    #[serde(default)]
    pub devices: Vec<String>,
    pub on_days_from_now: Option<i64>,
    pub reason: Option<String>,
    pub title: Option<String>,
}

#[derive(Deserialize)]
pub struct RolloutEntry {
    pub test: String,
    pub shipped_days_ago: i64,
    pub share: f64,
    pub area_visitors_month: i64,
    pub baseline: f64,
    pub value_per_conversion_minor: i64,
    pub returns: f64,
    pub margin: f64,
    pub k: f64,
    pub cost: CostDraft,
}
