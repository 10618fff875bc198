//! Scores: one member's judgement is kept for good; the team's number is stored beside the hypothesis.

mod check;
mod outdated;
mod renewal;
mod rows;

pub(crate) use check::check_scores;
pub(crate) use rows::score;

use crate::access::{Contribute, Right, Scope};
use crate::activity::NewEvent;
use crate::errors::Result;
use crate::time::{from_micros, to_micros};
use domain::accounts::Member;
use domain::activity::Subject;
use domain::hypotheses::Hypothesis;
use domain::scoring::{Score, ScoreDraft, Shapes};
use rows::{current_scores, score_row, to_judgement};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter};

/// The hypothesis that a person scores.
pub(crate) struct Scored<'a> {
    pub id: i64,
    pub number: &'a str,
    pub site: Option<&'a str>,
    pub person_id: i64,
}

impl Scope<Contribute> {
    /// Keeps the asking person's score; their earlier one by the same model stays in the history, those by others in
    /// force. The team's number is renewed with it.
    pub async fn score_hypothesis(&self, number: &str, draft: &ScoreDraft) -> Result<Hypothesis> {
        let tx = self.begin().await?;
        let row = self.hypothesis_row(&tx, number).await?;
        let no_person = || crate::StoreError::conflict("The command line has no person whose score this could be.");
        let person_id = self.person_id.ok_or_else(no_person)?;
        let shapes = self.settings_now(&tx).await?.shapes();
        self.put_score(&tx, &Scored { id: row.id, number, site: row.site.as_deref(), person_id }, draft, &shapes).await?;
        tx.commit().await?;
        self.hypothesis(number).await
    }

    /// Keeps a score within a transaction that may hold more.
    pub(crate) async fn put_score(&self, tx: &DatabaseTransaction, scored: &Scored<'_>, draft: &ScoreDraft, shapes: &Shapes) -> Result<()> {
        let judgement = draft.check(shapes, scored.site)?;
        let old = score::Entity::update_many().col_expr(score::Column::Current, Expr::val(false));
        let mine = score::Column::HypothesisId.eq(scored.id).and(score::Column::PersonId.eq(scored.person_id));
        let mine = mine.and(score::Column::Current.eq(true)).and(score::Column::Model.eq(judgement.model.slug()));
        old.filter(mine).exec(tx).await?;
        score::Entity::insert(score_row(self.workspace_id, scored, &judgement, to_micros(self.now()))?).exec(tx).await?;
        let told = shapes.of(judgement.model).told(|slug| judgement.level(slug));
        let event = NewEvent::new(Subject::Hypothesis, scored.number, "scored", told);
        self.record(tx, event.because(judgement.reason.clone()).changes(None::<&()>, Some(&judgement))?).await?;
        self.renew_team_score(tx, scored.id, shapes.in_force(scored.site)).await
    }
}

impl<R: Right> Scope<R> {
    /// The present score of every member who gave one, by name; those by the model that ranks the hypothesis first.
    pub async fn scores(&self, number: &str) -> Result<Vec<Score>> {
        let row = self.hypothesis_row(&self.store.read, number).await?;
        let in_force = self.workspace().settings.scoring.in_force(row.site.as_deref());
        let people = self.people().await?;
        let changes = self.live_changes(&self.store.read).await?;
        let areas: Vec<String> = row.area.iter().cloned().collect();
        let outdated = |at: i64| changes.since(row.site.as_deref(), &areas, from_micros(at).date_naive());
        let mut scores = Vec::new();
        for row in current_scores(&self.store.read, row.id).await? {
            let Some(Member { name, email, .. }) = people.get(&row.person_id).cloned() else { continue };
            let (at, outdated_by) = (from_micros(row.at), outdated(row.at));
            scores.push(Score { by: name, email, at, outdated_by, judgement: to_judgement(&row)? });
        }
        scores.sort_by(|a, b| {
            let place = |one: &Score| (one.judgement.model != in_force, one.judgement.model);
            place(a).cmp(&place(b)).then_with(|| a.by.cmp(&b.by))
        });
        Ok(scores)
    }
}
