//! The list of learnings: filters, pages by cursor, totals by counter or up to a cap.

use super::operations::outcome_counter;
use super::rows::{learning, learning_area, learning_audience, to_learning};
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::Result;
use crate::experiments::rows::{decision, to_decision};
use crate::paging::{Ordering, PageRequest, Rows, count_to, numbered, numbers_of, rows_of};
use domain::experiments::{Decision, Outcome};
use domain::learnings::{Learning, LearningQuery};
use domain::page::{COUNT_CAP, Page, TAB_CAP};
use domain::search::Kind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use std::collections::HashMap;

use learning::Column;

/// The one order: when it was recorded, the newest number first among equals.
const ORDER: [Column; 2] = [Column::CreatedAt, Column::Seniority];

impl<R: Right> Scope<R> {
    /// A page of learnings in the order asked for.
    pub async fn learnings(&self, query: &LearningQuery) -> Result<Page<Learning>> {
        let filtered = self.filtered_learnings(query, self.found_learnings(query).await?);
        let (total, total_is_minimum) = self.learning_total(query, &filtered, COUNT_CAP).await?;
        let order = ordering(query);
        let wanted = PageRequest::new(&query.cursor, query.limit);
        let Rows { rows, next, .. } = rows_of(&self.store.read, filtered, order, &wanted).await?;
        Ok(Page { items: self.to_learnings(rows).await?, next, total, total_is_minimum })
    }

    /// The numbers of the first so many learnings that fit, in the order asked for; of these alone, if some were found.
    pub(crate) async fn listed_learnings(&self, query: &LearningQuery, found: Option<Vec<i64>>, most: u64) -> Result<Vec<i64>> {
        numbers_of(&self.store.read, self.filtered_learnings(query, found), ordering(query), Column::Number, most).await
    }

    /// How long the list is, or at least, as it stands beside its view.
    pub(crate) async fn learnings_total(&self, query: &LearningQuery) -> Result<(u64, bool)> {
        let filtered = self.filtered_learnings(query, self.found_learnings(query).await?);
        self.learning_total(query, &filtered, TAB_CAP).await
    }

    async fn found_learnings(&self, query: &LearningQuery) -> Result<Option<Vec<i64>>> {
        match &query.q {
            Some(words) => self.best_matches(Kind::Learning, words).await.map(Some),
            None => Ok(None),
        }
    }

    async fn to_learnings(&self, rows: Vec<learning::Model>) -> Result<Vec<Learning>> {
        let people = self.people().await?;
        let changes = self.live_changes(&self.store.read).await?;
        let mut steps: HashMap<i64, Vec<Decision>> = HashMap::new();
        let decisions = decision::Entity::find().filter(decision::Column::LearningId.is_in(rows.iter().map(|row| row.id)));
        for row in decisions.order_by_asc(decision::Column::Id).all(&self.store.read).await? {
            steps.entry(row.learning_id).or_default().push(to_decision(row)?);
        }
        rows.into_iter()
            .map(|row| {
                let decisions = steps.remove(&row.id).unwrap_or_default();
                to_learning(row, &people, decisions, &changes)
            })
            .collect()
    }

    fn filtered_learnings(&self, query: &LearningQuery, found: Option<Vec<i64>>) -> Select<learning::Entity> {
        let here = learning::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
        let mut select = numbered(here, Column::Number, found);
        if !query.outcome.is_empty() {
            select = select.filter(Column::Outcome.is_in(query.outcome.iter().map(|outcome| outcome.slug())));
        }
        for (column, values) in [(Column::Lever, &query.lever), (Column::Site, &query.site)] {
            if !values.is_empty() {
                select = select.filter(column.is_in(values.iter().map(String::as_str)));
            }
        }
        macro_rules! listed {
            ($table:ident, $column:ident, $values:expr) => {
                if !$values.is_empty() {
                    let listed = $table::Entity::find()
                        .select_only()
                        .column($table::Column::LearningId)
                        .filter($table::Column::WorkspaceId.eq(self.workspace_id))
                        .filter($table::Column::$column.is_in($values.iter().map(String::as_str)));
                    select = select.filter(Column::Id.in_subquery(listed.into_query()));
                }
            };
        }
        listed!(learning_area, Area, query.area);
        listed!(learning_audience, Audience, query.audience);
        select
    }

    /// How many learnings there are by outcome; none stands for those without one.
    pub async fn learning_counts(&self) -> Result<Vec<(Option<Outcome>, u64)>> {
        let counts = counters::read(&self.store.read, self.workspace_id).await?;
        let count = |outcome| counts.get(&outcome_counter(outcome)).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0);
        Ok(Outcome::RECORDED.into_iter().map(Some).chain([None]).map(|outcome| (outcome, count(outcome))).collect())
    }

    /// How long the list is: counters know it while nothing but outcomes narrows it, else rows are counted to the cap.
    async fn learning_total(&self, query: &LearningQuery, filtered: &Select<learning::Entity>, cap: u64) -> Result<(u64, bool)> {
        let (count, cap) = if query.narrows_by_outcome_alone() {
            let counts = counters::read(&self.store.read, self.workspace_id).await?;
            let all = Outcome::RECORDED.into_iter().map(Some).chain([None]);
            let wanted = all.filter(|outcome| query.outcome.is_empty() || outcome.is_some_and(|outcome| query.outcome.contains(&outcome)));
            let sum: i64 = wanted.filter_map(|outcome| counts.get(&outcome_counter(outcome))).sum();
            (u64::try_from(sum).unwrap_or(0), COUNT_CAP)
        } else {
            (count_to(&self.store.read, filtered, Column::Id, cap).await?, cap)
        };
        Ok((std::cmp::min(count, cap), count > cap))
    }
}

fn ordering(query: &LearningQuery) -> Ordering<'static, Column> {
    Ordering { name: query.sort.slug(), columns: &ORDER, descending: query.sort.descending }
}
