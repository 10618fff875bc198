//! What other weights would do, before and after they are saved.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::accounts::WorkspaceSettings;
use domain::activity::Subject;
use domain::evidence::{Direction, EvidenceDraft, Kind, LinkDraft, Moved, Weights, WeightsPreview};
use domain::hypotheses::{BacklogQuery, HandMove};
use store::Contribute;
use support::{HERE, Library, all, events, idea, on_both_databases, refused_field};

on_both_databases!(
    a_preview_says_what_saving_then_does,
    a_preview_writes_nothing,
    impossible_weights_are_refused_by_field,
    another_workspace_is_not_weighed,
);

async fn add(library: &Library, kinds: &[Kind]) -> String {
    let scope = library.contribute().await;
    let number = scope.create_hypothesis(&idea("Idea")).await.unwrap().number;
    for kind in kinds {
        let draft = EvidenceDraft::titled("A finding", *kind);
        scope.create_evidence_for(&number, &draft, &LinkDraft::new(Direction::Supports)).await.unwrap();
    }
    number
}

/// Interviews for H-1, analytics for H-2, nothing for H-3; a parked H-4 and an archived H-5 that rest on analytics.
async fn shelf(library: &Library) {
    add(library, &[Kind::Interview]).await;
    add(library, &[Kind::Analytics]).await;
    add(library, &[]).await;
    add(library, &[Kind::Analytics]).await;
    add(library, &[Kind::Analytics]).await;
    let scope = library.contribute().await;
    scope.move_hypothesis("H-4", &HandMove { stage: "parked".into(), reason: Some("Later".into()) }).await.unwrap();
    scope.archive_hypothesis("H-5").await.unwrap();
}

fn heavier() -> Weights {
    let mut weights = Weights::default();
    weights.behaviour.base = 0.40;
    weights
}

fn told(list: &[Moved]) -> Vec<(&str, f64, f64, u64, u64)> {
    list.iter().map(|one| (one.number.as_str(), one.now, one.then, one.place_now, one.place_then)).collect()
}

async fn preview(library: &Library) -> WeightsPreview {
    library.configure().await.preview_weights(&heavier()).await.unwrap()
}

async fn order(library: &Library) -> Vec<String> {
    let query = BacklogQuery::from_pairs([("sort", "-evidence"), ("stage", "idea"), ("stage", "evidence_gathered")]).unwrap();
    library.read().await.backlog(&query).await.unwrap().items.into_iter().map(|one| one.number).collect()
}

async fn a_preview_says_what_saving_then_does(library: Library) {
    shelf(&library).await;
    let found = preview(&library).await;
    assert_eq!((found.weighed, found.changed, found.open), (3, 2, 3), "a parked one is weighed, an archived one is not");
    assert_eq!(told(&found.top), [("H-2", 2.0, 4.0, 2, 1), ("H-1", 2.5, 2.5, 1, 2), ("H-3", 0.0, 0.0, 3, 3)]);
    assert_eq!(told(&found.moves), [("H-2", 2.0, 4.0, 2, 1), ("H-1", 2.5, 2.5, 1, 2)]);
    assert_eq!(found.top[0].title, "Idea");
    assert_eq!(order(&library).await, ["H-1", "H-2", "H-3"]);
    let settings = WorkspaceSettings { evidence: heavier(), ..WorkspaceSettings::default() };
    library.configure().await.change_settings("Holm Group", &settings).await.unwrap();
    assert_eq!(order(&library).await, ["H-2", "H-1", "H-3"]);
    let saved: Vec<f64> = all(&library).await.iter().map(|one| one.evidence.confidence).collect();
    assert_eq!(saved, [2.5, 4.0, 0.0, 4.0, 4.0]);
    let back = library.configure().await.preview_weights(&Weights::default()).await.unwrap();
    assert_eq!(told(&back.top)[0], ("H-1", 2.5, 2.5, 2, 1));
}

async fn a_preview_writes_nothing(library: Library) {
    shelf(&library).await;
    let (before, history) = (all(&library).await, events(&library, Subject::Workspace, HERE).await.len());
    preview(&library).await;
    assert_eq!((all(&library).await, events(&library, Subject::Workspace, HERE).await.len()), (before, history));
    assert_eq!(library.configure().await.workspace().settings.evidence, Weights::default());
}

async fn impossible_weights_are_refused_by_field(library: Library) {
    let mut weights = Weights::default();
    weights.opinion.half_life_days = 0;
    weights.test.cap = 1.0;
    let fields = refused_field(library.configure().await.preview_weights(&weights).await);
    assert_eq!(fields, ["evidence.opinion.half_life_days", "evidence.test.cap"]);
}

async fn another_workspace_is_not_weighed(library: Library) {
    shelf(&library).await;
    let elsewhere = library.elsewhere::<store::Configure>().await;
    assert_eq!(elsewhere.preview_weights(&heavier()).await.unwrap(), WeightsPreview::default());
    let contribute = library.elsewhere::<Contribute>().await;
    contribute.create_hypothesis(&idea("Theirs")).await.unwrap();
    assert_eq!(preview(&library).await.open, 3);
}
