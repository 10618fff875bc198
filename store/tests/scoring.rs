//! Scores of members, the team's number, and the rule that makes it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::accounts::WorkspaceSettings;
use domain::activity::Subject;
use domain::hypotheses::{BacklogQuery, Hypothesis};
use domain::scoring::{CombineRule, Model, Score, ScoreDraft};
use store::{Actor, Contribute};
use support::{HERE, Library, all, counters_are_true, event, events, on_both_databases, refused, refused_field};

on_both_databases!(
    a_score_is_kept_and_the_team_number_renewed,
    the_team_value_is_the_median_and_a_wide_spread_is_a_split,
    a_second_score_replaces_the_first_and_both_stay_in_the_history,
    a_score_changes_no_other_hypothesis_and_no_version,
    refused_scores_change_nothing,
    a_new_rule_renews_every_team_score,
    a_scope_from_before_a_new_rule_scores_by_the_new_one,
    a_scope_from_before_a_new_rule_can_change_it_back,
    many_scorers_at_once_are_all_counted,
    one_member_scoring_many_times_at_once_has_one_score,
);

fn levels(impact: i64, confidence: i64, ease: i64) -> ScoreDraft {
    ScoreDraft::ice(impact, confidence, ease)
}

fn given(score: &Score) -> Vec<f64> {
    ["impact", "confidence", "ease"].iter().filter_map(|slug| score.judgement.level(slug)).collect()
}

fn value(hypothesis: &Hypothesis) -> f64 {
    hypothesis.score.as_ref().map_or(-1.0, |score| (score.value * 1000.0).round() / 1000.0)
}

fn rule(combine: CombineRule) -> WorkspaceSettings {
    WorkspaceSettings { combine, ..WorkspaceSettings::default() }
}

async fn order(library: &Library) -> Vec<String> {
    let page = library.read().await.backlog(&BacklogQuery::default()).await.unwrap();
    page.items.into_iter().map(|one| format!("{} {}", one.number, value(&one))).collect()
}

async fn a_score_is_kept_and_the_team_number_renewed(library: Library) {
    library.add_idea("First").await;
    let draft = ScoreDraft { reason: Some(" we saw it ".into()), lift_low: Some(0.01), lift_high: Some(0.03), ..levels(8, 7, 6) };
    let scored = library.scope::<Contribute>(&library.lead).await.score_hypothesis("H-1", &draft).await.unwrap();
    assert_eq!(scored, library.read().await.hypothesis("H-1").await.unwrap());
    assert_eq!((value(&scored), scored.score.as_ref().unwrap().scorers), (7.0, 1));
    assert_eq!(event(&library, Subject::Hypothesis, "H-1").await, "Leo Lead scored: Impact 8, confidence 7, ease 6 (we saw it)");
    let scores = library.read().await.scores("H-1").await.unwrap();
    assert_eq!((scores.len(), scores[0].by.as_str(), scores[0].email.as_str()), (1, "Leo Lead", "lead@holm.example"));
    assert_eq!(
        (given(&scores[0]), scores[0].judgement.lift_low, scores[0].judgement.lift_high),
        (vec![8.0, 7.0, 6.0], Some(0.01), Some(0.03))
    );
    assert_eq!(scores[0].judgement.reason.as_deref(), Some("we saw it"));
}

async fn the_team_value_is_the_median_and_a_wide_spread_is_a_split(library: Library) {
    library.add_idea("First").await;
    library.score(&library.owner, "H-1", [9, 5, 2]).await;
    let two = library.score(&library.lead, "H-1", [6, 6, 3]).await;
    assert_eq!(value(&two), 5.167);
    assert_eq!(two.score.as_ref().unwrap().split, ["impact"]);
    let three = library.score(&library.contributor, "H-1", [7, 6, 10]).await;
    let score = three.score.as_ref().unwrap();
    assert_eq!((value(&three), score.scorers, score.split.len()), (5.333, 3, 2));
    let ease = score.criteria["ease"];
    assert_eq!((ease.low, ease.high, ease.value), (2.0, 10.0, 3.0));
    let by: Vec<_> = library.read().await.scores("H-1").await.unwrap().into_iter().map(|score| score.by).collect();
    assert_eq!(by, ["Cora Contributor", "Leo Lead", "Olive Owner"]);
}

async fn a_second_score_replaces_the_first_and_both_stay_in_the_history(library: Library) {
    library.add_idea("First").await;
    library.score(&library.lead, "H-1", [1, 1, 1]).await;
    assert_eq!(value(&library.score(&library.lead, "H-1", [9, 9, 9]).await), 9.0);
    assert_eq!(library.read().await.scores("H-1").await.unwrap().len(), 1);
    assert_eq!(library.database.number("SELECT count(*) FROM score", []).await, 2);
    let told: Vec<_> = events(&library, Subject::Hypothesis, "H-1").await.into_iter().map(|event| event.summary).collect();
    assert_eq!(told, ["Impact 9, confidence 9, ease 9", "Impact 1, confidence 1, ease 1", "First"]);
}

async fn a_score_changes_no_other_hypothesis_and_no_version(library: Library) {
    let first = library.add_idea("First").await;
    library.add_idea("Second").await;
    library.score(&library.lead, "H-1", [4, 5, 6]).await;
    let before = library.read().await.hypothesis("H-1").await.unwrap();
    library.score(&library.lead, "H-2", [10, 10, 10]).await;
    assert_eq!(library.read().await.hypothesis("H-1").await.unwrap(), before);
    assert_eq!((before.version, before.updated_at), (first.version, first.updated_at));
    assert_eq!(order(&library).await, ["H-2 10", "H-1 5"]);
    counters_are_true(&library).await;
}

