//! A database of its own for each test, made by the real migrations.

use sea_orm::{ConnectOptions, ConnectionTrait, Database as Connect, DatabaseConnection, Statement, Value};
use std::sync::atomic::{AtomicU32, Ordering};
use store::Store;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// An empty database. `sql` is a second way in, for facts that no operation shows and for time that has passed.
#[derive(Clone)]
pub struct Database {
    pub store: Store,
    pub url: String,
    sql: DatabaseConnection,
}

/// What is left of a database when its test is over.
pub enum Remains {
    Folder(tempfile::TempDir),
    Database { server: String, name: String, data: tempfile::TempDir },
}

impl Database {
    pub async fn fresh(kind: Kind) -> (Self, Remains) {
        let (url, remains) = match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder");
                (format!("sqlite://{}/library.sqlite3", folder.path().display()), Remains::Folder(folder))
            }
            Kind::Postgres => create_database().await,
        };
        let store = Store::open(&url).await.expect("a fresh database opens");
        let store = store.with_files_in(remains.folder());
        let sql = connect(&url).await;
        (Self { store, url, sql }, remains)
    }

    /// The first column of the first row as a whole number.
    pub async fn number(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> i64 {
        let row = self.sql.query_one_raw(self.statement(sql, values)).await.unwrap().expect("a row");
        row.try_get_by_index(0).unwrap()
    }

    /// The first column of all rows as text.
    pub async fn texts(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Vec<String> {
        let rows = self.sql.query_all_raw(self.statement(sql, values)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    pub async fn execute(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.execute_raw(self.statement(sql, values)).await.unwrap();
    }

    /// Everything of this kind that would end some day has ended a second ago.
    pub async fn expire(&self, table: &str) {
        let past = chrono::Utc::now().timestamp_micros() - 1_000_000;
        self.execute(&format!("UPDATE {table} SET expires_at = $1"), [past.into()]).await;
    }

    fn statement(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        Statement::from_sql_and_values(self.sql.get_database_backend(), sql, values)
    }
}

impl Remains {
    /// The data folder.
    pub fn folder(&self) -> &std::path::Path {
        match self {
            Remains::Folder(folder) => folder.path(),
            Remains::Database { data, .. } => data.path(),
        }
    }

    pub async fn remove(self) {
        match self {
            Remains::Folder(folder) => folder.close().expect("the folder goes"),
            Remains::Database { server, name, data } => {
                let admin = connect(&server).await;
                admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("the database goes");
                data.close().expect("the folder goes");
            }
        }
    }
}

async fn create_database() -> (String, Remains) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("TEST_POSTGRES_URL")
        .expect("these tests need a PostgreSQL server: run `cargo xtask test store`, or set TEST_POSTGRES_URL");
    let name = format!("hypotheca_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = connect(&server).await;
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.expect("the server lets databases be dropped");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("the server lets databases be made");
    let (address, parameters) = server.split_once('?').map_or((server.as_str(), None), |(a, b)| (a, Some(b)));
    let host = address.trim_end_matches('/').rsplit_once('/').expect("the address ends in a database").0;
    let parameters = parameters.map(|text| format!("?{text}")).unwrap_or_default();
    let data = tempfile::tempdir().expect("a temporary folder");
    (format!("{host}/{name}{parameters}"), Remains::Database { server, name, data })
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(1).sqlx_logging(false);
    Connect::connect(options).await.expect("the database answers")
}
