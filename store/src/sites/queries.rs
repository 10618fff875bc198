//! Reading the catalogue. Its lists are short by nature, so they come whole.

use super::operations::is_time_zone;
use super::rows::{area, audience, lever, metric, site, to_area, to_metric, to_site, to_term};
use crate::access::{Right, Scope};
use crate::accounts::rows::workspace;
use crate::errors::{Result, StoreError};
use domain::sites::{Area, Catalogue, Metric, NewSite, Site, SiteCatalogue, SiteDraft, Term};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

/// The currency of a site that nobody was asked about.
const FIRST_CURRENCY: &str = "GBP";

impl<R: Right> Scope<R> {
    /// All lists that choices are made from.
    pub async fn catalogue(&self) -> Result<Catalogue> {
        self.catalogue_from(&self.store.read).await
    }

    pub(crate) async fn catalogue_from(&self, db: &impl ConnectionTrait) -> Result<Catalogue> {
        let sites = site::Entity::find()
            .filter(site::Column::WorkspaceId.eq(self.workspace_id))
            .filter(site::Column::Archived.eq(false))
            .order_by_asc(site::Column::Name)
            .all(db)
            .await?;
        let ids: Vec<i64> = sites.iter().map(|row| row.id).collect();
        let areas = area::Entity::find().filter(area::Column::SiteId.is_in(ids.clone())).filter(area::Column::Archived.eq(false));
        let areas = areas.order_by_asc(area::Column::Id).all(db).await?;
        let metrics = metric::Entity::find().filter(metric::Column::SiteId.is_in(ids)).filter(metric::Column::Archived.eq(false));
        let metrics = metrics.order_by_asc(metric::Column::Id).all(db).await?;
        let mut catalogue = Catalogue { sites: Vec::new(), audiences: self.audiences(db).await?, levers: self.levers(db).await? };
        for row in sites {
            let id = row.id;
            let areas = areas.iter().filter(|area| area.site_id == id).cloned().map(to_area).collect();
            let metrics = metrics.iter().filter(|metric| metric.site_id == id).cloned().map(to_metric).collect::<Result<_>>()?;
            catalogue.sites.push(SiteCatalogue { site: to_site(row), areas, metrics });
        }
        Ok(catalogue)
    }

    /// The lists as they will be once there is a site, and the site to add first when there is none.
    pub(crate) async fn catalogue_to_be(&self, db: &impl ConnectionTrait) -> Result<(Catalogue, Option<NewSite>)> {
        let present = self.catalogue_from(db).await?;
        if !present.sites.is_empty() {
            return Ok((present, None));
        }
        let here = self.workspace();
        let draft = SiteDraft {
            name: here.name.clone(),
            slug: Some(here.slug.clone()),
            currency: FIRST_CURRENCY.to_owned(),
            ..SiteDraft::default()
        };
        let new = draft.check(is_time_zone)?;
        Ok((present.with_starter(&new), Some(new)))
    }

    pub(super) async fn audiences(&self, db: &impl ConnectionTrait) -> Result<Vec<Term>> {
        let list = audience::Entity::find().filter(audience::Column::WorkspaceId.eq(self.workspace_id));
        let rows = list.filter(audience::Column::Archived.eq(false)).order_by_asc(audience::Column::Id).all(db).await?;
        Ok(rows.into_iter().map(|row| to_term(row.slug, row.name)).collect())
    }

    pub(super) async fn levers(&self, db: &impl ConnectionTrait) -> Result<Vec<Term>> {
        let list = lever::Entity::find().filter(lever::Column::WorkspaceId.eq(self.workspace_id));
        let rows = list.filter(lever::Column::Archived.eq(false)).order_by_asc(lever::Column::Id).all(db).await?;
        Ok(rows.into_iter().map(|row| to_term(row.slug, row.name)).collect())
    }

    /// The version of the workspace, which counts the changes of its audiences and levers.
    pub async fn present_version(&self) -> Result<i64> {
        let here = workspace::Entity::find_by_id(self.workspace_id).one(&self.store.read).await?;
        Ok(here.ok_or(StoreError::NotFound)?.version)
    }

    /// One site with its lists.
    pub async fn site(&self, slug: &str) -> Result<SiteCatalogue> {
        let catalogue = self.catalogue().await?;
        catalogue.sites.into_iter().find(|one| one.site.slug == slug).ok_or(StoreError::NotFound)
    }

    /// All sites, by name.
    pub async fn sites(&self) -> Result<Vec<Site>> {
        Ok(self.catalogue().await?.sites.into_iter().map(|one| one.site).collect())
    }

    /// All areas with the slug of their site.
    pub async fn areas_of(&self, site: &str) -> Result<Vec<Area>> {
        Ok(self.site(site).await?.areas)
    }

    /// All metrics with the slug of their site.
    pub async fn metrics(&self) -> Result<Vec<(String, Metric)>> {
        let sites = self.catalogue().await?.sites;
        Ok(sites.into_iter().flat_map(|one| one.metrics.into_iter().map(move |metric| (one.site.slug.clone(), metric))).collect())
    }
}
