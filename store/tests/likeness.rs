//! What was tried before: found in other words, with what became of it, within bounds and within the workspace.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::hypotheses::{HypothesisDraft, StatementDraft};
use domain::search::Level;
use serde_json::Value;
use store::Contribute;
use support::{Library, THERE, idea, on_both_databases};

on_both_databases!(
    an_idea_is_found_in_other_words,
    archived_ones_are_left_out,
    another_workspace_is_not_compared,
    an_edit_is_compared_by_its_new_words_alone,
    a_hypothesis_is_not_like_itself,
    whatever_is_typed_is_no_error,
    the_labelled_set_is_found,
    a_common_word_brings_no_more_than_can_be_compared,
    a_stale_index_is_made_anew_when_the_library_opens,
);

async fn numbers(library: &Library, title: &str) -> Vec<String> {
    library.read().await.similar(&idea(title), None).await.unwrap().into_iter().map(|one| one.number).collect()
}

async fn an_idea_is_found_in_other_words(library: Library) {
    library.add_idea("Show the delivery charge on product pages").await;
    library.add_idea("Sort reviews by helpfulness").await;
    library.add_idea("Cut the sign-up form from 6 fields to 3").await;
    for (title, number) in [
        ("Display postage costs on item pages", "H-1"),
        ("Versandkosten auf der Produktseite anzeigen", "H-1"),
        ("Afficher les frais de livraison sur la fiche produit", "H-1"),
        ("Fewer questions when people register", "H-3"),
    ] {
        let found = library.read().await.similar(&idea(title), None).await.unwrap();
        assert_eq!(found[0].number, number, "{title}");
        assert!(!found[0].words.is_empty() && found[0].reasons.contains(&"words".to_owned()));
        assert!(found[0].title.iter().any(|piece| piece.marked), "{title}: {:?}", found[0].title);
    }
    let same = library.read().await.similar(&idea("Show the delivery charges on the product page"), None).await.unwrap();
    assert_eq!((same[0].number.as_str(), same[0].level), ("H-1", Level::VeryClose));
}

async fn archived_ones_are_left_out(library: Library) {
    library.add_idea("Show stock by branch").await;
    let scope = library.scope::<Contribute>(&library.contributor).await;
    scope.archive_hypothesis("H-1").await.unwrap();
    assert!(numbers(&library, "Show stock by branch").await.is_empty());
    scope.restore_hypothesis("H-1").await.unwrap();
    assert_eq!(numbers(&library, "Show stock by branch").await, ["H-1"]);
}

async fn another_workspace_is_not_compared(library: Library) {
    library.add_idea("Show stock by branch").await;
    let there = library.database.store.scope::<store::Read>(&store::Actor::Operator, THERE).await.unwrap();
    assert!(there.similar(&idea("Show stock by branch"), None).await.unwrap().is_empty());
}

async fn an_edit_is_compared_by_its_new_words_alone(library: Library) {
    library.add_idea("Show stock by branch").await;
    let scope = library.scope::<Contribute>(&library.contributor).await;
    scope.edit_hypothesis("H-1", &idea("Offer gift wrapping"), None).await.unwrap();
    assert!(numbers(&library, "Stock per depot").await.is_empty());
    assert_eq!(numbers(&library, "Wrap presents as a gift").await, ["H-1"]);
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn a_hypothesis_is_not_like_itself(library: Library) {
    library.add_idea("Show stock by branch").await;
    library.add_idea("Show branch stock in the basket").await;
    let found = library.read().await.similar_to("H-1").await.unwrap();
    assert_eq!(found.iter().map(|one| one.number.as_str()).collect::<Vec<_>>(), ["H-2"]);
}

async fn whatever_is_typed_is_no_error(library: Library) {
    library.add_idea("日本語 のページ").await;
    for title in
        ["", " ", "\"'*:() OR AND NEAR", "the of a", "日本語", "🙂", "a\0b", "' || 'x", "12 34", &"wide ".repeat(4000), "é\u{301}ß"]
    {
        library.read().await.similar(&idea(title), None).await.unwrap();
    }
    let words: Vec<String> = (0..3000).map(|n| format!("delivery basket w{n}")).collect();
    library.read().await.similar(&idea(&words.join(" ")), None).await.unwrap();
    assert_eq!(numbers(&library, "日本語").await, ["H-1"]);
}

fn text(value: &Value, field: &str) -> Option<String> {
    value[field].as_str().map(str::to_owned)
}

/// Area, lever and metric are words of other catalogues there; the words alone must do.
fn labelled(value: &Value) -> HypothesisDraft {
    let statement = StatementDraft {
        because: text(value, "because"),
        change: text(value, "change"),
        audience: text(value, "audience"),
        ..StatementDraft::default()
    };
    HypothesisDraft { statement, ..idea(value["title"].as_str().unwrap()) }
}

async fn the_labelled_set_is_found(library: Library) {
    let set: Value = serde_json::from_str(include_str!("../../domain/tests/data/likeness.json")).unwrap();
    let scope = library.scope::<Contribute>(&library.contributor).await;
    let mut ids = Vec::new();
    for one in set["library"].as_array().unwrap() {
        let made = scope.create_hypothesis(&labelled(one)).await.unwrap();
        ids.push((text(one, "id").unwrap(), made.number));
    }
    let same = set["pairs"].as_array().unwrap().iter().filter(|pair| pair["kind"] == "same_idea");
    let (mut all, mut met) = (0, 0);
    for pair in same {
        let wanted = &ids.iter().find(|(id, _)| pair["of"] == **id).unwrap().1;
        let found = scope.similar(&labelled(&pair["draft"]), None).await.unwrap();
        all += 1;
        met += usize::from(found.iter().take(5).any(|one| one.number == *wanted));
    }
    assert!(all >= 60 && met * 10 >= all * 8, "recall at 5 is {met} of {all}");
}

async fn a_common_word_brings_no_more_than_can_be_compared(library: Library) {
    let scope = library.scope::<store::Own>(&library.owner).await;
    scope.fill(2500, 0, 3).await.unwrap();
    let told = library.add_idea("Show the delivery charge on product pages in pink").await.number;
    let found = library.read().await.similar(&idea("Show the delivery charge on product pages in pink"), None).await.unwrap();
    assert_eq!((found[0].number.as_str(), found[0].level), (told.as_str(), Level::VeryClose));
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

/// What a migration marks stale, the next opening makes anew.
async fn a_stale_index_is_made_anew_when_the_library_opens(library: Library) {
    library.add_idea("Show the delivery charge on product pages").await;
    library.add_idea("Sort reviews by helpfulness").await;
    for sql in ["DELETE FROM search_term", "DELETE FROM search_index", "UPDATE search_document SET stale = true, gist = ''"] {
        library.database.execute(sql, []).await;
    }
    assert!(!library.database.store.check().await.unwrap().is_empty());
    let store = store::Store::open(&library.database.url).await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    store.close().await;
    assert_eq!(numbers(&library, "Postage on item pages").await, ["H-1"]);
}
