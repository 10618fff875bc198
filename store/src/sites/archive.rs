//! Taking entries of the catalogue out of its lists and bringing them back. What names them keeps its word.

use super::rows::{area, audience, lever, metric, site};
use crate::access::{Configure, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::experiments::rows::test;
use crate::json;
use domain::activity::Subject;
use domain::experiments::{Plan, Role, State};
use domain::text::is_slug;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

impl Scope<Configure> {
    /// Takes a site out of the lists, or brings it back. Refused while a test runs or waits there: it could not be read.
    pub async fn put_site_archived(&self, slug: &str, archived: bool) -> Result<()> {
        let tx = self.begin().await?;
        let row = self.site_row(&tx, slug).await?;
        if archived && let Some(held) = self.open_tests_on(&tx, slug).await?.first() {
            return Err(StoreError::conflict(format!("T-{} runs on this site. Stop and conclude it first.", held.number)));
        }
        if flag::<site::Entity>(&tx, Condition::all().add(site::Column::Id.eq(row.id)), site::Column::Archived, archived).await? {
            self.count_change(&tx, &row).await?;
            let (action, done) = words(archived);
            self.record(&tx, NewEvent::new(Subject::Site, slug, action, format!("{done} the site “{}”", row.name))).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Takes an area out of the lists; what names it keeps its word.
    pub async fn archive_area(&self, site: &str, slug: &str) -> Result<()> {
        self.put_area_archived(site, slug, true).await
    }

    /// The same with an area of a site.
    pub async fn put_area_archived(&self, site: &str, slug: &str, archived: bool) -> Result<()> {
        let tx = self.begin().await?;
        let row = self.site_row(&tx, site).await?;
        let here = Condition::all().add(area::Column::SiteId.eq(row.id)).add(area::Column::Slug.eq(checked(slug)?));
        if flag::<area::Entity>(&tx, here, area::Column::Archived, archived).await? {
            self.count_change(&tx, &row).await?;
            let summary = format!("{} the area “{slug}”", words(archived).1);
            self.record(&tx, NewEvent::new(Subject::Site, site, "edited", summary)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The same with a metric of a site. Refused while an open test measures it: its results could not be read.
    pub async fn put_metric_archived(&self, site: &str, slug: &str, archived: bool) -> Result<()> {
        let tx = self.begin().await?;
        let row = self.site_row(&tx, site).await?;
        if archived {
            for held in self.open_tests_on(&tx, site).await? {
                if json::from_text::<Plan>(&held.plan)?.role(slug) != Role::Other {
                    return Err(StoreError::conflict(format!("T-{} measures this metric. Conclude it first.", held.number)));
                }
            }
        }
        let here = Condition::all().add(metric::Column::SiteId.eq(row.id)).add(metric::Column::Slug.eq(checked(slug)?));
        if flag::<metric::Entity>(&tx, here, metric::Column::Archived, archived).await? {
            self.count_change(&tx, &row).await?;
            let summary = format!("{} the metric “{slug}”", words(archived).1);
            self.record(&tx, NewEvent::new(Subject::Site, site, "edited", summary)).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The same with an audience.
    pub async fn put_audience_archived(&self, slug: &str, archived: bool) -> Result<()> {
        let tx = self.begin().await?;
        let here = Condition::all().add(audience::Column::WorkspaceId.eq(self.workspace_id));
        let here = here.add(audience::Column::Slug.eq(checked(slug)?));
        let changed = flag::<audience::Entity>(&tx, here, audience::Column::Archived, archived).await?;
        self.keep_list(&tx, changed, format!("{} the audience “{slug}”", words(archived).1)).await?;
        Ok(tx.commit().await?)
    }

    /// The same with a lever.
    pub async fn put_lever_archived(&self, slug: &str, archived: bool) -> Result<()> {
        let tx = self.begin().await?;
        let here = Condition::all().add(lever::Column::WorkspaceId.eq(self.workspace_id));
        let here = here.add(lever::Column::Slug.eq(checked(slug)?));
        let changed = flag::<lever::Entity>(&tx, here, lever::Column::Archived, archived).await?;
        self.keep_list(&tx, changed, format!("{} the lever “{slug}”", words(archived).1)).await?;
        Ok(tx.commit().await?)
    }

    /// Records that a list of the workspace changed, which its version counts.
    async fn keep_list(&self, tx: &DatabaseTransaction, changed: bool, summary: String) -> Result<()> {
        if changed {
            self.count_list_change(tx, None).await?;
            self.record(tx, NewEvent::new(Subject::Workspace, &self.workspace().slug, "edited", summary)).await?;
        }
        Ok(())
    }

    /// Tests on this site that run or wait to be decided, the newest first.
    async fn open_tests_on(&self, tx: &DatabaseTransaction, site: &str) -> Result<Vec<test::Model>> {
        let here = test::Entity::find().filter(test::Column::WorkspaceId.eq(self.workspace_id)).filter(test::Column::Site.eq(site));
        let open = here.filter(test::Column::State.is_in([State::Running.slug(), State::Stopped.slug()]));
        Ok(open.order_by_desc(test::Column::Number).all(tx).await?)
    }
}

fn checked(slug: &str) -> Result<&str> {
    if is_slug(slug) { Ok(slug) } else { Err(StoreError::NotFound) }
}

fn words(archived: bool) -> (&'static str, &'static str) {
    if archived { ("archived", "Archived") } else { ("restored", "Brought back") }
}

/// Sets the flag of the row that fits; answers whether that changed anything.
async fn flag<E: EntityTrait>(tx: &DatabaseTransaction, here: Condition, column: E::Column, archived: bool) -> Result<bool>
where
    E::Model: Sync,
{
    if E::find().filter(here.clone()).count(tx).await? == 0 {
        return Err(StoreError::NotFound);
    }
    let change = E::update_many().col_expr(column, Expr::val(archived));
    Ok(change.filter(here).filter(column.ne(archived)).exec(tx).await?.rows_affected > 0)
}
