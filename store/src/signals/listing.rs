//! The list of the inventory: filters over one index per order, pages by cursor, totals by counter or up to a cap.

use super::pages_counter;
use super::rows::signal;
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::Result;
use crate::paging::{Ordering, PageRequest, Rows, count_to_cap, rows_of};
use crate::time::{from_day, to_day};
use chrono::NaiveDate;
use domain::page::{COUNT_CAP, Page};
use domain::signals::{Period, Signal, SignalQuery, SortKey};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use signal::Column;

/// So many periods are offered.
const PERIODS: u64 = 12;

impl<R: Right> Scope<R> {
    /// One row; an archived one too, which says so.
    pub async fn signal(&self, number: i64) -> Result<Signal> {
        let row = self.signal_row(&self.store.read, number).await?;
        let mut read = self.read_signals(vec![row]).await?;
        read.pop().ok_or(crate::errors::StoreError::NotFound)
    }

    /// A page of rows in the order asked for.
    pub async fn signal_list(&self, query: &SignalQuery) -> Result<Page<Signal>> {
        let filtered = self.filtered_signals(query);
        let count =
            if query.is_whole() { self.signal_pages().await? } else { count_to_cap(&self.store.read, &filtered, Column::Id).await? };
        let order = Ordering {
            name: format!("signals {}", query.sort.slug()),
            columns: order_columns(query.sort.key),
            descending: query.sort.descending,
        };
        let wanted = PageRequest::new(&query.cursor, query.limit);
        let Rows { rows, next, .. } = rows_of(&self.store.read, filtered, order, &wanted).await?;
        let items = self.read_signals(rows).await?;
        Ok(Page { items, next, total: count.min(COUNT_CAP), total_is_minimum: count > COUNT_CAP })
    }

    /// How many pages the inventory has, each once per device.
    pub async fn signal_pages(&self) -> Result<u64> {
        let counters = counters::read(&self.store.read, self.workspace_id).await?;
        Ok(counters.get(&pages_counter()).and_then(|count| u64::try_from(*count).ok()).unwrap_or(0))
    }

    /// The last days of the newest periods, to choose from.
    pub async fn signal_periods(&self) -> Result<Vec<NaiveDate>> {
        let here = signal::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id)).filter(Column::Archived.eq(false));
        let days = here.select_only().column(Column::PeriodTo).distinct().order_by_desc(Column::PeriodTo).limit(PERIODS);
        let days: Vec<i64> = days.into_tuple().all(&self.store.read).await?;
        Ok(days.into_iter().map(from_day).collect())
    }

    fn filtered_signals(&self, query: &SignalQuery) -> Select<signal::Entity> {
        let mut select = signal::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id)).filter(Column::Archived.eq(false));
        select = match query.period {
            Period::Latest => select.filter(Column::Latest.eq(true)),
            Period::All => select,
            Period::Ending(day) => select.filter(Column::PeriodTo.eq(to_day(day))),
        };
        if !query.site.is_empty() {
            select = select.filter(Column::Site.is_in(query.site.iter().map(String::as_str)));
        }
        if !query.device.is_empty() {
            select = select.filter(Column::Device.is_in(query.device.iter().map(|device| device.bit())));
        }
        select
    }
}

/// What each order compares, each in the same direction.
fn order_columns(key: SortKey) -> &'static [Column] {
    match key {
        SortKey::ExitsPerWeek => &[Column::ExitsPerWeek, Column::Seniority],
        SortKey::ExitRate => &[Column::ExitRate, Column::Seniority],
    }
}
