//! Many writers at once lose nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::hypotheses::{HandMove, Hypothesis};
use std::collections::BTreeSet;
use store::StoreError;
use support::{Library, all, counters_are_true, events, idea, on_both_databases};

on_both_databases!(fifty_writers_get_fifty_numbers, of_twenty_edits_with_one_version_one_wins, many_kinds_of_writers_at_once_lose_nothing);

const H: Subject = Subject::Hypothesis;

async fn to(library: &Library, number: &str, stage: &str, reason: Option<&str>) -> Result<Hypothesis, StoreError> {
    let wanted = HandMove { stage: stage.into(), reason: reason.map(str::to_owned) };
    library.contribute().await.move_hypothesis(number, &wanted).await
}

async fn fifty_writers_get_fifty_numbers(library: Library) {
    let writers = (0..50).map(|n| {
        let library = library.clone();
        tokio::spawn(async move { library.add_idea(&format!("Idea {n}")).await.number })
    });
    let mut numbers = BTreeSet::new();
    for writer in writers.collect::<Vec<_>>() {
        numbers.insert(writer.await.unwrap());
    }
    assert_eq!(numbers, (1..=50).map(|n| format!("H-{n}")).collect());
    counters_are_true(&library).await;
    let titles: BTreeSet<_> = all(&library).await.into_iter().map(|hypothesis| hypothesis.title).collect();
    assert_eq!(titles.len(), 50);
    assert_eq!(library.database.number("SELECT count(*) FROM event WHERE action = 'created' AND subject = 'hypothesis'", []).await, 50);
}

async fn of_twenty_edits_with_one_version_one_wins(library: Library) {
    library.add_idea("First").await;
    let edits = (0..20).map(|n| {
        let library = library.clone();
        let edit = async move {
            let title = format!("Title {n}");
            let outcome = library.contribute().await.edit_hypothesis("H-1", &idea(&title), Some(1)).await;
            match outcome {
                Ok(_) => Some(title),
                Err(StoreError::Stale { current: 2 }) => None,
                Err(error) => panic!("{error}"),
            }
        };
        tokio::spawn(edit)
    });
    let mut won = Vec::new();
    for edit in edits.collect::<Vec<_>>() {
        won.extend(edit.await.unwrap());
    }
    let kept = library.read().await.hypothesis("H-1").await.unwrap();
    assert_eq!((vec![kept.title.clone()], kept.version), (won, 2));
    assert_eq!(events(&library, H, "H-1").await.len(), 2);
}

async fn many_kinds_of_writers_at_once_lose_nothing(library: Library) {
    for n in 0..6 {
        library.add_idea(&format!("Idea {n}")).await;
    }
    let writers = (0..48_i64).map(|n| {
        let library = library.clone();
        let number = format!("H-{}", n % 6 + 1);
        let write = async move {
            match n / 12 {
                0 => drop(to(&library, &number, "prioritised", None).await.unwrap()),
                1 => drop(to(&library, &number, "parked", Some("later")).await.unwrap()),
                2 => drop(library.contribute().await.archive_hypothesis(&number).await.unwrap()),
                _ => drop(library.score(&library.lead, &number, [5, 5, 5]).await),
            }
        };
        tokio::spawn(write)
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    counters_are_true(&library).await;
    for hypothesis in all(&library).await {
        let told = events(&library, H, &hypothesis.number).await;
        let changes = told.iter().filter(|event| event.action != "scored").count();
        assert_eq!(i64::try_from(changes).unwrap(), hypothesis.version, "each version has its event: {told:?}");
        assert!(hypothesis.archived && hypothesis.score.is_some());
    }
}
