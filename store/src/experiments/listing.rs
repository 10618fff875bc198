//! The list of tests: filters over one index per order, pages by cursor, totals by counter or up to a cap.

use super::rows::{test, test_hypothesis};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::hypotheses::rows::{hypothesis, parse_number};
use crate::paging::{Ordering, PageRequest, Rows, count_to, numbered, numbers_of, rows_of};
use domain::experiments::{SortKey, State, Test, TestQuery};
use domain::page::{COUNT_CAP, Page, TAB_CAP};
use domain::search::Kind;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use test::Column;

impl<R: Right> Scope<R> {
    /// A page of tests in the order asked for.
    pub async fn tests(&self, query: &TestQuery) -> Result<Page<Test>> {
        let filtered = self.filtered_tests(query, self.found_tests(query).await?);
        let (total, total_is_minimum) = self.test_total(query, &filtered, COUNT_CAP).await?;
        let order = ordering(query);
        let wanted = PageRequest::new(&query.cursor, query.limit);
        let Rows { rows, next, .. } = rows_of(&self.store.read, filtered, order, &wanted).await?;
        Ok(Page { items: self.to_tests(rows).await?, next, total, total_is_minimum })
    }

    /// The numbers of the first so many tests that fit, in the order asked for; of these alone, if some were found.
    pub(crate) async fn listed_tests(&self, query: &TestQuery, found: Option<Vec<i64>>, most: u64) -> Result<Vec<i64>> {
        numbers_of(&self.store.read, self.filtered_tests(query, found), ordering(query), Column::Number, most).await
    }

    /// How long the list is, or at least, as it stands beside its view.
    pub(crate) async fn tests_total(&self, query: &TestQuery) -> Result<(u64, bool)> {
        let filtered = self.filtered_tests(query, self.found_tests(query).await?);
        self.test_total(query, &filtered, TAB_CAP).await
    }

    async fn found_tests(&self, query: &TestQuery) -> Result<Option<Vec<i64>>> {
        match &query.q {
            Some(words) => self.best_matches(Kind::Test, words).await.map(Some),
            None => Ok(None),
        }
    }

    fn filtered_tests(&self, query: &TestQuery, found: Option<Vec<i64>>) -> Select<test::Entity> {
        let here = test::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
        let mut select = numbered(here, Column::Number, found);
        if !query.state.is_empty() {
            select = select.filter(Column::State.is_in(query.state.iter().map(|state| state.slug())));
        }
        if let Some(imported) = query.imported {
            select = select.filter(Column::Imported.eq(imported));
        }
        if !query.kind.is_empty() {
            select = select.filter(Column::Kind.is_in(query.kind.iter().map(|kind| kind.slug())));
        }
        if !query.outcome.is_empty() {
            select = select.filter(Column::Outcome.is_in(query.outcome.iter().map(|outcome| outcome.slug())));
        }
        for (column, values) in [(Column::Site, &query.site), (Column::Area, &query.area)] {
            if !values.is_empty() {
                select = select.filter(column.is_in(values.iter().map(String::as_str)));
            }
        }
        if !query.hypothesis.is_empty() {
            let numbers = query.hypothesis.iter().filter_map(|number| parse_number("H", number).ok());
            let held = hypothesis::Entity::find()
                .select_only()
                .column(hypothesis::Column::Id)
                .filter(hypothesis::Column::WorkspaceId.eq(self.workspace_id))
                .filter(hypothesis::Column::Number.is_in(numbers));
            let linked = test_hypothesis::Entity::find()
                .select_only()
                .column(test_hypothesis::Column::TestId)
                .filter(test_hypothesis::Column::HypothesisId.in_subquery(held.into_query()));
            select = select.filter(Column::Id.in_subquery(linked.into_query()));
        }
        select
    }

    /// How long the list is: counters know it while nothing but states narrows it, else rows are counted to the cap.
    async fn test_total(&self, query: &TestQuery, filtered: &Select<test::Entity>, cap: u64) -> Result<(u64, bool)> {
        let (count, cap) = if query.narrows_by_state_alone() {
            let mut count = 0;
            for imported in [false, true].into_iter().filter(|kind| query.imported.is_none_or(|wanted| wanted == *kind)) {
                let counts = self.test_counts(imported).await?;
                let wanted = |state: &&State| query.state.is_empty() || query.state.contains(state);
                count += State::ALL.iter().filter(wanted).filter_map(|state| counts.get(state)).sum::<u64>();
            }
            (count, COUNT_CAP)
        } else {
            (count_to(&self.store.read, filtered, Column::Id, cap).await?, cap)
        };
        Ok((std::cmp::min(count, cap), count > cap))
    }
}

fn ordering(query: &TestQuery) -> Ordering<'static, Column> {
    Ordering { name: query.sort.slug(), columns: order_columns(query.sort.key), descending: query.sort.descending }
}

/// What each order compares, each in the same direction; all have an index behind the workspace.
fn order_columns(key: SortKey) -> &'static [Column] {
    match key {
        SortKey::CreatedAt => &[Column::CreatedAt, Column::Seniority],
        SortKey::StartedOn => &[Column::StartedDay, Column::Seniority],
    }
}
