//! Typed queries: what narrows, what stays words, and the same on both databases.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::evidence::{EvidenceDraft, LinkDraft};
use domain::hypotheses::{BacklogQuery, HypothesisDraft};
use domain::learnings::LearningDraft;
use domain::search::Kind;
use store::{Contribute, PageRequest, Read};
use support::trials::{clear_win, conclusion, decide, trial};
use support::{Library, SHOP, idea, on_both_databases};

on_both_databases!(
    lists_are_narrowed_by_what_is_typed,
    one_box_narrows_every_kind,
    whatever_is_typed_is_no_error,
    another_workspace_is_not_searched,
    what_is_typed_is_completed_by_what_is_here,
);

/// H-1 in the checkout with evidence, a score of the lead and a won test; H-2 in the basket, the contributor's; H-3 bare.
async fn library(library: &Library) {
    let contribute = library.contribute().await;
    let at = |title: &str, area: &str| HypothesisDraft { site: Some(SHOP.into()), area: Some(area.into()), ..idea(title) };
    contribute.create_hypothesis(&at("Show stock in the checkout", "checkout")).await.unwrap();
    let owned = HypothesisDraft { owner: Some("contributor@holm.example".into()), ..at("Show stock in the basket", "basket") };
    contribute.create_hypothesis(&owned).await.unwrap();
    library.add_idea("Name the price").await;
    let seen = EvidenceDraft {
        title: "Stock is asked for".into(),
        kind: "interview".into(),
        areas: vec!["checkout".into()],
        ..EvidenceDraft::default()
    };
    contribute.create_evidence(&seen).await.unwrap();
    contribute.link_evidence("H-1", "E-1", &LinkDraft { direction: "supports".into(), ..LinkDraft::default() }).await.unwrap();
    library.score(&library.lead, "H-1", [8, 8, 8]).await;
    library.score(&library.lead, "H-2", [2, 2, 2]).await;
    let test = library.stopped(&trial("Stock dates", &["H-1"]), &clear_win()).await;
    library.run_tests().await.conclude_test(&test.number, &conclusion("win", vec![decide("stop")])).await.unwrap();
    library
        .run_tests()
        .await
        .create_learning(&LearningDraft { sentence: "Stock calms.".into(), outcome: Some("loss".into()), ..LearningDraft::default() })
        .await
        .unwrap();
}

/// The numbers that a list answers to what is typed into it.
async fn listed(library: &Library, typed: &str) -> String {
    let query = BacklogQuery::from_pairs([("q", typed), ("sort", "created_at")]).unwrap();
    let page = library.scope::<Contribute>(&library.contributor).await.backlog(&query).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64);
    let mut numbers: Vec<String> = page.items.into_iter().map(|one| one.number).collect();
    numbers.sort();
    numbers.join(" ")
}

async fn lists_are_narrowed_by_what_is_typed(library_: Library) {
    library(&library_).await;
    for (typed, numbers) in [
        ("stock", "H-1 H-2"),
        ("area:checkout", "H-1"),
        ("area:\"Check out\"", ""),
        ("stock area:basket,checkout", "H-1 H-2"),
        ("stage:decided", "H-1"),
        ("owner:me", "H-2"),
        ("owner:cora", "H-2"),
        ("owner:none", "H-1 H-3"),
        ("evidence:none", "H-2 H-3"),
        ("evidence:>2", "H-1"),
        ("evidence:<1", "H-2 H-3"),
        ("score:>7", "H-1"),
        ("score:2..5", "H-2"),
        ("score:<=2", "H-2"),
        ("outcome:win", "H-1"),
        ("outcome:loss", ""),
        ("show price:low", ""),
        ("name:price", "H-3"),
    ] {
        assert_eq!(listed(&library_, typed).await, numbers, "{typed}");
    }
}

/// What the box finds, in its order.
async fn boxed(library: &Library, typed: &str) -> String {
    let scope = library.read().await;
    let found: Vec<String> = scope.search(typed, 100).await.unwrap().into_iter().map(|one| one.name).collect();
    let (mut paged, mut wanted) = (Vec::new(), PageRequest { cursor: None, limit: Some(2) });
    loop {
        let page = scope.search_page(typed, &wanted).await.unwrap();
        assert_eq!(page.total, found.len() as u64, "{typed}");
        paged.extend(page.items.into_iter().map(|one| one.name));
        let Some(next) = page.next else { break };
        wanted.cursor = Some(next);
    }
    assert_eq!(paged, found, "{typed}");
    let mut sorted = found;
    sorted.sort();
    sorted.join(" ")
}

