//! The stored evidence confidence: computed again whenever an input changes, and once a day because evidence fades.
//! It is derived, so it changes neither version nor "updated"; only a move of the stage that follows from it does.

use super::rows::{evidence, evidence_link, to_direction, to_kind, to_worth};
use crate::access::{Actor, Contribute, Right, Scope};
use crate::accounts::rows::workspace;
use crate::activity::NewEvent;
use crate::connection::Store;
use crate::errors::Result;
use crate::hypotheses::rows::hypothesis;
use crate::json;
use crate::sites::names_of;
use crate::time::{from_day, to_day};
use chrono::NaiveDate;
use domain::activity::Subject;
use domain::evidence::{Confidence, Item, Weights, confidence};
use domain::hypotheses::EvidenceSummary;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::HashMap;

/// So many hypotheses are renewed at a time; the daily job lets others write in between.
pub(super) const CHUNK: u64 = 200;

/// Why a piece of evidence weighs something else.
pub(super) enum Cause<'a> {
    Evidence {
        number: &'a str,
        action: &'a str,
    },
    /// What is told of a site change: "checkout relaunch, 3 Nov 2026".
    SiteChange {
        told: &'a str,
    },
}

/// What a renewal is reckoned by.
struct Today {
    weights: Weights,
    day: i64,
}

/// A hypothesis whose stored confidence is true again.
pub(super) struct Renewed {
    pub row: hypothesis::Model,
    pub summary: EvidenceSummary,
    /// How many items supported it before.
    supports_before: i64,
}

impl Store {
    /// Renews the confidence of every workspace: the daily job. Answers how many were not of this day yet.
    pub async fn renew_confidence(&self, today: NaiveDate) -> Result<u64> {
        let mut renewed = 0;
        for row in workspace::Entity::find().order_by_asc(workspace::Column::Id).all(&self.read).await? {
            renewed += self.scope::<Contribute>(&Actor::Operator, &row.slug).await?.renew_confidence(today).await?;
        }
        Ok(renewed)
    }
}

impl Scope<Contribute> {
    /// Renews what is stored of an earlier day; whenever and however often it runs, the answer is the same.
    pub async fn renew_confidence(&self, today: NaiveDate) -> Result<u64> {
        let (mut after, mut renewed) = (0, 0);
        loop {
            let ids = self.linked_after(&self.store.read, after).await?;
            let Some(last) = ids.last() else { return Ok(renewed) };
            after = *last;
            let tx = self.begin().await?;
            let on = Today { weights: self.settings_now(&tx).await?.evidence, day: to_day(today) };
            let rows = hypothesis::Entity::find().filter(hypothesis::Column::Id.is_in(ids));
            let rows = rows.filter(hypothesis::Column::EvidenceDay.lt(on.day)).all(&tx).await?;
            renewed += rows.len() as u64;
            let items = items_of(&tx, rows.iter().map(|row| row.id)).await?;
            let mut unchanged = Vec::new();
            for row in rows {
                let renewed = reckon(&row, &items, &on);
                if is_stored(&row, &renewed)? { unchanged.push(row.id) } else { store(&tx, &row, &renewed).await.map(|_| ())? }
            }
            let change = hypothesis::Entity::update_many().col_expr(hypothesis::Column::EvidenceDay, Expr::val(on.day));
            change.filter(hypothesis::Column::Id.is_in(unchanged)).exec(&tx).await?;
            tx.commit().await?;
        }
    }
}

impl<R: Right> Scope<R> {
    /// Renews every linked hypothesis, since the weights themselves changed.
    pub(crate) async fn reweigh_all(&self, tx: &DatabaseTransaction, weights: Weights) -> Result<()> {
        let on = Today { weights, day: to_day(self.now().date_naive()) };
        let mut after = 0;
        loop {
            let ids = self.linked_after(tx, after).await?;
            let Some(last) = ids.last() else { return Ok(()) };
            after = *last;
            for renewed in renew(tx, ids, &on).await? {
                self.follow_support(tx, renewed).await?;
            }
        }
    }

    /// Renews the hypotheses that a piece of evidence is linked to, and records where their confidence moved.
    pub(super) async fn renew_users(&self, tx: &DatabaseTransaction, evidence_id: i64, cause: &Cause<'_>) -> Result<()> {
        let ids: Vec<i64> = evidence_link::Entity::find()
            .select_only()
            .column(evidence_link::Column::HypothesisId)
            .filter(evidence_link::Column::EvidenceId.eq(evidence_id))
            .order_by_asc(evidence_link::Column::HypothesisId)
            .into_tuple()
            .all(tx)
            .await?;
        self.renew_hypotheses(tx, &ids, cause).await
    }

