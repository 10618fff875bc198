//! The list of evidence: filters over one index per order, pages by cursor, totals by counter or up to a cap.

use super::rows::{evidence, evidence_area, evidence_audience, evidence_tag};
use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::paging::{Ordering, PageRequest, Rows, count_to, numbered, numbers_of, rows_of};
use crate::time::to_day;
use chrono::NaiveDate;
use domain::evidence::{Class, Evidence, EvidenceQuery, FreshnessWord, SortKey, Weights, observed_between};
use domain::page::{COUNT_CAP, Page, TAB_CAP};
use domain::search::Kind;
use domain::sites::Device;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use evidence::Column;

impl<R: Right> Scope<R> {
    /// A page of evidence in the order asked for.
    pub async fn evidence_list(&self, query: &EvidenceQuery) -> Result<Page<Evidence>> {
        let filtered = self.filtered_evidence(query, self.found_evidence(query).await?);
        let (total, total_is_minimum) = self.evidence_total(query, &filtered, COUNT_CAP).await?;
        let order = ordering(query);
        let wanted = PageRequest::new(&query.cursor, query.limit);
        let Rows { rows, next, .. } = rows_of(&self.store.read, filtered, order, &wanted).await?;
        let people = self.people().await?;
        let items = self.to_evidence_list(&self.store.read, rows, &people).await?;
        Ok(Page { items, next, total, total_is_minimum })
    }

    /// The numbers of the first so many pieces of evidence that fit, in the order asked for; of these alone, if some were found.
    pub(crate) async fn listed_evidence(&self, query: &EvidenceQuery, found: Option<Vec<i64>>, most: u64) -> Result<Vec<i64>> {
        numbers_of(&self.store.read, self.filtered_evidence(query, found), ordering(query), Column::Number, most).await
    }

    /// How long the list is, or at least, as it stands beside its view.
    pub(crate) async fn evidence_list_total(&self, query: &EvidenceQuery) -> Result<(u64, bool)> {
        let filtered = self.filtered_evidence(query, self.found_evidence(query).await?);
        self.evidence_total(query, &filtered, TAB_CAP).await
    }

    async fn found_evidence(&self, query: &EvidenceQuery) -> Result<Option<Vec<i64>>> {
        match &query.q {
            Some(words) => self.best_matches(Kind::Evidence, words).await.map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn filtered_evidence(&self, query: &EvidenceQuery, found: Option<Vec<i64>>) -> Select<evidence::Entity> {
        let here = evidence::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
        let mut select = numbered(here, Column::Number, found).filter(Column::Archived.eq(false));
        if !query.class.is_empty() {
            select = select.filter(Column::Class.is_in(query.class.iter().map(|class| class.slug())));
        }
        if !query.kind.is_empty() {
            select = select.filter(Column::Kind.is_in(query.kind.iter().map(|kind| kind.slug())));
        }
        if !query.site.is_empty() {
            select = select.filter(Column::Site.is_in(query.site.iter().map(String::as_str)));
        }
        if !query.device.is_empty() {
            let bits = i64::from(Device::to_bits(&query.device));
            select = select.filter(Expr::col(Column::Devices).bit_and(bits).ne(0));
        }
        macro_rules! listed {
            ($table:ident, $column:ident, $values:expr) => {
                if !$values.is_empty() {
                    let listed = $table::Entity::find()
                        .select_only()
                        .column($table::Column::EvidenceId)
                        .filter($table::Column::WorkspaceId.eq(self.workspace_id))
                        .filter($table::Column::$column.is_in($values.iter().map(String::as_str)));
                    select = select.filter(Column::Id.in_subquery(listed.into_query()));
                }
            };
        }
        listed!(evidence_area, Area, query.area);
        listed!(evidence_audience, Audience, query.audience);
        listed!(evidence_tag, Tag, query.tag);
        if !query.freshness.is_empty() {
            select = select.filter(as_fresh_as(&query.freshness, self.now().date_naive(), &self.workspace().settings.evidence));
        }
        if query.unused {
            select = select.filter(Column::Uses.eq(0));
        }
        if query.used {
            select = select.filter(Column::Uses.gt(0));
        }
        select
    }

    /// How long the list is: counters know it while only kind and class narrow it, else rows are counted to the cap.
    async fn evidence_total(&self, query: &EvidenceQuery, filtered: &Select<evidence::Entity>, cap: u64) -> Result<(u64, bool)> {
        let (count, cap) = if query.narrows_by_kind_alone() {
            let counts = self.evidence_counts().await?;
            (query.kinds_left().filter_map(|kind| counts.get(&kind)).sum(), COUNT_CAP)
        } else {
            (count_to(&self.store.read, filtered, Column::Id, cap).await?, cap)
        };
        Ok((std::cmp::min(count, cap), count > cap))
    }
}

fn ordering(query: &EvidenceQuery) -> Ordering<'static, Column> {
    Ordering { name: query.sort.slug(), columns: order_columns(query.sort.key), descending: query.sort.descending }
}

/// Each class fades at its own pace and a site change takes half at once, so a word means other days in each of them.
fn as_fresh_as(words: &[FreshnessWord], today: NaiveDate, weights: &Weights) -> Condition {
    let mut any = Condition::any();
    let kinds = Class::ALL.into_iter().flat_map(|class| [(class, false), (class, true)]);
    for ((class, halved), word) in kinds.flat_map(|kind| words.iter().map(move |word| (kind, *word))) {
        let Some((from, to)) = observed_between(class, word, halved, today, weights) else { continue };
        let mut all = Condition::all().add(Column::Class.eq(class.slug())).add(Column::Halved.eq(halved));
        all = all.add_option(from.map(|from| Column::ObservedDay.gte(to_day(from))));
        any = any.add(all.add_option(to.map(|to| Column::ObservedDay.lte(to_day(to)))));
    }
    any
}

/// What each order compares, each in the same direction; all have an index behind workspace and archive flag.
fn order_columns(key: SortKey) -> &'static [Column] {
    match key {
        SortKey::Observed => &[Column::ObservedDay, Column::Seniority],
        SortKey::CreatedAt => &[Column::CreatedAt, Column::Seniority],
        SortKey::UpdatedAt => &[Column::UpdatedAt, Column::Seniority],
    }
}
