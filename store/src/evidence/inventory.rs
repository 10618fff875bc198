//! The inventory: grouped counts over the same filters as the list, so that a count and the list behind it agree. Each
//! count goes through the evidence that it counts; it is read by a page of its own for that reason.

use super::rows::{evidence, evidence_area, to_kind};
use crate::access::{Right, Scope};
use crate::errors::Result;
use domain::evidence::{EvidenceQuery, FreshnessWord, Inventory, Kind, Tally};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QuerySelect, RelationDef};
use std::collections::BTreeMap;

impl<R: Right> Scope<R> {
    /// How much evidence there is by kind and by area.
    pub async fn evidence_inventory(&self) -> Result<Inventory> {
        let mut kinds: BTreeMap<Kind, Tally> = BTreeMap::new();
        let mut areas: BTreeMap<Option<String>, Tally> = BTreeMap::new();
        for word in FreshnessWord::ALL {
            let query = EvidenceQuery { freshness: vec![word], ..EvidenceQuery::default() };
            for (kind, count) in self.by_kind(&query).await? {
                kinds.entry(kind).or_default().set(word, count);
            }
            for (area, count) in self.by_area(&query).await? {
                areas.entry(area).or_default().set(word, count);
            }
        }
        let query = EvidenceQuery { unused: true, ..EvidenceQuery::default() };
        for (kind, count) in self.by_kind(&query).await? {
            kinds.entry(kind).or_default().unused = count;
        }
        for (area, count) in self.by_area(&query).await? {
            areas.entry(area).or_default().unused = count;
        }
        let mut areas: Vec<(Option<String>, Tally)> = areas.into_iter().collect();
        areas.sort_by_key(|(area, tally)| (area.is_none(), std::cmp::Reverse(tally.items())));
        Ok(Inventory { kinds: kinds.into_iter().collect(), areas })
    }

    async fn by_kind(&self, query: &EvidenceQuery) -> Result<Vec<(Kind, u64)>> {
        let counted = self.filtered_evidence(query, None).select_only().column(evidence::Column::Kind);
        let counted = counted.column_as(evidence::Column::Id.count(), "count").group_by(evidence::Column::Kind);
        let rows: Vec<(String, i64)> = counted.into_tuple().all(&self.store.read).await?;
        rows.into_iter().map(|(kind, count)| Ok((to_kind(&kind)?, u64::try_from(count).unwrap_or(0)))).collect()
    }

    async fn by_area(&self, query: &EvidenceQuery) -> Result<Vec<(Option<String>, u64)>> {
        let of = evidence::Entity::belongs_to(evidence_area::Entity);
        let listed: RelationDef = of.from(evidence::Column::Id).to(evidence_area::Column::EvidenceId).into();
        let counted = self.filtered_evidence(query, None).select_only().column(evidence_area::Column::Area);
        let counted = counted.column_as(evidence::Column::Id.count(), "count").join(JoinType::LeftJoin, listed);
        let rows: Vec<(Option<String>, i64)> = counted.group_by(evidence_area::Column::Area).into_tuple().all(&self.store.read).await?;
        Ok(rows.into_iter().map(|(area, count)| (area, u64::try_from(count).unwrap_or(0))).collect())
    }
}
