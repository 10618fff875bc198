//! The shape of the database, one file per change, the same on SQLite and PostgreSQL.
//!
//! Conventions: whole numbers are `bigint`; times are microseconds since 1970 in UTC and what lists are sorted by
//! is a whole number too, so that both databases order and page alike; lists of small values are JSON text.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod columns;
mod m01_accounts;
mod m02_sites;
mod m03_hypotheses;
mod m04_scores;
mod m05_search;
mod m06_evidence;
mod m07_tests;
mod m08_learnings;
mod m09_idempotency;
mod m10_imports;
mod m11_imported_tests;
mod m12_search_terms;
mod m13_site_changes;
mod m14_signals;
mod m16_comments;
mod m17_lineage;
mod m18_evidence_strength;
mod m19_attachments;
mod m20_evidence_imports;
mod m21_search_newest;
mod m22_saved_views;
mod m23_scoring_models;
mod m24_search_stretches;

/// All changes in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            whole(m01_accounts::Migration),
            whole(m02_sites::Migration),
            whole(m03_hypotheses::Migration),
            whole(m04_scores::Migration),
            whole(m05_search::Migration),
            whole(m06_evidence::Migration),
            whole(m07_tests::Migration),
            whole(m08_learnings::Migration),
            whole(m09_idempotency::Migration),
            whole(m10_imports::Migration),
            whole(m11_imported_tests::Migration),
            whole(m12_search_terms::Migration),
            whole(m13_site_changes::Migration),
            whole(m14_signals::Migration),
            whole(m16_comments::Migration),
            whole(m17_lineage::Migration),
            whole(m18_evidence_strength::Migration),
            whole(m19_attachments::Migration),
            whole(m20_evidence_imports::Migration),
            whole(m21_search_newest::Migration),
            whole(m22_saved_views::Migration),
            whole(m23_scoring_models::Migration),
            whole(m24_search_stretches::Migration),
        ]
    }
}

fn whole(migration: impl MigrationTrait + 'static) -> Box<dyn MigrationTrait> {
    Box::new(Whole(migration))
}

/// A change in a transaction of its own, on SQLite too: a process that dies halfway leaves the database as it was.
struct Whole<M>(M);

impl<M: MigrationTrait> MigrationName for Whole<M> {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl<M: MigrationTrait> MigrationTrait for Whole<M> {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_is_made_whole_or_not_at_all() {
        assert!(Migrator::migrations().iter().all(|migration| migration.use_transaction() == Some(true)));
    }
}
