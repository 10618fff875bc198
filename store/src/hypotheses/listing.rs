//! The ranked list: filters over one index per order, pages by cursor, totals by counter or up to a cap.

use super::operations::stage_counter;
use super::rows::{hypothesis, hypothesis_tag, to_hypothesis};
use crate::access::{Right, Scope};
use crate::counters;
use crate::errors::Result;
use crate::experiments::rows::{test, test_hypothesis};
use crate::paging::{Ordering, PageRequest, Rows, count_to, numbered, numbers_of, rows_of};
use crate::scoring::score;
use domain::accounts::Member;
use domain::experiments::{Outcome, State};
use domain::hypotheses::{BacklogQuery, Hypothesis, SortKey, Stage};
use domain::page::{COUNT_CAP, Page, TAB_CAP};
use domain::search::{Kind, Span};
use domain::sites::Device;
use sea_orm::sea_query::{CaseStatement, Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select};
use std::collections::HashMap;

use hypothesis::Column;

impl<R: Right> Scope<R> {
    /// A page of hypotheses in the order asked for, each with its rank in this list.
    pub async fn backlog(&self, query: &BacklogQuery) -> Result<Page<Hypothesis>> {
        let people = self.people().await?;
        let filtered = self.filtered(query, self.found_hypotheses(query).await?, &people);
        let (total, total_is_minimum) = self.total(query, &filtered, COUNT_CAP).await?;
        let order = ordering(query);
        let wanted = PageRequest::new(&query.cursor, query.limit);
        let Rows { rows, before, next } = rows_of(&self.store.read, filtered, order, &wanted).await?;
        let mut items = Vec::with_capacity(rows.len());
        for (row, rank) in rows.into_iter().zip(before + 1..) {
            let mut hypothesis = to_hypothesis(row, &people)?;
            hypothesis.rank = Some(rank);
            items.push(hypothesis);
        }
        Ok(Page { items, next, total, total_is_minimum })
    }

    /// The numbers of the first so many hypotheses that fit, in the order asked for; of these alone, if some were found.
    pub(crate) async fn listed_hypotheses(&self, query: &BacklogQuery, found: Option<Vec<i64>>, most: u64) -> Result<Vec<i64>> {
        let people = self.people().await?;
        numbers_of(&self.store.read, self.filtered(query, found, &people), ordering(query), Column::Number, most).await
    }

    /// How long the list is, or at least, as it stands beside its view.
    pub(crate) async fn backlog_total(&self, query: &BacklogQuery) -> Result<(u64, bool)> {
        let people = if query.owner.is_empty() { HashMap::new() } else { self.people().await? };
        let filtered = self.filtered(query, self.found_hypotheses(query).await?, &people);
        self.total(query, &filtered, TAB_CAP).await
    }

    async fn found_hypotheses(&self, query: &BacklogQuery) -> Result<Option<Vec<i64>>> {
        match &query.q {
            Some(words) => self.best_matches(Kind::Hypothesis, words).await.map(Some),
            None => Ok(None),
        }
    }