async fn one_box_narrows_every_kind(library_: Library) {
    library(&library_).await;
    for (typed, numbers) in [
        ("outcome:loss", "L-2"),
        ("outcome:win", "H-1 L-1 T-1"),
        ("area:checkout stock", "E-1 H-1 T-1"),
        ("type:learning stock", "L-2"),
        // E-3 is what the learning L-2 made.
        ("type:test,evidence stock", "E-1 E-3 T-1"),
        ("stage:idea", "H-2 H-3"),
        ("state:concluded", "T-1"),
        ("kind:interview", "E-1"),
        ("owner:me outcome:win", ""),
        // E-2 is what the learning of the won test made.
        ("freshness:fresh area:checkout", "E-1 E-2"),
    ] {
        assert_eq!(boxed(&library_, typed).await, numbers, "{typed}");
    }
    let marked = library_.read().await.search("area:basket stock", 10).await.unwrap();
    assert!(marked[0].title.iter().any(|piece| piece.marked && piece.text == "stock"));
}

async fn whatever_is_typed_is_no_error(library_: Library) {
    library(&library_).await;
    for typed in [
        "stage:",
        ":idea",
        "stage:\"",
        "score:>",
        "score:x",
        "type:",
        "type:nothing",
        "area:'; DROP TABLE hypothesis",
        "outcome:win,",
        "a:b:c",
        "evidence:>1e999",
        "\"",
        "H-1:x",
        "type:learning type:test",
    ] {
        boxed(&library_, typed).await;
        listed(&library_, typed).await;
    }
}

async fn another_workspace_is_not_searched(library_: Library) {
    library(&library_).await;
    let elsewhere = library_.elsewhere::<Contribute>().await;
    for typed in ["outcome:win", "stage:decided", "stock area:checkout", "owner:cora"] {
        assert_eq!(elsewhere.search(typed, 10).await.unwrap(), [], "{typed}");
    }
}

async fn what_is_typed_is_completed_by_what_is_here(library: Library) {
    let tagged = HypothesisDraft { tags: vec!["stock".into(), "quick win".into(), "50% off".into()], ..idea("Show the stock") };
    library.contribute().await.create_hypothesis(&tagged).await.unwrap();
    let seen =
        EvidenceDraft { title: "Asked".into(), kind: "survey".into(), tags: vec!["stale prices".into()], ..EvidenceDraft::default() };
    library.contribute().await.create_evidence(&seen).await.unwrap();
    let scope = library.scope::<Read>(&library.viewer).await;
    for (typed, list, written) in [
        ("shorter st", None, "stage: state:"),
        ("stage:pa", None, "stage:parked"),
        ("area:che", None, "area:checkout"),
        ("area:\"Product p", Some(Kind::Evidence), "area:product-page"),
        ("owner:contri", Some(Kind::Hypothesis), "owner:contributor@holm.example"),
        ("owner:contri", Some(Kind::Evidence), ""),
        ("tag:st", None, "tag:\"stale prices\" tag:stock"),
        ("tag:quick,st", None, "tag:quick,\"stale prices\" tag:quick,stock"),
        ("tag:%", None, "tag:\"50% off\""),
        ("lever:friction", None, ""),
        ("site:", None, "site:north-shop"),
    ] {
        let found: Vec<String> = scope.suggestions(typed, list).await.unwrap().into_iter().map(|one| one.written).collect();
        assert_eq!(found.join(" "), written, "{typed}");
    }
    for typed in ["", ":", "tag:\"", "tag:\\", "area:_", &"é".repeat(2000)] {
        assert!(scope.suggestions(typed, None).await.unwrap().len() <= 8, "{typed}");
    }
    let elsewhere = library.elsewhere::<Read>().await;
    for typed in ["tag:st", "owner:contri", "area:che"] {
        assert_eq!(elsewhere.suggestions(typed, None).await.unwrap(), [], "{typed}");
    }
}