async fn refused_scores_change_nothing(library: Library) {
    library.add_idea("First").await;
    library.score(&library.lead, "H-1", [4, 5, 6]).await;
    let before = (all(&library).await, events(&library, Subject::Hypothesis, "H-1").await);
    let lead = library.scope::<Contribute>(&library.lead).await;
    for (draft, field) in [
        (levels(0, 5, 5), "impact"),
        (levels(5, 11, 5), "confidence"),
        (levels(5, 5, i64::MAX), "ease"),
        (ScoreDraft::of(Model::Ice, [("impact", 5.0), ("confidence", 5.0)]), "ease"),
        (ScoreDraft { model: Some("gut".into()), ..levels(5, 5, 5) }, "model"),
        (ScoreDraft { lift_low: Some(0.1), ..levels(5, 5, 5) }, "lift_high"),
        (ScoreDraft { reason: Some("x".repeat(301)), ..levels(5, 5, 5) }, "reason"),
    ] {
        assert_eq!(refused_field(lead.score_hypothesis("H-1", &draft).await), [field]);
    }
    assert_eq!(refused(lead.score_hypothesis("H-2", &levels(5, 5, 5)).await), "not found");
    let operator = library.scope::<Contribute>(&Actor::Operator).await;
    assert_eq!(refused(operator.score_hypothesis("H-1", &levels(5, 5, 5)).await), "conflict");
    assert_eq!((all(&library).await, events(&library, Subject::Hypothesis, "H-1").await), before);
    assert_eq!(library.database.number("SELECT count(*) FROM score", []).await, 1);
}

async fn a_new_rule_renews_every_team_score(library: Library) {
    for (n, levels) in [[9, 9, 2], [6, 6, 7], [10, 10, 10]].into_iter().enumerate() {
        library.add_idea(&format!("Idea {n}")).await;
        library.score(&library.lead, &format!("H-{}", n + 1), levels).await;
    }
    library.add_idea("Unscored").await;
    library.contribute().await.archive_hypothesis("H-3").await.unwrap();
    let versions = |found: &[Hypothesis]| found.iter().map(|one| one.version).collect::<Vec<_>>();
    let before = versions(&all(&library).await);
    assert_eq!(order(&library).await, ["H-1 6.667", "H-2 6.333", "H-4 -1"]);
    library.configure().await.change_settings("Holm Group", &rule(CombineRule::Product)).await.unwrap();
    assert_eq!(event(&library, Subject::Workspace, HERE).await, "Leo Lead edited: Changed the settings");
    assert_eq!(order(&library).await, ["H-2 252", "H-1 162", "H-4 -1"]);
    assert_eq!(value(&library.read().await.hypothesis("H-3").await.unwrap()), 1000.0, "archived ones too");
    assert_eq!(versions(&all(&library).await), before);
    library.configure().await.change_settings("Holm Group", &rule(CombineRule::Mean)).await.unwrap();
    assert_eq!(order(&library).await, ["H-1 6.667", "H-2 6.333", "H-4 -1"]);
}

async fn a_scope_from_before_a_new_rule_scores_by_the_new_one(library: Library) {
    library.add_idea("First").await;
    let earlier = library.scope::<Contribute>(&library.lead).await;
    library.configure().await.change_settings("Holm Group", &rule(CombineRule::Product)).await.unwrap();
    assert_eq!(value(&earlier.score_hypothesis("H-1", &levels(2, 3, 4)).await.unwrap()), 24.0);
}

async fn a_scope_from_before_a_new_rule_can_change_it_back(library: Library) {
    library.add_idea("First").await;
    library.score(&library.lead, "H-1", [2, 3, 4]).await;
    let earlier = library.configure().await;
    library.configure().await.change_settings("Holm Group", &rule(CombineRule::Product)).await.unwrap();
    earlier.change_settings("Holm Group", &rule(CombineRule::Mean)).await.unwrap();
    assert_eq!(order(&library).await, ["H-1 3"]);
}

async fn many_scorers_at_once_are_all_counted(library: Library) {
    library.add_idea("First").await;
    let mut scorers = Vec::new();
    for n in 1..=10 {
        scorers.push((library.add_member(&format!("Scorer P{n}"), "contributor").await, n));
    }
    let scores: Vec<_> = scorers
        .into_iter()
        .map(|(scorer, n)| {
            let library = library.clone();
            tokio::spawn(async move { library.score(&scorer, "H-1", [n, n, n]).await })
        })
        .collect();
    for score in scores {
        score.await.unwrap();
    }
    let scored = library.read().await.hypothesis("H-1").await.unwrap();
    assert_eq!((value(&scored), scored.score.unwrap().scorers), (5.5, 10));
}

async fn one_member_scoring_many_times_at_once_has_one_score(library: Library) {
    library.add_idea("First").await;
    let scores: Vec<_> = (1..=10)
        .map(|n| {
            let library = library.clone();
            tokio::spawn(async move { library.score(&library.lead, "H-1", [n, n, n]).await })
        })
        .collect();
    for score in scores {
        score.await.unwrap();
    }
    let kept = library.read().await.scores("H-1").await.unwrap();
    let team = library.read().await.hypothesis("H-1").await.unwrap();
    assert_eq!((kept.len(), team.score.as_ref().unwrap().scorers), (1, 1));
    assert_eq!(value(&team), given(&kept[0])[0]);
    assert_eq!(events(&library, Subject::Hypothesis, "H-1").await.len(), 11);
}
