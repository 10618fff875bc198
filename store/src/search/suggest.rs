//! What completes a query while it is typed: the values that the workspace itself has, by one short read.

use crate::access::{Right, Scope};
use crate::errors::Result;
use crate::evidence::rows::evidence_tag;
use crate::hypotheses::rows::hypothesis_tag;
use crate::sites::rows::{area, audience, lever, site};
use domain::search::{Kind, Listed, Named, Suggestion, suggestions, wanted};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::BTreeSet;

/// The most values of one kind that are looked through.
const LOOKED_AT: u64 = 500;
/// The most tags of each table; their letters narrow them before.
const TAGS: u64 = 20;

impl<R: Right> Scope<R> {
    /// The ways to go on with what is typed before the caret, in the field of one list or of the search of everything.
    pub async fn suggestions(&self, typed: &str, list: Option<Kind>) -> Result<Vec<Suggestion>> {
        let here = match wanted(typed, list) {
            Some((Listed::Tags, letters)) => self.tags_with(&letters).await?,
            Some((Listed::People, _)) => {
                let members = self.members().await?;
                members.into_iter().map(|member| Named { slug: member.email, name: member.name }).collect()
            }
            Some((listed, _)) => self.named(listed).await?,
            None => Vec::new(),
        };
        Ok(suggestions(typed, list, &here))
    }

    /// Slug and name of what the settings list, each slug once.
    async fn named(&self, listed: Listed) -> Result<Vec<Named>> {
        let own_sites =
            || site::Entity::find().filter(site::Column::WorkspaceId.eq(self.workspace_id)).filter(site::Column::Archived.eq(false));
        macro_rules! read {
            ($table:ident, $rows:expr) => {
                $rows
                    .select_only()
                    .columns([$table::Column::Slug, $table::Column::Name])
                    .order_by_asc($table::Column::Name)
                    .limit(LOOKED_AT)
                    .into_tuple()
                    .all(&self.store.read)
                    .await?
            };
        }
        macro_rules! of_here {
            ($table:ident) => {
                $table::Entity::find().filter($table::Column::WorkspaceId.eq(self.workspace_id)).filter($table::Column::Archived.eq(false))
            };
        }
        let rows: Vec<(String, String)> = match listed {
            Listed::Sites => read!(site, own_sites()),
            Listed::Areas => {
                let ids = own_sites().select_only().column(site::Column::Id).into_query();
                let areas = area::Entity::find().filter(area::Column::SiteId.in_subquery(ids)).filter(area::Column::Archived.eq(false));
                read!(area, areas)
            }
            Listed::Audiences => read!(audience, of_here!(audience)),
            Listed::Levers => read!(lever, of_here!(lever)),
            Listed::Tags | Listed::People => Vec::new(),
        };
        let mut known = BTreeSet::new();
        let named = rows.into_iter().filter(|(slug, _)| known.insert(slug.clone()));
        Ok(named.map(|(slug, name)| Named { slug, name }).collect())
    }

    /// Tags that begin with these letters, of hypotheses and of evidence.
    async fn tags_with(&self, letters: &str) -> Result<Vec<Named>> {
        let mut tags = BTreeSet::new();
        macro_rules! read {
            ($table:ident) => {
                let here = $table::Entity::find().select_only().column($table::Column::Tag).distinct();
                let here = here.filter($table::Column::WorkspaceId.eq(self.workspace_id));
                // An empty beginning asks for any; signs that LIKE reads otherwise are no letters of it.
                let beginning: String = letters.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
                let here = here.filter($table::Column::Tag.starts_with(beginning));
                let found: Vec<String> = here.order_by_asc($table::Column::Tag).limit(TAGS).into_tuple().all(&self.store.read).await?;
                tags.extend(found);
            };
        }
        read!(hypothesis_tag);
        read!(evidence_tag);
        Ok(tags.into_iter().map(|tag| Named { slug: tag.clone(), name: tag }).collect())
    }
}