    fn filtered(&self, query: &BacklogQuery, found: Option<Vec<i64>>, people: &HashMap<i64, Member>) -> Select<hypothesis::Entity> {
        let here = hypothesis::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id));
        let mut select = numbered(here, Column::Number, found).filter(Column::Archived.eq(false));
        if !query.stage.is_empty() {
            select = select.filter(Column::Stage.is_in(query.stage.iter().map(|stage| stage.place())));
        }
        for (column, values) in
            [(Column::Site, &query.site), (Column::Area, &query.area), (Column::Audience, &query.audience), (Column::Lever, &query.lever)]
        {
            if !values.is_empty() {
                select = select.filter(column.is_in(values.iter().map(String::as_str)));
            }
        }
        if !query.device.is_empty() {
            let bits = i64::from(Device::to_bits(&query.device));
            select = select.filter(Expr::col(Column::Devices).bit_and(bits).ne(0));
        }
        if !query.owner.is_empty() {
            select = select.filter(self.owned_by(&query.owner, people));
        }
        if !query.tag.is_empty() {
            let tagged = hypothesis_tag::Entity::find()
                .select_only()
                .column(hypothesis_tag::Column::HypothesisId)
                .filter(hypothesis_tag::Column::WorkspaceId.eq(self.workspace_id))
                .filter(hypothesis_tag::Column::Tag.is_in(query.tag.iter().map(String::as_str)));
            select = select.filter(Column::Id.in_subquery(tagged.into_query()));
        }
        if !query.evidence.is_empty() {
            select = select.filter(Column::EvidenceStrength.is_in(query.evidence.iter().map(|strength| strength.slug())));
        }
        select = within(select, Column::EvidenceTenths, query.confidence, 100);
        select = within(select, Column::ScoreMilli, query.score, 1);
        if !query.outcome.is_empty() {
            select = select.filter(Column::Id.in_subquery(self.with_outcome(&query.outcome)));
        }
        if query.unscored {
            select = select.filter(Expr::exists(self.my_score()).not());
        }
        select
    }

    /// Owners by e-mail, by name or first name, `me` for whoever asks, `none` for nobody.
    fn owned_by(&self, asked: &[String], people: &HashMap<i64, Member>) -> Condition {
        let named = |member: &Member, name: &String| {
            let full = member.name.to_lowercase();
            *name == member.email || *name == full || full.split(' ').next() == Some(name.as_str())
        };
        let ids = people.iter().filter(|(_, member)| asked.iter().any(|name| named(member, name))).map(|(id, _)| *id);
        let mut any = Condition::any().add(Column::OwnerId.is_in(ids));
        if let Some(me) = self.person_id.filter(|_| asked.iter().any(|name| name == "me")) {
            any = any.add(Column::OwnerId.eq(me));
        }
        if asked.iter().any(|name| name == "none") {
            any = any.add(Column::OwnerId.is_null());
        }
        any
    }

    /// The hypotheses of which a concluded test found this.
    fn with_outcome(&self, outcomes: &[Outcome]) -> SelectStatement {
        let concluded = test::Entity::find()
            .select_only()
            .column(test::Column::Id)
            .filter(test::Column::WorkspaceId.eq(self.workspace_id))
            .filter(test::Column::State.eq(State::Concluded.slug()))
            .filter(test::Column::Outcome.is_in(outcomes.iter().map(|outcome| outcome.slug())));
        let tested = test_hypothesis::Entity::find().select_only().column(test_hypothesis::Column::HypothesisId);
        tested.filter(test_hypothesis::Column::TestId.in_subquery(concluded.into_query())).into_query()
    }

    /// The asking person's present score of the hypothesis in the outer query, by the model that ranks it.
    fn my_score(&self) -> SelectStatement {
        Query::select()
            .expr(Expr::val(1))
            .from(score::Entity)
            .and_where(Expr::col((score::Entity, score::Column::HypothesisId)).equals((hypothesis::Entity, Column::Id)))
            .and_where(Expr::col((score::Entity, score::Column::PersonId)).eq(self.person_id.unwrap_or(0)))
            .and_where(Expr::col((score::Entity, score::Column::Current)).eq(true))
            .and_where(Expr::col((score::Entity, score::Column::Model)).eq(self.model_in_force()))
            .to_owned()
    }

    /// The model that ranks the hypothesis in the outer query.
    fn model_in_force(&self) -> Expr {
        let scoring = &self.workspace().settings.scoring;
        let mut sites = scoring.sites.iter();
        let Some((site, model)) = sites.next() else { return Expr::val(scoring.model.slug()) };
        let of = |site: &String| Expr::col((hypothesis::Entity, Column::Site)).eq(site.as_str());
        let first = CaseStatement::new().case(of(site), model.slug());
        sites.fold(first, |case, (site, model)| case.case(of(site), model.slug())).finally(scoring.model.slug()).into()
    }

    /// How long the list is: counters know it while nothing but stages narrows it, else rows are counted to the cap.
    async fn total(&self, query: &BacklogQuery, filtered: &Select<hypothesis::Entity>, cap: u64) -> Result<(u64, bool)> {
        let (count, cap) = if query.narrows_by_stage_alone() {
            let counts = counters::read(&self.store.read, self.workspace_id).await?;
            let wanted = |stage: &&Stage| query.stage.is_empty() || query.stage.contains(stage);
            let sum: i64 = Stage::ALL.iter().filter(wanted).filter_map(|stage| counts.get(&stage_counter(*stage))).sum();
            (u64::try_from(sum).unwrap_or(0), COUNT_CAP)
        } else {
            (count_to(&self.store.read, filtered, Column::Id, cap).await?, cap)
        };
        Ok((std::cmp::min(count, cap), count > cap))
    }
}

fn ordering(query: &BacklogQuery) -> Ordering<'static, Column> {
    Ordering { name: query.sort.slug(), columns: order_columns(query.sort.key), descending: query.sort.descending }
}

/// Rows whose stored figure lies in the span. A figure of 1 is `1000 / unit` there, and the unknown, -1, never fits.
fn within(select: Select<hypothesis::Entity>, column: Column, span: Option<Span>, unit: i64) -> Select<hypothesis::Entity> {
    let Some(Span { low, high }) = span else { return select };
    let up = |milli: i64| -(-milli).div_euclid(unit);
    let select = select.filter(column.gte(low.map_or(0, up)));
    match high {
        Some(high) => select.filter(column.lte(high.div_euclid(unit))),
        None => select,
    }
}

/// What each order compares, each in the same direction; all have an index behind workspace and archive flag.
fn order_columns(key: SortKey) -> &'static [Column] {
    match key {
        SortKey::Score => &[Column::ScoreMilli, Column::ExpectedMid, Column::Seniority],
        SortKey::ExpectedValue => &[Column::ExpectedMid, Column::Seniority],
        SortKey::Evidence => &[Column::EvidenceTenths, Column::Seniority],
        SortKey::CreatedAt => &[Column::CreatedAt, Column::Seniority],
        SortKey::UpdatedAt => &[Column::UpdatedAt, Column::Seniority],
        SortKey::Stage => &[Column::Stage, Column::Seniority],
    }
}
