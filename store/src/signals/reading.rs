//! Rows as the domain reads them: each beside the pages of its site, device and period, and beside its row before.
//! Money is taken out here for those who may not see it.

use super::rows::{behaviours, signal, to_device, to_peer};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::evidence::rows::evidence;
use crate::time::{from_day, from_micros};
use domain::signals::{Change, PAGES_COMPARED, Signal, Usual, could_be_worth, per_week, reading};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use std::collections::HashMap;

use signal::Column;

/// Site, device, first and last day.
type Group = (String, i64, i64, i64);

fn group_of(row: &signal::Model) -> Group {
    (row.site.clone(), row.device, row.period_from, row.period_to)
}

impl<R: Right> Scope<R> {
    /// Reads rows in their order.
    pub(super) async fn read_signals(&self, rows: Vec<signal::Model>) -> Result<Vec<Signal>> {
        let earlier = self.rows_before(&rows).await?;
        let worths = self.value_inputs(&rows).await?;
        let made = self.evidence_numbers(&self.store.read, rows.iter().filter_map(|row| row.evidence_id)).await?;
        let mut usual: HashMap<Group, Usual> = HashMap::new();
        let mut read = Vec::with_capacity(rows.len());
        for row in rows {
            let group = group_of(&row);
            if !usual.contains_key(&group) {
                usual.insert(group.clone(), self.usual(&group).await?);
            }
            let usual = usual.get(&group).cloned().unwrap_or_default();
            let mut found = reading(row.visits, row.exits, behaviours(&row), usual);
            found.change = earlier.get(&row.id).map(|before| change(&row, before));
            let visits_a_year = per_week(row.visits, from_day(row.period_from), from_day(row.period_to)) / 7.0 * 365.0;
            let inputs = worths.of(&row);
            found.could_be_worth = could_be_worth(found.exit_rate, &found.usual, visits_a_year, row.area.is_some(), inputs);
            if !self.sees_money() {
                found.could_be_worth = found.could_be_worth.without_money();
            }
            read.push(to_signal(&row, found, row.evidence_id.and_then(|id| made.get(&id).cloned())));
        }
        Ok(read)
    }

    async fn usual(&self, (site, device, from, to): &Group) -> Result<Usual> {
        let peers = signal::Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace_id))
            .filter(Column::Site.eq(site.as_str()))
            .filter(Column::Device.eq(*device))
            .filter(Column::PeriodFrom.eq(*from))
            .filter(Column::PeriodTo.eq(*to))
            .filter(Column::Archived.eq(false))
            .order_by_desc(Column::Exits)
            .order_by_desc(Column::Seniority)
            .limit(PAGES_COMPARED);
        let peers: Vec<_> = peers.all(&self.store.read).await?.iter().map(to_peer).collect();
        Ok(Usual::of(&peers))
    }

    /// The row of the same page on the same device that ended last before each of these began.
    async fn rows_before(&self, rows: &[signal::Model]) -> Result<HashMap<i64, signal::Model>> {
        let ids: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = format!(
            "SELECT s.id AS id, (SELECT p.id FROM signal p WHERE p.workspace_id = s.workspace_id AND p.site = s.site AND p.path = s.path \
             AND p.device = s.device AND p.archived = $2 AND p.period_to < s.period_from ORDER BY p.period_to DESC LIMIT 1) AS earlier \
             FROM signal s WHERE s.workspace_id = $1 AND s.id IN ({})",
            ids.join(", ")
        );
        let values = [self.workspace_id.into(), false.into()];
        let statement = Statement::from_sql_and_values(self.store.read.get_database_backend(), sql, values);
        let mut pairs: Vec<(i64, i64)> = Vec::new();
        for row in self.store.read.query_all_raw(statement).await? {
            let before: Option<i64> = row.try_get("", "earlier")?;
            pairs.extend(before.map(|before| row.try_get("", "id").map(|id| (id, before))).transpose()?);
        }
        let found = signal::Entity::find().filter(Column::Id.is_in(pairs.iter().map(|(_, before)| *before)));
        let found: HashMap<i64, signal::Model> = found.all(&self.store.read).await?.into_iter().map(|row| (row.id, row)).collect();
        Ok(pairs.into_iter().filter_map(|(id, before)| Some((id, found.get(&before)?.clone()))).collect())
    }

    async fn evidence_numbers(&self, db: &impl ConnectionTrait, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, String>> {
        let here = evidence::Entity::find().filter(evidence::Column::WorkspaceId.eq(self.workspace_id));
        let found = here.filter(evidence::Column::Id.is_in(ids)).select_only().columns([evidence::Column::Id, evidence::Column::Number]);
        let found: Vec<(i64, i64)> = found.into_tuple().all(db).await?;
        Ok(found.into_iter().map(|(id, number)| (id, format!("E-{number}"))).collect())
    }

    /// The number of a piece of evidence, where there is one.
    pub(super) async fn evidence_number(&self, db: &impl ConnectionTrait, id: Option<i64>) -> Result<Option<String>> {
        Ok(self.evidence_numbers(db, id.into_iter()).await?.into_values().next())
    }
}

fn change(row: &signal::Model, before: &signal::Model) -> Change {
    let weekly = |row: &signal::Model| per_week(row.exits, from_day(row.period_from), from_day(row.period_to));
    let then = weekly(before);
    let share = (then > 0.0).then(|| weekly(row) / then - 1.0);
    Change { share, from: from_day(before.period_from), to: from_day(before.period_to) }
}

fn to_signal(row: &signal::Model, reading: domain::signals::Reading, evidence: Option<String>) -> Signal {
    Signal {
        id: row.number,
        page: row.page.clone(),
        path: row.path.clone(),
        site: row.site.clone(),
        area: row.area.clone(),
        device: to_device(row.device),
        from: from_day(row.period_from),
        to: from_day(row.period_to),
        visits: row.visits,
        exits: row.exits,
        hesitation: row.hesitation,
        scroll_loop: row.scroll_loop,
        exit_intent: row.exit_intent,
        exits_per_week: row.exits_per_week,
        latest: row.latest,
        reading,
        evidence,
        archived: row.archived,
        version: row.version,
        created_at: from_micros(row.created_at),
        updated_at: from_micros(row.updated_at),
    }
}
