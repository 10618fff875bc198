//! What the score page reads.

use crate::accounts::Filled;
use crate::error::AppError;
use domain::hypotheses::Hypothesis;
use domain::scoring::Score;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The three levels and the reason as a browser posts them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreForm {
    pub impact: String,
    pub confidence: String,
    pub ease: String,
    pub reason: String,
}

impl ScoreForm {
    pub fn draft(&self) -> domain::scoring::ScoreDraft {
        let level = |text: &str| text.trim().parse().ok();
        domain::scoring::ScoreDraft {
            model: None,
            impact: level(&self.impact),
            confidence: level(&self.confidence),
            ease: level(&self.ease),
            reason: Some(self.reason.clone()),
            lift_low: None,
            lift_high: None,
        }
    }
}

/// The score page: the hypothesis, and the asking person's present score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scoring {
    pub hypothesis: Hypothesis,
    pub filled: Filled<ScoreForm>,
    pub scores: Vec<Score>,
}

#[server]
pub async fn read_scoring(workspace: String, number: String, draft: Option<String>) -> Result<Scoring, AppError> {
    use crate::request::{draft as kept_draft, refused, scope};
    let scope = scope::<store::Contribute>(&workspace).await?;
    let hypothesis = scope.hypothesis(&number).await.map_err(refused)?;
    let scores = scope.scores(&number).await.map_err(refused)?;
    let me = scope.me().await.map_err(refused)?;
    let mine = me.and_then(|me| scores.iter().find(|score| score.email == me.email).cloned());
    let present = mine.map(|score| ScoreForm {
        impact: score.judgement.impact.to_string(),
        confidence: score.judgement.confidence.to_string(),
        ease: score.judgement.ease.to_string(),
        reason: score.judgement.reason.unwrap_or_default(),
    });
    let kept = kept_draft(draft.as_deref()).await?;
    let filled = match kept {
        Some(kept) => Filled { form: kept.form, errors: kept.errors },
        None => Filled { form: present.unwrap_or_default(), ..Filled::default() },
    };
    Ok(Scoring { hypothesis, filled, scores })
}
