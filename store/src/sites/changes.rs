//! Site changes: logging, editing and archiving them. Each renews the evidence that it halves in its own transaction.

use super::clock::today_at;
use super::rows::site_change;
use crate::access::{Configure, Right, Scope};
use crate::activity::NewEvent;
use crate::counters;
use crate::errors::{Result, StoreError};
use crate::hypotheses::rows::parse_number;
use crate::json;
use crate::time::{from_day, from_micros, to_day, to_micros};
use chrono::NaiveDate;
use domain::accounts::Member;
use domain::activity::Subject;
use domain::sites::{CheckedChange, NamedChange, SiteChange, SiteChangeDraft, first_change_after, last_change_after};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;

/// The site changes of a workspace that count, with their ids. Few by nature: a site is relaunched a few times a year.
pub(crate) struct Changes {
    ids: Vec<i64>,
    changes: Vec<SiteChange>,
}

impl Changes {
    /// The id of the change that halves evidence on these areas observed on this day.
    pub fn halving(&self, site: Option<&str>, areas: &[String], observed: NaiveDate) -> Option<i64> {
        let first = first_change_after(&self.changes, site, areas, observed)?;
        let place = self.changes.iter().position(|change| change.number == first.number)?;
        self.ids.get(place).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The change with this id.
    pub fn named(&self, id: i64) -> Option<NamedChange> {
        let place = self.ids.iter().position(|one| *one == id)?;
        self.changes.get(place).map(SiteChange::named)
    }

    /// The latest change since this day on these areas.
    pub fn since(&self, site: Option<&str>, areas: &[String], known: NaiveDate) -> Option<NamedChange> {
        last_change_after(&self.changes, site, areas, known).map(SiteChange::named)
    }
}

impl Scope<Configure> {
    /// Logs a change of a site: older evidence on its areas counts half from now on.
    pub async fn create_site_change(&self, draft: &SiteChangeDraft) -> Result<SiteChange> {
        let tx = self.begin().await?;
        let checked = self.check_change(&tx, draft).await?;
        let number = counters::add(&tx, self.workspace_id, "site_change", 1).await?;
        let now = to_micros(self.now());
        let mut row = columns(&checked)?;
        row.workspace_id = Set(self.workspace_id);
        row.number = Set(number);
        row.author_id = Set(self.person_id);
        row.archived = Set(false);
        row.version = Set(1);
        row.created_at = Set(now);
        row.updated_at = Set(now);
        site_change::Entity::insert(row).exec(&tx).await?;
        let event = NewEvent::new(Subject::Site, &checked.site, "changed", told(&checked)).changes(None::<&()>, Some(draft))?;
        self.record(&tx, event).await?;
        Box::pin(self.renew_halving(&tx, &checked, &told(&checked))).await?;
        tx.commit().await?;
        self.site_change(&format!("C-{number}")).await
    }

    /// Replaces what a site change says; `version` is the one that was read.
    pub async fn edit_site_change(&self, number: &str, draft: &SiteChangeDraft, version: Option<i64>) -> Result<SiteChange> {
        let tx = self.begin().await?;
        let row = self.change_row(&tx, number).await?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let checked = self.check_change(&tx, draft).await?;
        let before = to_site_change(row.clone(), &HashMap::new())?;
        let mut changed = columns(&checked)?;
        changed.id = Set(row.id);
        changed.version = Set(row.version + 1);
        changed.updated_at = Set(to_micros(self.now()));
        site_change::Entity::update(changed).exec(&tx).await?;
        let before = SiteChangeDraft::of(&before);
        let event = NewEvent::new(Subject::Site, &checked.site, "edited", told(&checked)).changes(Some(&before), Some(draft))?;
        self.record(&tx, event).await?;
        let touched = [as_checked(&row)?, checked];
        for part in &touched {
            Box::pin(self.renew_halving(&tx, part, &told(&touched[1]))).await?;
        }
        tx.commit().await?;
        self.site_change(number).await
    }

    /// Takes a site change back, or lets it count again.
    pub async fn put_site_change_archived(&self, number: &str, archived: bool) -> Result<SiteChange> {
        let tx = self.begin().await?;
        let row = self.change_row(&tx, number).await?;
        if row.archived != archived {
            let changed = site_change::ActiveModel {
                id: Set(row.id),
                archived: Set(archived),
                version: Set(row.version + 1),
                updated_at: Set(to_micros(self.now())),
                ..site_change::ActiveModel::default()
            };
            site_change::Entity::update(changed).exec(&tx).await?;
            let checked = as_checked(&row)?;
            let (action, done) = if archived { ("archived", "taken back") } else { ("restored", "counted again") };
            let told = format!("{}, {done}", told(&checked));
            let event = NewEvent::new(Subject::Site, &row.site, action, told.clone()).changes(Some(&row.archived), Some(&archived))?;
            self.record(&tx, event).await?;
            Box::pin(self.renew_halving(&tx, &checked, &told)).await?;
        }
        tx.commit().await?;
        self.site_change(number).await
    }

