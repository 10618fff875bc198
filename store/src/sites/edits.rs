//! Changing entries of the catalogue that somebody has read: each says from which version. The version of a site covers
//! its areas and metrics, that of the workspace its audiences and levers.

use super::operations::keep_slug;
use super::rows::{metric, site};
use crate::access::{Configure, Scope};
use crate::accounts::rows::workspace;
use crate::errors::{Result, StoreError};
use domain::sites::{Metric, MetricDraft, Term, TermDraft};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter};

impl Scope<Configure> {
    /// Changes a metric; `version` is that of its site.
    pub async fn edit_metric(&self, site: &str, slug: &str, draft: &MetricDraft, version: i64) -> Result<Metric> {
        keep_slug(&draft.check()?.slug, slug)?;
        if draft.site != site {
            return Err(StoreError::field("site", format!("This metric stays on the site “{site}”.")));
        }
        let tx = self.begin().await?;
        let row = self.site_row(&tx, site).await?;
        let same = metric::Entity::find().filter(metric::Column::SiteId.eq(row.id)).filter(metric::Column::Slug.eq(slug));
        same.filter(metric::Column::Archived.eq(false)).one(&tx).await?.ok_or(StoreError::NotFound)?;
        if version != row.version {
            return Err(StoreError::Stale { current: row.version });
        }
        self.put_metric(tx, row, draft).await
    }

    /// Renames an audience; `version` is that of the workspace.
    pub async fn edit_audience(&self, slug: &str, draft: &TermDraft, version: i64) -> Result<Term> {
        let term = draft.check()?;
        keep_slug(&term.slug, slug)?;
        let tx = self.begin().await?;
        self.audiences(&tx).await?.iter().find(|known| known.slug == slug).ok_or(StoreError::NotFound)?;
        self.count_list_change(&tx, Some(version)).await?;
        self.put_audience(tx, term).await
    }

    /// Renames a lever; `version` is that of the workspace.
    pub async fn edit_lever(&self, slug: &str, draft: &TermDraft, version: i64) -> Result<Term> {
        let term = draft.check()?;
        keep_slug(&term.slug, slug)?;
        let tx = self.begin().await?;
        self.levers(&tx).await?.iter().find(|known| known.slug == slug).ok_or(StoreError::NotFound)?;
        self.count_list_change(&tx, Some(version)).await?;
        self.put_lever(tx, term).await
    }

    /// Counts a change of the site's lists.
    pub(super) async fn count_change(&self, tx: &DatabaseTransaction, row: &site::Model) -> Result<()> {
        let newer = site::ActiveModel { id: Set(row.id), version: Set(row.version + 1), ..site::ActiveModel::default() };
        site::Entity::update(newer).exec(tx).await?;
        Ok(())
    }

    /// Counts a change of the workspace's lists, which was made from this version.
    pub(super) async fn count_list_change(&self, tx: &DatabaseTransaction, version: Option<i64>) -> Result<()> {
        let here = workspace::Entity::find_by_id(self.workspace_id).one(tx).await?.ok_or(StoreError::NotFound)?;
        if version.is_some_and(|version| version != here.version) {
            return Err(StoreError::Stale { current: here.version });
        }
        let newer = Expr::col(workspace::Column::Version).add(1);
        let change = workspace::Entity::update_many().col_expr(workspace::Column::Version, newer);
        change.filter(workspace::Column::Id.eq(self.workspace_id)).exec(tx).await?;
        Ok(())
    }
}
