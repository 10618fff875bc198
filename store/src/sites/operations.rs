//! Making sites with their starter lists, and editing the lists.

use super::rows::{area, audience, lever, metric, site, slug, to_site};
use crate::access::{Configure, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use domain::activity::Subject;
use domain::sites::{
    Area, AreaDraft, Metric, MetricDraft, NewSite, STARTER_AREAS, STARTER_AUDIENCES, STARTER_LEVERS, STARTER_METRICS, Site, SiteDraft,
    Term, TermDraft,
};
use domain::text::is_slug;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

pub(super) fn is_time_zone(name: &str) -> bool {
    name.parse::<chrono_tz::Tz>().is_ok()
}

impl Scope<Configure> {
    /// Makes a site with the starter catalogue.
    pub async fn create_site(&self, draft: &SiteDraft) -> Result<Site> {
        let new = draft.check(is_time_zone)?;
        let tx = self.begin().await?;
        let taken =
            site::Entity::find().filter(site::Column::WorkspaceId.eq(self.workspace_id)).filter(site::Column::Slug.eq(new.slug.as_str()));
        if taken.one(&tx).await?.is_some() {
            return Err(StoreError::field("slug", format!("There is a site “{}” already.", new.slug)));
        }
        self.insert_site(&tx, &new).await?;
        tx.commit().await?;
        self.site(&new.slug).await.map(|one| one.site)
    }

    /// Within a transaction that may hold more.
    pub(crate) async fn insert_site(&self, tx: &impl ConnectionTrait, new: &NewSite) -> Result<()> {
        let row = site::ActiveModel {
            workspace_id: Set(self.workspace_id),
            slug: Set(new.slug.clone()),
            name: Set(new.name.clone()),
            currency: Set(new.currency.clone()),
            time_zone: Set(new.time_zone.clone()),
            margin: Set(new.margin),
            url: Set(new.url.clone()),
            archived: Set(false),
            version: Set(1),
            ..site::ActiveModel::default()
        };
        let site_id = site::Entity::insert(row).exec(tx).await?.last_insert_id;
        area::Entity::insert_many(STARTER_AREAS.map(|(slug, name)| starter_area(site_id, slug, name))).exec(tx).await?;
        let metrics = STARTER_METRICS.iter().map(|one| {
            let (slug, name) = (one.slug.to_owned(), one.name.to_owned());
            metric_row(site_id, &Metric { slug, name, kind: one.kind, unit: one.unit, direction: one.direction, family: one.family })
        });
        metric::Entity::insert_many(metrics.collect::<Result<Vec<_>>>()?).exec(tx).await?;
        self.insert_starter_terms(tx).await?;
        let event = NewEvent::new(Subject::Site, &new.slug, "created", format!("Site “{}”", new.name));
        self.record(tx, event).await?;
        Ok(())
    }

    /// Audiences and levers belong to the workspace: the first site brings them, a later one adds nothing.
    async fn insert_starter_terms(&self, tx: &impl ConnectionTrait) -> Result<()> {
        let none_left = OnConflict::columns([audience::Column::WorkspaceId, audience::Column::Slug]).do_nothing().to_owned();
        let rows = STARTER_AUDIENCES.map(|(slug, name)| audience::ActiveModel {
            workspace_id: Set(self.workspace_id),
            slug: Set(slug.to_owned()),
            name: Set(name.to_owned()),
            archived: Set(false),
            ..audience::ActiveModel::default()
        });
        audience::Entity::insert_many(rows).on_conflict(none_left).exec_without_returning(tx).await?;
        let none_left = OnConflict::columns([lever::Column::WorkspaceId, lever::Column::Slug]).do_nothing().to_owned();
        let rows = STARTER_LEVERS.map(|(slug, name)| lever::ActiveModel {
            workspace_id: Set(self.workspace_id),
            slug: Set(slug.to_owned()),
            name: Set(name.to_owned()),
            archived: Set(false),
            ..lever::ActiveModel::default()
        });
        lever::Entity::insert_many(rows).on_conflict(none_left).exec_without_returning(tx).await?;
        Ok(())
    }

    /// Changes a site; `version` is the one that was read.
    pub async fn edit_site(&self, slug: &str, draft: &SiteDraft, version: Option<i64>) -> Result<Site> {
        let new = draft.check(is_time_zone)?;
        let tx = self.begin().await?;
        let row = self.site_row(&tx, slug).await?;
        keep_slug(draft.slug.as_deref().unwrap_or(slug), slug)?;
        if version.is_some_and(|version| version != row.version) {
            return Err(StoreError::Stale { current: row.version });
        }
        let mut changed: site::ActiveModel = row.clone().into();
        let name = new.name.clone();
        changed.name = Set(new.name);
        changed.currency = Set(new.currency);
        changed.time_zone = Set(new.time_zone);
        changed.margin = Set(new.margin);
        changed.url = Set(new.url);
        changed.version = Set(row.version + 1);
        site::Entity::update(changed).exec(&tx).await?;
        let event = NewEvent::new(Subject::Site, slug, "edited", format!("Site “{name}”"));
        self.record(&tx, event.changes(Some(&to_site(row)), Some(draft))?).await?;
        tx.commit().await?;
        self.site(slug).await.map(|one| one.site)
    }

    pub(super) async fn site_row(&self, tx: &impl ConnectionTrait, slug: &str) -> Result<site::Model> {
        if !is_slug(slug) {
            return Err(StoreError::NotFound);
        }
        let here = site::Entity::find().filter(site::Column::WorkspaceId.eq(self.workspace_id)).filter(site::Column::Slug.eq(slug));
        here.one(tx).await?.ok_or(StoreError::NotFound)
    }

    /// Adds an area to a site, or changes the one with this slug.
    pub async fn save_area(&self, site: &str, draft: &AreaDraft) -> Result<Area> {
        let tx = self.begin().await?;
        let site = self.site_row(&tx, site).await?;
        self.put_area(tx, site, draft).await
    }

    /// Adds an area that the site does not have.
    pub async fn add_area(&self, site: &str, draft: &AreaDraft) -> Result<Area> {
        let slug = draft.check()?.slug;
        let tx = self.begin().await?;
        let site = self.site_row(&tx, site).await?;
        let same = area::Entity::find().filter(area::Column::SiteId.eq(site.id)).filter(area::Column::Slug.eq(slug.as_str()));
        refuse_taken(same.filter(area::Column::Archived.eq(false)).one(&tx).await?.is_some(), "an area", &slug)?;
        self.put_area(tx, site, draft).await
    }

    /// Changes an area. `version` is that of its site, which covers the areas: they are edited together.
    pub async fn edit_area(&self, site: &str, slug: &str, draft: &AreaDraft, version: i64) -> Result<Area> {
        keep_slug(&draft.check()?.slug, slug)?;
        let tx = self.begin().await?;
        let site = self.site_row(&tx, site).await?;
        let same = area::Entity::find().filter(area::Column::SiteId.eq(site.id)).filter(area::Column::Slug.eq(slug));
        same.filter(area::Column::Archived.eq(false)).one(&tx).await?.ok_or(StoreError::NotFound)?;
        if version != site.version {
            return Err(StoreError::Stale { current: site.version });
        }
        self.put_area(tx, site, draft).await
    }

    async fn put_area(&self, tx: DatabaseTransaction, site: site::Model, draft: &AreaDraft) -> Result<Area> {
        let area = draft.check()?;
        let (site_id, site_slug) = (site.id, site.slug.clone());
        self.count_change(&tx, &site).await?;
        let row = area::ActiveModel {
            site_id: Set(site_id),
            slug: Set(area.slug.clone()),
            name: Set(area.name.clone()),
            archived: Set(false),
            desktop: Set(area.visitors.desktop),
            mobile: Set(area.visitors.mobile),
            tablet: Set(area.visitors.tablet),
            ..area::ActiveModel::default()
        };
        let same = OnConflict::columns([area::Column::SiteId, area::Column::Slug])
            .update_columns([area::Column::Name, area::Column::Archived, area::Column::Desktop, area::Column::Mobile, area::Column::Tablet])
            .to_owned();
        area::Entity::insert(row).on_conflict(same).exec_without_returning(&tx).await?;
        self.record(&tx, NewEvent::new(Subject::Site, &site_slug, "edited", format!("Area “{}”", area.name))).await?;
        tx.commit().await?;
        Ok(area)
    }

    /// Adds a metric to a site, or changes the one with this slug.
    pub async fn save_metric(&self, draft: &MetricDraft) -> Result<Metric> {
        let tx = self.begin().await?;
        let site = self.site_of(&tx, draft).await?;
        self.put_metric(tx, site, draft).await
    }

    /// Adds a metric that the site does not have.
    pub async fn add_metric(&self, draft: &MetricDraft) -> Result<Metric> {
        let slug = draft.check()?.slug;
        let tx = self.begin().await?;
        let site = self.site_of(&tx, draft).await?;
        let same = metric::Entity::find().filter(metric::Column::SiteId.eq(site.id)).filter(metric::Column::Slug.eq(slug.as_str()));
        refuse_taken(same.filter(metric::Column::Archived.eq(false)).one(&tx).await?.is_some(), "a metric", &slug)?;
        self.put_metric(tx, site, draft).await
    }

    async fn site_of(&self, tx: &DatabaseTransaction, draft: &MetricDraft) -> Result<site::Model> {
        let found = self.site_row(tx, &draft.site).await;
        found.map_err(|_| StoreError::field("site", format!("There is no site “{}”.", draft.site)))
    }

    pub(super) async fn put_metric(&self, tx: DatabaseTransaction, site: site::Model, draft: &MetricDraft) -> Result<Metric> {
        let metric = draft.check()?;
        self.count_change(&tx, &site).await?;
        let same = OnConflict::columns([metric::Column::SiteId, metric::Column::Slug])
            .update_columns([
                metric::Column::Name,
                metric::Column::Archived,
                metric::Column::Kind,
                metric::Column::Unit,
                metric::Column::Direction,
                metric::Column::Family,
            ])
            .to_owned();
        metric::Entity::insert(metric_row(site.id, &metric)?).on_conflict(same).exec_without_returning(&tx).await?;
        self.record(&tx, NewEvent::new(Subject::Site, &draft.site, "edited", format!("Metric “{}”", metric.name))).await?;
        tx.commit().await?;
        Ok(metric)
    }

    /// Adds an audience, or renames the one with this slug.
    pub async fn save_audience(&self, draft: &TermDraft) -> Result<Term> {
        let term = draft.check()?;
        let tx = self.begin().await?;
        self.count_list_change(&tx, None).await?;
        self.put_audience(tx, term).await
    }

    /// Adds an audience that the workspace does not have.
    pub async fn add_audience(&self, draft: &TermDraft) -> Result<Term> {
        let term = draft.check()?;
        let tx = self.begin().await?;
        refuse_taken(self.audiences(&tx).await?.iter().any(|known| known.slug == term.slug), "an audience", &term.slug)?;
        self.put_audience(tx, term).await
    }

    pub(super) async fn put_audience(&self, tx: DatabaseTransaction, term: Term) -> Result<Term> {
        let row = audience::ActiveModel {
            workspace_id: Set(self.workspace_id),
            slug: Set(term.slug.clone()),
            name: Set(term.name.clone()),
            archived: Set(false),
            ..audience::ActiveModel::default()
        };
        let same = OnConflict::columns([audience::Column::WorkspaceId, audience::Column::Slug])
            .update_columns([audience::Column::Name, audience::Column::Archived])
            .to_owned();
        audience::Entity::insert(row).on_conflict(same).exec_without_returning(&tx).await?;
        self.record(&tx, NewEvent::new(Subject::Workspace, &self.workspace().slug, "edited", format!("Audience “{}”", term.name))).await?;
        tx.commit().await?;
        Ok(term)
    }

    /// Adds a lever, or renames the one with this slug.
    pub async fn save_lever(&self, draft: &TermDraft) -> Result<Term> {
        let term = draft.check()?;
        let tx = self.begin().await?;
        self.count_list_change(&tx, None).await?;
        self.put_lever(tx, term).await
    }

    /// Adds a lever that the workspace does not have.
    pub async fn add_lever(&self, draft: &TermDraft) -> Result<Term> {
        let term = draft.check()?;
        let tx = self.begin().await?;
        refuse_taken(self.levers(&tx).await?.iter().any(|known| known.slug == term.slug), "a lever", &term.slug)?;
        self.put_lever(tx, term).await
    }

    pub(super) async fn put_lever(&self, tx: DatabaseTransaction, term: Term) -> Result<Term> {
        let row = lever::ActiveModel {
            workspace_id: Set(self.workspace_id),
            slug: Set(term.slug.clone()),
            name: Set(term.name.clone()),
            archived: Set(false),
            ..lever::ActiveModel::default()
        };
        let same = OnConflict::columns([lever::Column::WorkspaceId, lever::Column::Slug])
            .update_columns([lever::Column::Name, lever::Column::Archived])
            .to_owned();
        lever::Entity::insert(row).on_conflict(same).exec_without_returning(&tx).await?;
        self.record(&tx, NewEvent::new(Subject::Workspace, &self.workspace().slug, "edited", format!("Lever “{}”", term.name))).await?;
        tx.commit().await?;
        Ok(term)
    }
}

/// A slug is an address: it stays what it was.
pub(super) fn keep_slug(given: &str, slug: &str) -> Result<()> {
    if given == slug { Ok(()) } else { Err(StoreError::field("slug", "A slug stays what it was, because addresses are made of it.")) }
}

fn refuse_taken(taken: bool, what: &str, slug: &str) -> Result<()> {
    if taken { Err(StoreError::field("slug", format!("There is {what} “{slug}” already."))) } else { Ok(()) }
}

fn starter_area(site_id: i64, slug: &str, name: &str) -> area::ActiveModel {
    area::ActiveModel {
        site_id: Set(site_id),
        slug: Set(slug.to_owned()),
        name: Set(name.to_owned()),
        archived: Set(false),
        desktop: Set(None),
        mobile: Set(None),
        tablet: Set(None),
        ..area::ActiveModel::default()
    }
}

fn metric_row(site_id: i64, metric: &Metric) -> Result<metric::ActiveModel> {
    Ok(metric::ActiveModel {
        site_id: Set(site_id),
        slug: Set(metric.slug.clone()),
        name: Set(metric.name.clone()),
        archived: Set(false),
        kind: Set(slug(&metric.kind)?),
        unit: Set(slug(&metric.unit)?),
        direction: Set(slug(&metric.direction)?),
        family: Set(slug(&metric.family)?),
        ..metric::ActiveModel::default()
    })
}