    /// Renews these hypotheses, some at a time, and records where their confidence moved.
    pub(super) async fn renew_hypotheses(&self, tx: &DatabaseTransaction, ids: &[i64], cause: &Cause<'_>) -> Result<()> {
        let on = self.today(tx).await?;
        for chunk in ids.chunks(usize::try_from(CHUNK).unwrap_or(1)) {
            let earlier = summaries(tx, chunk).await?;
            for renewed in renew(tx, chunk.to_vec(), &on).await? {
                if let Some(earlier) = earlier.get(&renewed.row.id).filter(|earlier| **earlier != renewed.summary) {
                    self.record_move(tx, &renewed, earlier, cause).await?;
                }
                self.follow_support(tx, renewed).await?;
            }
        }
        Ok(())
    }

    /// Renews one hypothesis whose link was changed.
    pub(super) async fn renew_one(&self, tx: &DatabaseTransaction, row: hypothesis::Model) -> Result<Renewed> {
        let items = items_of(tx, std::iter::once(row.id)).await?;
        let confidence = reckon(&row, &items, &self.today(tx).await?);
        store(tx, &row, &confidence).await
    }

    /// Renews a hypothesis whose links moved, and lets its stage follow.
    pub(crate) async fn renew_support(&self, tx: &DatabaseTransaction, row: hypothesis::Model) -> Result<()> {
        let renewed = self.renew_one(tx, row).await?;
        self.follow_support(tx, renewed).await
    }

    /// Lets the stage follow when support was gained or the last of it was lost. Other changes leave it where people
    /// put it: a hypothesis that was prioritised without support stays so when it is contradicted.
    pub(super) async fn follow_support(&self, tx: &DatabaseTransaction, renewed: Renewed) -> Result<()> {
        let (before, now) = (renewed.supports_before, renewed.row.supports);
        if now > before || (now == 0 && before > 0) { Box::pin(self.let_stage_follow(tx, renewed.row)).await } else { Ok(()) }
    }

    async fn record_move(&self, tx: &DatabaseTransaction, renewed: &Renewed, earlier: &EvidenceSummary, cause: &Cause<'_>) -> Result<()> {
        let reason = match cause {
            Cause::Evidence { number, action } => format!("{number} was {action}"),
            Cause::SiteChange { told } => (*told).to_owned(),
        };
        let name = format!("H-{}", renewed.row.number);
        let (was, is) = (earlier.confidence, renewed.summary.confidence);
        let told = format!("{reason}: evidence confidence {was:.1} → {is:.1}");
        let event = NewEvent::new(Subject::Hypothesis, &name, "reweighed", told);
        self.record(tx, event.changes(Some(earlier), Some(&renewed.summary))?).await?;
        Ok(())
    }

    async fn today(&self, tx: &DatabaseTransaction) -> Result<Today> {
        Ok(Today { weights: self.settings_now(tx).await?.evidence, day: to_day(self.now().date_naive()) })
    }

    /// The next linked hypotheses of the workspace by id.
    pub(super) async fn linked_after(&self, db: &impl ConnectionTrait, after: i64) -> Result<Vec<i64>> {
        let linked = evidence_link::Entity::find()
            .select_only()
            .column(evidence_link::Column::HypothesisId)
            .distinct()
            .filter(evidence_link::Column::WorkspaceId.eq(self.workspace_id))
            .filter(evidence_link::Column::HypothesisId.gt(after))
            .order_by_asc(evidence_link::Column::HypothesisId);
        Ok(linked.limit(CHUNK).into_tuple().all(db).await?)
    }
}

async fn renew(tx: &DatabaseTransaction, ids: Vec<i64>, on: &Today) -> Result<Vec<Renewed>> {
    let items = items_of(tx, ids.iter().copied()).await?;
    let rows = hypothesis::Entity::find().filter(hypothesis::Column::Id.is_in(ids)).order_by_asc(hypothesis::Column::Id).all(tx).await?;
    let mut renewed = Vec::with_capacity(rows.len());
    for row in rows {
        let confidence = reckon(&row, &items, on);
        renewed.push(store(tx, &row, &confidence).await?);
    }
    Ok(renewed)
}

