//! Scores: one member's judgement is kept for good; the team's number is stored beside the hypothesis.

mod check;
mod outdated;

pub(crate) use check::check_scores;

use crate::access::{Contribute, Right, Scope};
use crate::accounts::rows::entity;
use crate::activity::NewEvent;
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use crate::json;
use crate::time::{from_micros, to_micros};
use domain::accounts::Member;
use domain::activity::Subject;
use domain::hypotheses::{Hypothesis, ScoreSummary};
use domain::scoring::{CombineRule, Criterion, Judgement, Score, ScoreDraft, TeamScore, team_score};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

entity!(score, "score", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    hypothesis_id: i64,
    person_id: i64,
    impact: i64,
    confidence: i64,
    ease: i64,
    reason: Option<String>,
    lift_low: Option<f64>,
    lift_high: Option<f64>,
    current: bool,
    at: i64,
});

impl Scope<Contribute> {
    /// Keeps the asking person's score; their earlier one stays in the history. The team's number is renewed with it.
    pub async fn score_hypothesis(&self, number: &str, draft: &ScoreDraft) -> Result<Hypothesis> {
        let tx = self.begin().await?;
        self.put_score(&tx, number, draft, self.person_id).await?;
        tx.commit().await?;
        self.hypothesis(number).await
    }

    /// Keeps a score for this person within a transaction that may hold more.
    pub(crate) async fn put_score(&self, tx: &DatabaseTransaction, number: &str, draft: &ScoreDraft, person: Option<i64>) -> Result<()> {
        let row = self.hypothesis_row(tx, number).await?;
        let person_id = person.ok_or_else(|| crate::StoreError::conflict("The command line has no person whose score this could be."))?;
        let rule = self.settings_now(tx).await?.combine;
        self.put_score_of(tx, row.id, number, draft, person_id, rule).await
    }

    /// The same for many, with row, person and rule known.
    pub(crate) async fn put_score_of(
        &self,
        tx: &DatabaseTransaction,
        id: i64,
        number: &str,
        draft: &ScoreDraft,
        person_id: i64,
        rule: CombineRule,
    ) -> Result<()> {
        let judgement = draft.check()?;
        let old = score::Entity::update_many().col_expr(score::Column::Current, Expr::val(false));
        let mine = score::Column::HypothesisId.eq(id).and(score::Column::PersonId.eq(person_id)).and(score::Column::Current.eq(true));
        old.filter(mine).exec(tx).await?;
        score::Entity::insert(score_row(self.workspace_id, id, person_id, &judgement, to_micros(self.now()))).exec(tx).await?;
        let [impact, confidence, ease] = judgement.levels();
        let event = NewEvent::new(Subject::Hypothesis, number, "scored", format!("Impact {impact}, confidence {confidence}, ease {ease}"));
        self.record(tx, event.because(judgement.reason.clone()).changes(None::<&()>, Some(&judgement))?).await?;
        self.renew_team_score(tx, id, rule).await
    }
}

impl<R: Right> Scope<R> {
    /// The present score of every member who gave one, by name.
    pub async fn scores(&self, number: &str) -> Result<Vec<Score>> {
        let row = self.hypothesis_row(&self.store.read, number).await?;
        let people = self.people().await?;
        let changes = self.live_changes(&self.store.read).await?;
        let areas: Vec<String> = row.area.iter().cloned().collect();
        let outdated = |at: i64| changes.since(row.site.as_deref(), &areas, from_micros(at).date_naive());
        let rows = current_scores(&self.store.read, row.id).await?;
        let mut scores: Vec<Score> = rows
            .into_iter()
            .filter_map(|row| {
                let Member { name, email, .. } = people.get(&row.person_id)?.clone();
                let (at, outdated_by) = (from_micros(row.at), outdated(row.at));
                Some(Score { by: name, email, at, outdated_by, judgement: to_judgement(&row) })
            })
            .collect();
        scores.sort_by(|a, b| a.by.cmp(&b.by));
        Ok(scores)
    }

    /// Computes the team's number of one hypothesis again and stores it.
    pub(crate) async fn renew_team_score(&self, tx: &DatabaseTransaction, hypothesis_id: i64, rule: CombineRule) -> Result<()> {
        let judgements: Vec<Judgement> = current_scores(tx, hypothesis_id).await?.iter().map(to_judgement).collect();
        let (score, score_milli) = team_columns(&judgements, rule)?;
        let changed = hypothesis::ActiveModel {
            id: Set(hypothesis_id),
            score: Set(score),
            score_milli: Set(score_milli),
            ..hypothesis::ActiveModel::default()
        };
        hypothesis::Entity::update(changed).exec(tx).await?;
        Ok(())
    }

    /// Renews every team score after the workspace changed its rule.
    pub(crate) async fn rescore_all(&self, tx: &DatabaseTransaction, rule: CombineRule) -> Result<()> {
        let scored: Vec<i64> = hypothesis::Entity::find()
            .select_only()
            .column(hypothesis::Column::Id)
            .filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id))
            .filter(hypothesis::Column::ScoreMilli.gte(0))
            .into_tuple()
            .all(tx)
            .await?;
        for id in scored {
            self.renew_team_score(tx, id, rule).await?;
        }
        Ok(())
    }
}

/// What is stored of the team's judgement: its summary, and the number that ranks.
fn team_columns(judgements: &[Judgement], rule: CombineRule) -> Result<(Option<String>, i64)> {
    let team = team_score(judgements);
    let score = team.as_ref().map(|team| json::to_text(&summary(team, rule))).transpose()?;
    Ok((score, team.as_ref().map_or(-1, |team| milli(team.value(rule)))))
}

async fn current_scores(db: &impl ConnectionTrait, hypothesis_id: i64) -> Result<Vec<score::Model>> {
    let rows = score::Entity::find().filter(score::Column::HypothesisId.eq(hypothesis_id)).filter(score::Column::Current.eq(true));
    Ok(rows.order_by_asc(score::Column::Id).all(db).await?)
}

fn score_row(workspace_id: i64, hypothesis_id: i64, person_id: i64, judgement: &Judgement, at: i64) -> score::ActiveModel {
    score::ActiveModel {
        workspace_id: Set(workspace_id),
        hypothesis_id: Set(hypothesis_id),
        person_id: Set(person_id),
        impact: Set(judgement.impact.into()),
        confidence: Set(judgement.confidence.into()),
        ease: Set(judgement.ease.into()),
        reason: Set(judgement.reason.clone()),
        lift_low: Set(judgement.lift_low),
        lift_high: Set(judgement.lift_high),
        current: Set(true),
        at: Set(at),
        ..score::ActiveModel::default()
    }
}

fn to_judgement(row: &score::Model) -> Judgement {
    let level = |value: i64| u8::try_from(value).unwrap_or(1);
    Judgement {
        impact: level(row.impact),
        confidence: level(row.confidence),
        ease: level(row.ease),
        reason: row.reason.clone(),
        lift_low: row.lift_low,
        lift_high: row.lift_high,
    }
}

fn summary(team: &TeamScore, rule: CombineRule) -> ScoreSummary {
    ScoreSummary {
        model: "ice".into(),
        value: team.value(rule),
        criteria: Criterion::ALL.into_iter().map(|criterion| (criterion.slug().to_owned(), team.criterion(criterion))).collect(),
        scorers: team.scorers,
        split: team.split().into_iter().map(|criterion| criterion.slug().to_owned()).collect(),
    }
}

/// The number that ranks, in thousandths, so that both databases sort and page by a whole number.
fn milli(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a score lies between 1 and 1000")]
    let milli = (value * 1000.0).round() as i64;
    milli
}
