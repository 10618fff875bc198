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

/// All changes in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m01_accounts::Migration),
            Box::new(m02_sites::Migration),
            Box::new(m03_hypotheses::Migration),
            Box::new(m04_scores::Migration),
            Box::new(m05_search::Migration),
            Box::new(m06_evidence::Migration),
            Box::new(m07_tests::Migration),
            Box::new(m08_learnings::Migration),
            Box::new(m09_idempotency::Migration),
            Box::new(m10_imports::Migration),
            Box::new(m11_imported_tests::Migration),
        ]
    }
}