async fn summaries(tx: &DatabaseTransaction, ids: &[i64]) -> Result<HashMap<i64, EvidenceSummary>> {
    let rows = hypothesis::Entity::find().filter(hypothesis::Column::Id.is_in(ids.iter().copied())).all(tx).await?;
    rows.into_iter().map(|row| Ok((row.id, json::from_text(&row.evidence)?))).collect()
}

/// Never of an earlier day than the one stored: what is entered for a time gone by does not make evidence younger.
fn reckon(row: &hypothesis::Model, items: &HashMap<i64, Vec<Item>>, on: &Today) -> Confidence {
    let items = items.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    confidence(items, &on.weights, from_day(std::cmp::max(on.day, row.evidence_day)))
}

fn is_stored(row: &hypothesis::Model, confidence: &Confidence) -> Result<bool> {
    Ok(row.evidence == json::to_text(&confidence.summary())?)
}

/// Says which of these hypotheses hold another confidence than follows from their evidence on the day that it is of.
pub(crate) async fn check_confidence(
    db: &impl ConnectionTrait,
    rows: &[hypothesis::Model],
    weights: Weights,
    said: &mut Vec<String>,
) -> Result<()> {
    let items = items_of(db, rows.iter().map(|row| row.id)).await?;
    let on = Today { weights, day: 0 };
    for row in rows {
        let found = reckon(row, &items, &on);
        let same = is_stored(row, &found)?
            && row.evidence_tenths == found.tenths()
            && row.evidence_strength == found.summary().strength
            && row.supports == i64::from(found.supports);
        if !same {
            let is = found.summary().confidence;
            said.push(format!("H-{}: the stored evidence confidence is not the {is:.1} that follows from its evidence.", row.number));
        }
    }
    Ok(())
}

async fn store(tx: &DatabaseTransaction, row: &hypothesis::Model, confidence: &Confidence) -> Result<Renewed> {
    let summary = confidence.summary();
    let changed = hypothesis::ActiveModel {
        id: Set(row.id),
        evidence: Set(json::to_text(&summary)?),
        evidence_tenths: Set(confidence.tenths()),
        evidence_strength: Set(summary.strength.clone()),
        evidence_day: Set(to_day(confidence.day)),
        supports: Set(i64::from(confidence.supports)),
        ..hypothesis::ActiveModel::default()
    };
    let supports_before = row.supports;
    let row = hypothesis::Entity::update(changed).exec(tx).await?;
    Ok(Renewed { row, summary, supports_before })
}

/// What is linked to these hypotheses and not archived, as far as it is weighed.
pub(super) async fn items_of(db: &impl ConnectionTrait, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, Vec<Item>>> {
    let links = evidence_link::Entity::find().filter(evidence_link::Column::HypothesisId.is_in(ids));
    let of_them = links.clone().select_only().column(evidence_link::Column::EvidenceId).into_query();
    type Weighed = (i64, i64, String, String, Option<String>, i64, Option<i64>);
    let found: Vec<Weighed> = evidence::Entity::find()
        .select_only()
        .columns([evidence::Column::Id, evidence::Column::Number, evidence::Column::Title, evidence::Column::Kind])
        .columns([evidence::Column::Worth, evidence::Column::ObservedDay, evidence::Column::HalvedBy])
        .filter(evidence::Column::Archived.eq(false))
        .filter(evidence::Column::Id.in_subquery(of_them))
        .into_tuple()
        .all(db)
        .await?;
    let changes = names_of(db, found.iter().filter_map(|one| one.6)).await?;
    let found: HashMap<i64, Weighed> = found.into_iter().map(|one| (one.0, one)).collect();
    let mut items: HashMap<i64, Vec<Item>> = HashMap::new();
    for link in links.all(db).await? {
        let Some((_, number, title, kind, worth, observed, halved_by)) = found.get(&link.evidence_id) else { continue };
        items.entry(link.hypothesis_id).or_default().push(Item {
            number: format!("E-{number}"),
            title: title.clone(),
            kind: to_kind(kind)?,
            worth: to_worth(worth.as_deref()),
            observed: from_day(*observed),
            halved_by: halved_by.and_then(|id| changes.get(&id)).cloned(),
            direction: to_direction(&link.direction)?,
            same_area: link.same_area,
        });
    }
    Ok(items)
}
