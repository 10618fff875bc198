//! The ranked list: every pair of filters with every order, paged to the end, is what a plain filter in memory gives.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::hypotheses::{BacklogQuery, SortKey, Stage};
use domain::page::{Sort, SortBy};
use domain::sites::Device;
use store::{Read, Scope};
use support::{Library, Plain, counters_are_true, fill, on_both_databases, refused_field};

on_both_databases!(
    every_pair_of_filters_with_every_order_is_what_a_plain_filter_gives,
    what_is_added_while_somebody_pages_is_neither_repeated_nor_pushes_others_out,
    a_cursor_of_another_order_is_refused,
    pages_are_as_long_as_asked_up_to_the_limit,
    strange_filters_find_nothing_and_break_nothing,
    several_values_of_one_filter_are_alternatives,
);

type Filter = (&'static str, fn(&mut BacklogQuery));

const FILTERS: [Filter; 10] = [
    ("stage", |query| query.stage = vec![Stage::Idea, Stage::Decided, Stage::Parked]),
    ("site", |query| query.site = vec!["south-shop".into()]),
    ("area", |query| query.area = vec!["checkout".into(), "basket".into()]),
    ("device", |query| query.device = vec![Device::Mobile]),
    ("audience", |query| query.audience = vec!["new".into(), "trade".into()]),
    ("lever", |query| query.lever = vec!["clarity".into(), "trust".into()]),
    ("owner", |query| query.owner = vec!["lead@holm.example".into(), "none".into()]),
    ("tag", |query| query.tag = vec!["b2b".into(), "größe".into()]),
    ("q", |query| query.q = Some("filters deliv".into())),
    ("unscored", |query| query.unscored = true),
];

fn sorts() -> impl Iterator<Item = Sort<SortKey>> {
    SortKey::ALL.iter().flat_map(|key| [true, false].map(|descending| Sort { key: *key, descending }))
}

/// Pages to the end and compares each page with the plain list.
async fn paged_equals_plain(scope: &Scope<Read>, rows: &[Plain], mut query: BacklogQuery) {
    let wanted = Plain::list(rows, &query);
    let mut rank = 0;
    loop {
        let page = scope.backlog(&query).await.unwrap();
        assert_eq!((page.total, page.total_is_minimum), (wanted.len() as u64, false), "{query:?}");
        for found in page.items {
            let one = wanted.get(rank).unwrap_or_else(|| panic!("{} is too much: {query:?}", found.number));
            rank += 1;
            assert_eq!(found.number, one.number, "place {rank} of {query:?}");
            assert_eq!(found.rank, Some(rank as u64), "{query:?}");
            assert_eq!(domain::hypotheses::Hypothesis { rank: None, ..found }, **one);
        }
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => break,
        }
    }
    assert_eq!(rank, wanted.len(), "{query:?}");
}

async fn every_pair_of_filters_with_every_order_is_what_a_plain_filter_gives(library: Library) {
    let rows = fill(&library, 300).await;
    counters_are_true(&library).await;
    let scope = library.scope::<Read>(&library.contributor).await;
    let mut empty = Vec::new();
    for (place, one) in FILTERS.iter().enumerate() {
        for other in &FILTERS[place..] {
            let mut query = BacklogQuery::default();
            one.1(&mut query);
            other.1(&mut query);
            let length = Plain::list(&rows, &query).len() as u64;
            if length == 0 {
                empty.push((one.0, other.0));
            }
            query.limit = Some(length / 4 + 1);
            for sort in sorts() {
                paged_equals_plain(&scope, &rows, BacklogQuery { sort, ..query.clone() }).await;
            }
        }
    }
    assert!(empty.is_empty(), "pairs that test nothing: {empty:?}");
    for sort in sorts() {
        paged_equals_plain(&scope, &rows, BacklogQuery { sort, limit: Some(37), ..BacklogQuery::default() }).await;
    }
    let mut query = BacklogQuery::default();
    FILTERS[..8].iter().for_each(|filter| filter.1(&mut query));
    paged_equals_plain(&scope, &rows, query).await;
}

