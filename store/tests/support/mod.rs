//! What the store's tests share: a fresh database per test, on SQLite and on PostgreSQL, and the people in it.
#![allow(dead_code, unused_imports, unused_macros, reason = "each test program uses a part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod cast;
mod database;
mod facts;
mod plain;
pub mod trials;

pub use cast::{HERE, Library, PASSWORD, SHOP, THERE, idea, whole};
pub use database::{Database, Kind};
pub use facts::{all, counters_are_true, event, events, refused, refused_field};
pub use plain::{Plain, fill};

/// What a test begins with: an empty database, or one with people.
pub trait Prepared: Send + 'static {
    fn prepare(database: Database) -> impl Future<Output = Self> + Send;
}

impl Prepared for Database {
    async fn prepare(database: Database) -> Self {
        database
    }
}

/// Runs a test on a database of its own and removes that however the test ends.
pub async fn run<T: Prepared, F: Future<Output = ()> + Send + 'static>(kind: Kind, test: fn(T) -> F) {
    let (database, remains) = Database::fresh(kind).await;
    let body = tokio::spawn(async move { test(T::prepare(database).await).await });
    let outcome = body.await;
    remains.remove().await;
    if let Err(failed) = outcome {
        std::panic::resume_unwind(failed.into_panic());
    }
}

/// Makes two tests of each function: `sqlite::name` and `postgres::name`.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { crate::support::run(crate::support::Kind::Sqlite, super::$name).await; })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() { crate::support::run(crate::support::Kind::Postgres, super::$name).await; })+
        }
    };
}
pub(crate) use on_both_databases;