    async fn check_change(&self, tx: &DatabaseTransaction, draft: &SiteChangeDraft) -> Result<CheckedChange> {
        let catalogue = self.catalogue_from(tx).await?;
        Ok(draft.check(&catalogue, today_at(&catalogue, Some(&draft.site), self.now()))?)
    }
}

impl<R: Right> Scope<R> {
    /// Every site change, archived ones too, the latest first.
    pub async fn site_changes(&self) -> Result<Vec<SiteChange>> {
        let people = self.people().await?;
        let here = site_change::Entity::find().filter(site_change::Column::WorkspaceId.eq(self.workspace_id));
        let sorted = here.order_by_desc(site_change::Column::Day).order_by_desc(site_change::Column::Number);
        sorted.all(&self.store.read).await?.into_iter().map(|row| to_site_change(row, &people)).collect()
    }

    /// One site change; an archived one too, which says so.
    pub async fn site_change(&self, number: &str) -> Result<SiteChange> {
        let row = self.change_row(&self.store.read, number).await?;
        to_site_change(row, &self.people().await?)
    }

    /// The site changes that count.
    pub(crate) async fn live_changes(&self, db: &impl ConnectionTrait) -> Result<Changes> {
        let here = site_change::Entity::find().filter(site_change::Column::WorkspaceId.eq(self.workspace_id));
        let rows = here.filter(site_change::Column::Archived.eq(false)).order_by_asc(site_change::Column::Number).all(db).await?;
        let ids = rows.iter().map(|row| row.id).collect();
        let changes = rows.into_iter().map(|row| to_site_change(row, &HashMap::new())).collect::<Result<_>>()?;
        Ok(Changes { ids, changes })
    }

    /// The rows of all, for whoever looks whether their numbers are counted.
    pub(crate) async fn site_changes_from(&self, db: &impl ConnectionTrait) -> Result<Vec<site_change::Model>> {
        Ok(site_change::Entity::find().filter(site_change::Column::WorkspaceId.eq(self.workspace_id)).all(db).await?)
    }

    async fn change_row(&self, db: &impl ConnectionTrait, number: &str) -> Result<site_change::Model> {
        let number = parse_number("C", number)?;
        let here = site_change::Entity::find().filter(site_change::Column::WorkspaceId.eq(self.workspace_id));
        here.filter(site_change::Column::Number.eq(number)).one(db).await?.ok_or(StoreError::NotFound)
    }
}

/// What these changes are called, by id.
pub(crate) async fn names_of(db: &impl ConnectionTrait, ids: impl Iterator<Item = i64>) -> Result<HashMap<i64, NamedChange>> {
    let ids: std::collections::BTreeSet<i64> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = site_change::Entity::find().filter(site_change::Column::Id.is_in(ids)).all(db).await?;
    let named = |row: site_change::Model| {
        let (number, title, date) = (format!("C-{}", row.number), row.title, from_day(row.day));
        (row.id, NamedChange { number, title, date })
    };
    Ok(rows.into_iter().map(named).collect())
}

/// "checkout relaunch, 3 Nov 2026".
fn told(checked: &CheckedChange) -> String {
    NamedChange { number: String::new(), title: checked.title.clone(), date: checked.date }.words()
}

fn columns(checked: &CheckedChange) -> Result<site_change::ActiveModel> {
    Ok(site_change::ActiveModel {
        title: Set(checked.title.clone()),
        day: Set(to_day(checked.date)),
        site: Set(checked.site.clone()),
        areas: Set(json::to_text(&checked.areas)?),
        ..site_change::ActiveModel::default()
    })
}

fn as_checked(row: &site_change::Model) -> Result<CheckedChange> {
    let (title, site) = (row.title.clone(), row.site.clone());
    Ok(CheckedChange { title, date: from_day(row.day), site, areas: json::from_text(&row.areas)? })
}

fn to_site_change(row: site_change::Model, people: &HashMap<i64, Member>) -> Result<SiteChange> {
    Ok(SiteChange {
        number: format!("C-{}", row.number),
        title: row.title,
        date: from_day(row.day),
        site: row.site,
        areas: json::from_text(&row.areas)?,
        archived: row.archived,
        author: row.author_id.and_then(|id| people.get(&id)).map(|member| member.name.clone()),
        version: row.version,
        created_at: from_micros(row.created_at),
        updated_at: from_micros(row.updated_at),
    })
}