async fn what_is_added_while_somebody_pages_is_neither_repeated_nor_pushes_others_out(library: Library) {
    for n in 0..20 {
        library.add_idea(&format!("Idea {n}")).await;
        library.score(&library.lead, &format!("H-{}", n + 1), [n % 7 + 1, 5, 5]).await;
    }
    let scope = library.read().await;
    let mut query = BacklogQuery { limit: Some(3), ..BacklogQuery::default() };
    let (mut seen, mut added) = (Vec::new(), 20);
    loop {
        let page = scope.backlog(&query).await.unwrap();
        seen.extend(page.items.into_iter().map(|one| one.number));
        let Some(next) = page.next else { break };
        query.cursor = Some(next);
        added += 1;
        library.add_idea("Best of all").await;
        library.score(&library.lead, &format!("H-{added}"), [10, 10, 10]).await;
    }
    let mut numbers: Vec<usize> = seen.iter().map(|number| number[2..].parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
}

async fn a_cursor_of_another_order_is_refused(library: Library) {
    for n in 0..4 {
        library.add_idea(&format!("Idea {n}")).await;
    }
    let scope = library.read().await;
    for sort in sorts() {
        let query = BacklogQuery { sort, limit: Some(2), ..BacklogQuery::default() };
        let cursor = scope.backlog(&query).await.unwrap().next;
        assert!(cursor.is_some());
        for other in sorts() {
            let asked = BacklogQuery { sort: other, cursor: cursor.clone(), ..query.clone() };
            let answer = scope.backlog(&asked).await;
            if other == sort {
                assert_eq!(answer.unwrap().items[0].rank, Some(3));
            } else {
                assert_eq!(refused_field(answer), ["cursor"]);
            }
        }
    }
    let forged = [
        "-score:18446744073709551615:0,0,0",
        "-score:1:0,0",
        "-score:1:a,b,c",
        "-score:-1:0,0,0",
        "-score",
        "::",
        "-score:1:99999999999999999999,0,0",
    ]
    .map(|text| base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, text));
    for cursor in forged.into_iter().chain(["".to_owned(), "\0".to_owned(), "🙂".to_owned(), "x".repeat(10_000)]) {
        let query = BacklogQuery { cursor: Some(cursor), ..BacklogQuery::default() };
        assert_eq!(refused_field(scope.backlog(&query).await), ["cursor"]);
    }
}

async fn pages_are_as_long_as_asked_up_to_the_limit(library: Library) {
    for n in 0..60 {
        library.add_idea(&format!("Idea {n}")).await;
    }
    let scope = library.read().await;
    for (limit, length, more) in
        [(None, 50, true), (Some(1), 1, true), (Some(59), 59, true), (Some(60), 60, false), (Some(10_000), 60, false)]
    {
        let page = scope.backlog(&BacklogQuery { limit, ..BacklogQuery::default() }).await.unwrap();
        assert_eq!((page.items.len(), page.next.is_some(), page.total), (length, more, 60), "{limit:?}");
    }
}

async fn strange_filters_find_nothing_and_break_nothing(library: Library) {
    library.contribute().await.create_hypothesis(&support::whole("Delivery date")).await.unwrap();
    let scope = library.read().await;
    for strange in ["'", "\"", "%", "_", "\u{7}x\0", "🙂", "' OR 1=1 --", "\\", "$1", "?"] {
        for name in ["site", "area", "audience", "lever", "owner", "tag", "q"] {
            let query = BacklogQuery::from_pairs([(name, strange)]).unwrap();
            let page = scope.backlog(&query).await.unwrap();
            assert_eq!((page.items.len(), page.total), (0, 0), "{name}={strange:?}");
        }
    }
    let every = BacklogQuery { stage: Stage::ALL.to_vec(), device: Device::ALL.to_vec(), ..BacklogQuery::default() };
    assert_eq!(scope.backlog(&every).await.unwrap().total, 1);
}

async fn several_values_of_one_filter_are_alternatives(library: Library) {
    let rows = fill(&library, 40).await;
    let scope = library.scope::<Read>(&library.contributor).await;
    for pairs in [
        vec![("stage", "idea"), ("stage", "parked"), ("stage", "idea")],
        vec![("device", "tablet"), ("device", "desktop")],
        vec![("tag", "B2B"), ("tag", " mobile first ")],
        vec![("owner", "LEAD@holm.example"), ("owner", "contributor@holm.example"), ("owner", "nobody@holm.example")],
        vec![("owner", "none")],
        vec![("site", "north-shop"), ("site", "south-shop"), ("area", "checkout"), ("lever", "trust")],
    ] {
        let query = BacklogQuery::from_pairs(pairs).unwrap();
        assert!(!Plain::list(&rows, &query).is_empty(), "{query:?}");
        paged_equals_plain(&scope, &rows, query).await;
    }
}
