use super::*;
use crate::evidence::EvidenceQuery;
use crate::experiments::TestQuery;
use crate::hypotheses::BacklogQuery;
use crate::learnings::LearningQuery;

fn written(before: &str, list: Option<Kind>, here: &[Named]) -> Vec<String> {
    suggestions(before, list, here).into_iter().map(|one| one.written).collect()
}

fn named(slug: &str, name: &str) -> Named {
    Named { slug: slug.into(), name: name.into() }
}

#[test]
fn a_word_becomes_the_name_of_a_filter_that_the_list_knows() {
    assert_eq!(written("stock s", None, &[]), ["stage:", "score:", "site:", "state:"]);
    assert_eq!(written("stock s", Some(Kind::Evidence), &[]), ["site:"]);
    assert_eq!(written("ST", Some(Kind::Hypothesis), &[]), ["stage:"]);
    assert_eq!(written("", None, &[]), [""; 0]);
    assert_eq!(written("stock ", None, &[]), [""; 0]);
    assert_eq!(written("zzz", None, &[]), [""; 0]);
}

#[test]
fn a_name_is_followed_by_its_values() {
    assert_eq!(
        written("x stage:e", None, &[]),
        ["stage:evidence_gathered", "stage:idea", "stage:prioritised", "stage:in_test", "stage:decided", "stage:shipped", "stage:parked"]
    );
    assert_eq!(written("stage:\"evidence g", None, &[]), ["stage:evidence_gathered"]);
    assert_eq!(written("stage:idea,pa", None, &[]), ["stage:idea,parked"]);
    assert!(!written("stage:idea,", None, &[]).contains(&"stage:idea,idea".to_owned()));
    assert_eq!(written("stage:idea", None, &[]), [""; 0]);
    assert_eq!(written("stage:i", Some(Kind::Evidence), &[]), [""; 0]);
    assert_eq!(written("kind:usab", Some(Kind::Evidence), &[]), ["kind:usability_review"]);
    assert_eq!(written("nothing:x", None, &[]), [""; 0]);
}

#[test]
fn values_of_the_workspace_are_wanted_by_what_they_hold() {
    assert_eq!(wanted("stock area:Pro", None), Some((Listed::Areas, "pro".to_owned())));
    assert_eq!(wanted("owner:", Some(Kind::Test)), None);
    assert_eq!(wanted("stage:i", None), None);
    assert_eq!(wanted("area", None), None);
    let areas = [named("checkout", "Checkout"), named("product-page", "Product page")];
    assert_eq!(written("area:\"Product p", None, &areas), ["area:product-page"]);
    assert_eq!(written("area:c", None, &areas), ["area:checkout", "area:product-page"]);
    assert_eq!(written("owner:", None, &[named("ada@shop.example", "Ada Byron")]), ["owner:me", "owner:none", "owner:ada@shop.example"]);
    assert_eq!(written("tag:\"quick w", None, &[named("quick win", "quick win")]), ["tag:\"quick win\""]);
}

#[test]
fn every_offer_is_understood_by_every_list_that_is_named() {
    for filter in FILTERS {
        for list in filter.lists {
            let Values::Fixed(values) = filter.values else { continue };
            for (slug, _) in values(Some(*list)) {
                let text = format!("{}:{slug}", filter.name);
                let rest = match list {
                    Kind::Hypothesis => BacklogQuery::default().take_typed(&text),
                    Kind::Evidence => EvidenceQuery::default().take_typed(&text),
                    Kind::Test => TestQuery::default().take_typed(&text),
                    Kind::Learning => LearningQuery::default().take_typed(&text),
                };
                assert_eq!(rest.understood, [text], "{list:?}");
            }
        }
        if let Values::Here(_) = filter.values {
            let text = format!("{}:some-thing", filter.name);
            for list in Kind::ALL {
                let understood = match list {
                    Kind::Hypothesis => BacklogQuery::default().take_typed(&text),
                    Kind::Evidence => EvidenceQuery::default().take_typed(&text),
                    Kind::Test => TestQuery::default().take_typed(&text),
                    Kind::Learning => LearningQuery::default().take_typed(&text),
                };
                assert_eq!(!understood.understood.is_empty(), filter.lists.contains(&list), "{} {list:?}", filter.name);
            }
        }
    }
}

#[test]
fn nothing_that_can_be_typed_fails() {
    for text in ["", ":", "\"", "a:\"", "stage:,", "stage:\u{0}", "日本:語", "“stage:idea", &"é ".repeat(900), &"é".repeat(900)] {
        for list in [None, Some(Kind::Test)] {
            assert!(suggestions(text, list, &[]).len() <= OFFERED);
            let _ = wanted(text, list);
        }
    }
}
