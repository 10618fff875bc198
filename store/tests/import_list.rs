//! The list of imports by pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use store::{Import, PageRequest, Scope};
use support::{Library, on_both_databases, refused_field};

on_both_databases!(the_list_of_imports_comes_in_pages);

async fn page(scope: &Scope<Import>, cursor: Option<String>) -> (Vec<i64>, Option<String>) {
    let found = scope.import_page(&PageRequest { cursor, limit: Some(2) }).await.unwrap();
    assert_eq!(found.total, 5);
    (found.items.iter().map(|import| import.number).collect(), found.next)
}

async fn the_list_of_imports_comes_in_pages(library: Library) {
    let scope = library.scope::<Import>(&library.lead).await;
    for name in ["one.csv", "two.csv", "three.csv", "four.csv", "five.csv"] {
        let preview = scope.preview_import(b"Title\nShorter form\n".to_vec(), None).await.unwrap();
        scope.import_backlog(name, &preview).await.unwrap();
    }
    let (first, next) = page(&scope, None).await;
    let (second, next) = page(&scope, next).await;
    let (third, end) = page(&scope, next).await;
    assert_eq!(([first, second, third].concat(), end), (vec![5, 4, 3, 2, 1], None));
    let foreign = PageRequest { cursor: Some("x".into()), limit: None };
    assert_eq!(refused_field(scope.import_page(&foreign).await), ["cursor"]);
    let theirs = library.elsewhere::<Import>().await;
    assert_eq!(theirs.import_page(&PageRequest::default()).await.unwrap().total, 0);
}
