//! Keys of requests that may arrive twice, and pages of what happened.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use store::{Claim, KeptAnswer, KeyedRequest, PageRequest};
use support::{Library, idea, on_both_databases, refused_field};

on_both_databases!(
    a_key_is_taken_once_and_answers_again,
    a_released_key_is_fresh_again,
    keys_belong_to_one_person_and_one_route,
    of_many_claims_at_once_one_is_fresh,
    activity_comes_in_pages_newest_first,
);

fn request(key: &str, digest: &str) -> KeyedRequest {
    KeyedRequest { key: key.into(), route: "POST /a".into(), digest: digest.into() }
}

async fn a_key_is_taken_once_and_answers_again(library: Library) {
    let scope = library.read().await;
    let first = request("one", "a");
    assert_eq!(scope.claim(&first).await.unwrap(), Claim::Fresh);
    assert_eq!(scope.claim(&first).await.unwrap(), Claim::Underway);
    let answer = KeptAnswer { status: 201, headers: "etag: \"1\"".into(), body: "{\"title\":\"日本 🦀\"}".into() };
    scope.keep_answer(&first, &answer).await.unwrap();
    assert_eq!(scope.claim(&first).await.unwrap(), Claim::Answered(answer));
    assert_eq!(scope.claim(&request("one", "b")).await.unwrap(), Claim::OtherBody);
}

async fn a_released_key_is_fresh_again(library: Library) {
    let scope = library.read().await;
    assert_eq!(scope.claim(&request("one", "a")).await.unwrap(), Claim::Fresh);
    scope.release(&request("one", "a")).await.unwrap();
    assert_eq!(scope.claim(&request("one", "b")).await.unwrap(), Claim::Fresh);
}

async fn keys_belong_to_one_person_and_one_route(library: Library) {
    let here = request("one", "a");
    let scope = library.read().await;
    assert_eq!(scope.claim(&here).await.unwrap(), Claim::Fresh);
    let there = KeyedRequest { route: "POST /b".into(), ..here.clone() };
    assert_eq!(scope.claim(&there).await.unwrap(), Claim::Fresh);
    let elsewhere = library.elsewhere::<store::Read>().await;
    assert_eq!(elsewhere.claim(&here).await.unwrap(), Claim::Fresh);
}

async fn of_many_claims_at_once_one_is_fresh(library: Library) {
    let claims = (0..10).map(|_| {
        let library = library.clone();
        tokio::spawn(async move { library.read().await.claim(&request("race", "a")).await.unwrap() })
    });
    let mut fresh = 0;
    for claim in claims.collect::<Vec<_>>() {
        fresh += u32::from(claim.await.unwrap() == Claim::Fresh);
    }
    assert_eq!(fresh, 1);
}

async fn activity_comes_in_pages_newest_first(library: Library) {
    let contribute = library.contribute().await;
    for title in ["One", "Two", "Three"] {
        contribute.create_hypothesis(&idea(title)).await.unwrap();
    }
    let scope = library.read().await;
    let mut wanted = PageRequest { limit: Some(2), cursor: None };
    let first = scope.activity(&wanted).await.unwrap();
    let titles: Vec<&str> = first.items.iter().map(|event| event.summary.as_str()).collect();
    assert_eq!((titles, first.items[0].subject, first.items[0].number.as_str()), (vec!["Three", "Two"], Subject::Hypothesis, "H-3"));
    wanted.cursor = first.next;
    assert_eq!(scope.activity(&wanted).await.unwrap().items[0].summary, "One");
    assert_eq!(refused_field(scope.history_page(Subject::Hypothesis, "H-1", &wanted).await), ["cursor"]);
    let own = scope.history_page(Subject::Hypothesis, "H-1", &PageRequest::default()).await.unwrap();
    assert_eq!((own.total, own.next), (1, None));
}
