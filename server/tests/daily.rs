//! The daily renewal, as the server runs it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{Days, Utc};
use domain::evidence::{Direction, EvidenceDraft, Kind, LinkDraft};
use std::time::Duration;
use store::{Actor, Contribute};
use support::{HERE, World};
use tokio::sync::watch;

#[tokio::test]
async fn what_is_of_an_earlier_day_is_renewed_at_once_and_the_end_is_clean() {
    let world = World::furnished().await;
    let today = Utc::now().date_naive();
    let scope = world.store.scope::<Contribute>(&Actor::Operator, HERE).await.unwrap();
    let then = scope.at(Utc::now() - Days::new(270));
    let draft = EvidenceDraft::titled("Long ago", Kind::Analytics);
    then.create_evidence_for("H-1", &draft, &LinkDraft::new(Direction::Supports)).await.unwrap();
    assert_eq!(then.confidence_explained("H-1").await.unwrap().value, 2.0);
    let (stop, stopping) = watch::channel(());
    let job = tokio::spawn(server::daily::keep_confidence_fresh(world.store.clone(), stopping));
    let mut tries = 0;
    let renewed = loop {
        let found = then.confidence_explained("H-1").await.unwrap();
        if found.day == today || tries == 500 {
            break found;
        }
        tries += 1;
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!((renewed.day, renewed.value), (today, 1.0));
    drop(stop);
    tokio::time::timeout(Duration::from_secs(5), job).await.unwrap().unwrap();
}
