//! Scores by other models than ICE: switching never loses any, and what ranks follows in the same transaction.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::accounts::WorkspaceSettings;
use domain::activity::Subject;
use domain::hypotheses::{BacklogQuery, Hypothesis, HypothesisDraft, MergeDraft};
use domain::scoring::{CombineRule, CustomCriterion, Model, ScoreDraft, ScoringSettings};
use std::collections::BTreeMap;
use store::{Actor, Configure, Contribute};
use support::{HERE, Library, SHOP, all, event, idea, on_both_databases, refused_field, whole};

on_both_databases!(
    switching_the_model_and_back_gives_the_old_numbers,
    each_person_has_a_present_score_per_model,
    a_site_may_have_a_model_of_its_own,
    a_hypothesis_that_changes_its_site_is_ranked_by_that_sites_model,
    criteria_of_ones_own_come_and_go_without_losing_a_level,
    many_hypotheses_are_renewed_at_once,
    scores_from_before_there_were_models_are_scores_by_ice,
    settings_that_make_no_sense_are_refused_by_field,
    a_score_older_than_a_change_asks_for_a_re_check_by_its_own_model,
    a_merge_and_its_undo_keep_scores_of_all_models,
    another_workspace_keeps_its_numbers,
);

const RICE: [(&str, f64); 4] = [("reach", 1200.0), ("impact", 2.0), ("confidence", 80.0), ("effort", 3.0)];

fn rice(reach: f64, effort: f64) -> ScoreDraft {
    ScoreDraft::of(Model::Rice, [("reach", reach), ("impact", 2.0), ("confidence", 80.0), ("effort", effort)])
}

fn by(model: Model) -> WorkspaceSettings {
    WorkspaceSettings { scoring: ScoringSettings { model, ..ScoringSettings::default() }, ..WorkspaceSettings::default() }
}

fn own(names: &[(&str, f64, bool)]) -> WorkspaceSettings {
    let custom = names.iter().map(|(name, weight, cost)| CustomCriterion {
        slug: String::new(),
        name: (*name).to_owned(),
        weight: *weight,
        cost: *cost,
    });
    let mut settings = by(Model::Custom);
    settings.scoring.custom = custom.collect();
    settings
}

async fn set(library: &Library, settings: &WorkspaceSettings) {
    library.configure().await.change_settings("Holm Group", settings).await.unwrap();
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn score(library: &Library, by: &Actor, number: &str, draft: &ScoreDraft) -> Hypothesis {
    library.scope::<Contribute>(by).await.score_hypothesis(number, draft).await.unwrap()
}

async fn order(library: &Library) -> Vec<String> {
    let page = library.read().await.backlog(&BacklogQuery::default()).await.unwrap();
    let told = |one: Hypothesis| match one.score {
        Some(score) => format!("{} {} {}", one.number, score.model.slug(), (score.value * 100.0).round() / 100.0),
        None => format!("{} -", one.number),
    };
    page.items.into_iter().map(told).collect()
}

async fn unscored(library: &Library, by: &Actor) -> Vec<String> {
    let query = BacklogQuery { unscored: true, ..BacklogQuery::default() };
    let page = library.scope::<Contribute>(by).await.backlog(&query).await.unwrap();
    page.items.into_iter().map(|one| one.number).collect()
}

async fn switching_the_model_and_back_gives_the_old_numbers(library: Library) {
    for n in 1..=3 {
        library.add_idea(&format!("Idea {n}")).await;
    }
    library.score(&library.lead, "H-1", [9, 9, 2]).await;
    library.score(&library.owner, "H-1", [4, 8, 3]).await;
    library.score(&library.lead, "H-2", [6, 6, 7]).await;
    let before = all(&library).await;
    set(&library, &by(Model::Rice)).await;
    assert_eq!(order(&library).await, ["H-1 -", "H-2 -", "H-3 -"]);
    assert_eq!(unscored(&library, &library.lead).await, ["H-1", "H-2", "H-3"]);
    let scored = score(&library, &library.lead, "H-2", &ScoreDraft { model: None, ..ScoreDraft::of(Model::Rice, RICE) }).await;
    assert_eq!((scored.version, scored.updated_at), (before[1].version, before[1].updated_at), "a score is no edit");
    assert_eq!(event(&library, Subject::Hypothesis, "H-2").await, "Leo Lead scored: Reach 1,200, impact 2, confidence 80%, effort 3");
    score(&library, &library.lead, "H-3", &rice(60.0, 0.5)).await;
    score(&library, &library.owner, "H-3", &rice(6000.0, 0.5)).await;
    assert_eq!(order(&library).await, ["H-3 rice 9696", "H-2 rice 640", "H-1 -"]);
    let split = library.read().await.hypothesis("H-3").await.unwrap().score.unwrap().split;
    assert_eq!(split, ["reach"]);
    assert_eq!(unscored(&library, &library.lead).await, ["H-1"]);
    set(&library, &WorkspaceSettings::default()).await;
    assert_eq!(all(&library).await, before);
    assert_eq!(unscored(&library, &library.lead).await, ["H-3"]);
    set(&library, &WorkspaceSettings { combine: CombineRule::Product, ..by(Model::Pie) }).await;
    assert_eq!(order(&library).await, ["H-1 -", "H-2 -", "H-3 -"]);
    set(&library, &by(Model::Rice)).await;
    assert_eq!(order(&library).await, ["H-3 rice 9696", "H-2 rice 640", "H-1 -"]);
    set(&library, &WorkspaceSettings::default()).await;
    assert_eq!(all(&library).await, before);
}

async fn each_person_has_a_present_score_per_model(library: Library) {
    library.add_idea("First").await;
    library.score(&library.lead, "H-1", [5, 5, 5]).await;
    let after = score(&library, &library.lead, "H-1", &rice(100.0, 1.0)).await;
    assert_eq!(after.score.unwrap().value, 5.0, "a score by another model ranks nothing");
    score(&library, &library.lead, "H-1", &rice(200.0, 1.0)).await;
    score(&library, &library.contributor, "H-1", &rice(300.0, 1.0)).await;
    let told = async || {
        let scores = library.read().await.scores("H-1").await.unwrap();
        scores.into_iter().map(|one| format!("{} {}", one.judgement.model.slug(), one.by)).collect::<Vec<_>>()
    };
    assert_eq!(told().await, ["ice Leo Lead", "rice Cora Contributor", "rice Leo Lead"]);
    set(&library, &by(Model::Rice)).await;
    assert_eq!(told().await, ["rice Cora Contributor", "rice Leo Lead", "ice Leo Lead"]);
    assert_eq!(order(&library).await, ["H-1 rice 400"]);
    assert_eq!(library.database.number("SELECT count(*) FROM score", []).await, 4);
    let lead = library.scope::<Contribute>(&library.lead).await;
    let mixed = ScoreDraft { model: None, ..ScoreDraft::ice(5, 5, 5) };
    assert_eq!(refused_field(lead.score_hypothesis("H-1", &mixed).await), ["reach", "impact", "confidence", "effort", "ease"]);
}

async fn a_site_may_have_a_model_of_its_own(library: Library) {
    library.contribute().await.create_hypothesis(&whole("In the shop")).await.unwrap();
    library.add_idea("Nowhere").await;
    for number in ["H-1", "H-2"] {
        library.score(&library.lead, number, [6, 6, 6]).await;
        score(&library, &library.lead, number, &rice(9.0, 1.0)).await;
    }
    let mut settings = WorkspaceSettings::default();
    settings.scoring.sites = BTreeMap::from([(SHOP.to_owned(), Model::Rice)]);
    set(&library, &settings).await;
    assert_eq!(order(&library).await, ["H-1 rice 14.4", "H-2 ice 6"]);
    assert_eq!(unscored(&library, &library.owner).await, ["H-1", "H-2"]);
    let draft = ScoreDraft { model: None, ..rice(10.0, 1.0) };
    assert_eq!(score(&library, &library.owner, "H-1", &draft).await.score.unwrap().scorers, 2);
    assert_eq!(unscored(&library, &library.owner).await, ["H-2"]);
    score(&library, &library.owner, "H-2", &rice(10.0, 1.0)).await;
    assert_eq!(unscored(&library, &library.owner).await, ["H-2"], "only a score by the model in force counts");
}

async fn a_hypothesis_that_changes_its_site_is_ranked_by_that_sites_model(library: Library) {
    let mut settings = WorkspaceSettings::default();
    settings.scoring.sites = BTreeMap::from([(SHOP.to_owned(), Model::Rice)]);
    set(&library, &settings).await;
    library.add_idea("Moves about").await;
    library.score(&library.lead, "H-1", [6, 6, 6]).await;
    score(&library, &library.lead, "H-1", &rice(9.0, 1.0)).await;
    assert_eq!(order(&library).await, ["H-1 ice 6"]);
    let shop = HypothesisDraft { site: Some(SHOP.to_owned()), ..idea("Moves about") };
    library.contribute().await.edit_hypothesis("H-1", &shop, None).await.unwrap();
    assert_eq!(order(&library).await, ["H-1 rice 14.4"]);
    library.contribute().await.edit_hypothesis("H-1", &idea("Moves about"), None).await.unwrap();
    assert_eq!(order(&library).await, ["H-1 ice 6"]);
    assert_eq!(library.database.store.check().await.unwrap(), Vec::<String>::new());
}

async fn criteria_of_ones_own_come_and_go_without_losing_a_level(library: Library) {
    library.add_idea("First").await;
    set(&library, &own(&[("Gain", 2.0, false), ("Risk", 1.0, true)])).await;
    let levels = ScoreDraft { model: None, ..ScoreDraft::of(Model::Custom, [("gain", 8.0), ("risk", 2.0)]) };
    assert_eq!(score(&library, &library.lead, "H-1", &levels).await.score.unwrap().value, 25.0 / 3.0);
    set(&library, &own(&[("Gain", 2.0, false)])).await;
    assert_eq!(order(&library).await, ["H-1 custom 8"]);
    set(&library, &own(&[("Gain", 2.0, false), ("Fit", 6.0, false)])).await;
    assert_eq!(order(&library).await, ["H-1 custom 8"], "a criterion that nobody has judged leaves the others in proportion");
    set(&library, &own(&[("Risk", 5.0, true)])).await;
    assert_eq!(order(&library).await, ["H-1 custom 9"]);
    set(&library, &own(&[("Gain", 2.0, false), ("Risk", 1.0, true)])).await;
    assert_eq!(order(&library).await, ["H-1 custom 8.33"]);
    set(&library, &own(&[("Gain", 1.0, false), ("Risk", 1.0, false)])).await;
    assert_eq!(order(&library).await, ["H-1 custom 5"]);
}

async fn many_hypotheses_are_renewed_at_once(library: Library) {
    library.own().await.fill(1100, 0, 7).await.unwrap();
    let stored = async || {
        let sql = "SELECT COALESCE(score, '') || CAST(score_milli AS TEXT) AS told FROM hypothesis ORDER BY id";
        library.database.texts(sql, []).await
    };
    let scored = |rows: &[String]| rows.iter().filter(|row| *row != "-1").count();
    let before = stored().await;
    assert!(scored(&before) > 600, "{}", scored(&before));
    set(&library, &by(Model::Rice)).await;
    assert_eq!((stored().await.len(), scored(&stored().await)), (1100, 0));
    set(&library, &WorkspaceSettings { combine: CombineRule::Product, ..WorkspaceSettings::default() }).await;
    let product = stored().await;
    assert_eq!(scored(&product), scored(&before));
    assert_ne!(product, before);
    set(&library, &WorkspaceSettings::default()).await;
    assert_eq!(stored().await, before);
}

/// What the table of scores was before there were other models, made from what it is.
async fn make_older(library: &Library) {
    for column in ["impact", "confidence", "ease"] {
        library.database.execute(&format!("ALTER TABLE score ADD COLUMN {column} BIGINT NOT NULL DEFAULT 1"), []).await;
    }
    library.database.execute("UPDATE score SET impact = 9, confidence = 10, ease = 2", []).await;
    for column in ["model", "criteria"] {
        library.database.execute(&format!("ALTER TABLE score DROP COLUMN {column}"), []).await;
    }
    library.database.execute("DELETE FROM seaql_migrations WHERE version = 'm23_scoring_models'", []).await;
}

async fn scores_from_before_there_were_models_are_scores_by_ice(library: Library) {
    library.add_idea("First").await;
    let before = library.score(&library.lead, "H-1", [9, 10, 2]).await;
    make_older(&library).await;
    let store = store::Store::open(&library.database.url).await.unwrap();
    assert_eq!(store.check().await.unwrap(), Vec::<String>::new());
    let kept = library.database.texts("SELECT model || criteria AS told FROM score", []).await;
    assert_eq!(kept, ["ice{\"confidence\":10,\"ease\":2,\"impact\":9}"]);
    assert_eq!(library.score(&library.lead, "H-1", [9, 10, 2]).await, before);
    let newest = library.database.texts("SELECT model || criteria AS told FROM score ORDER BY id DESC LIMIT 1", []).await;
    assert_eq!(newest, kept, "both are written alike");
}

async fn settings_that_make_no_sense_are_refused_by_field(library: Library) {
    let refused =
        async |settings: &WorkspaceSettings| refused_field(library.configure().await.change_settings("Holm Group", settings).await);
    let mut elsewhere = WorkspaceSettings::default();
    elsewhere.scoring.sites = BTreeMap::from([("rival-shop".to_owned(), Model::Pie)]);
    let mut text = WorkspaceSettings::default();
    let long = BTreeMap::from([("1".to_owned(), "x".repeat(201))]);
    text.scoring.rubrics = BTreeMap::from([(Model::Ice, BTreeMap::from([("impact".to_owned(), long)]))]);
    for (settings, field) in [
        (by(Model::Custom), "settings.scoring.model"),
        (elsewhere, "settings.scoring.sites.rival-shop"),
        (own(&[("Gain", -1.0, false)]), "settings.scoring.custom.0.weight"),
        (text, "settings.scoring.rubrics.ice.impact.1"),
    ] {
        assert_eq!(refused(&settings).await, [field]);
    }
    assert_eq!(library.configure().await.workspace().settings, WorkspaceSettings::default());
}

async fn a_score_older_than_a_change_asks_for_a_re_check_by_its_own_model(library: Library) {
    use domain::sites::SiteChangeDraft;
    let contribute = library.contribute().await;
    contribute.create_hypothesis(&whole("In the checkout")).await.unwrap();
    let old = chrono::Utc::now() - chrono::Duration::days(20);
    let then = library.scope::<Contribute>(&library.lead).await.at(old);
    then.score_hypothesis("H-1", &rice(9.0, 1.0)).await.unwrap();
    library.score(&library.lead, "H-1", [6, 6, 6]).await;
    let date = (chrono::Utc::now() - chrono::Duration::days(3)).date_naive().to_string();
    let draft = SiteChangeDraft { title: "Checkout relaunch".into(), date, site: SHOP.into(), areas: vec!["checkout".into()] };
    library.scope::<Configure>(&library.lead).await.create_site_change(&draft).await.unwrap();
    let marked = async || {
        let items = all(&library).await;
        library.read().await.outdated(&items).await.unwrap().len()
    };
    assert_eq!(marked().await, 0, "the score that ranks is newer");
    set(&library, &by(Model::Rice)).await;
    assert_eq!(marked().await, 1);
}

async fn a_merge_and_its_undo_keep_scores_of_all_models(library: Library) {
    library.add_idea("Whole").await;
    library.add_idea("Part").await;
    library.score(&library.lead, "H-1", [8, 8, 8]).await;
    library.score(&library.lead, "H-2", [1, 1, 1]).await;
    score(&library, &library.lead, "H-2", &rice(9.0, 1.0)).await;
    let before = all(&library).await;
    let into = MergeDraft { into: "H-1".into(), ..MergeDraft::default() };
    let merged = library.contribute().await.merge_hypothesis("H-2", &into).await.unwrap();
    assert_eq!(merged.score.unwrap().value, 8.0, "who has scored the whole keeps that score");
    set(&library, &by(Model::Rice)).await;
    assert_eq!(order(&library).await, ["H-1 rice 14.4"]);
    let id = library.database.number("SELECT max(id) FROM event WHERE action = 'merged'", []).await;
    library.contribute().await.undo_event(id).await.unwrap();
    assert_eq!(order(&library).await, ["H-2 rice 14.4", "H-1 -"]);
    set(&library, &WorkspaceSettings::default()).await;
    let scores = |list: &[Hypothesis]| list.iter().map(|one| one.score.clone()).collect::<Vec<_>>();
    assert_eq!(scores(&all(&library).await), scores(&before));
}

async fn another_workspace_keeps_its_numbers(library: Library) {
    let theirs = library.elsewhere::<Contribute>().await;
    theirs.create_hypothesis(&idea("Theirs")).await.unwrap();
    let before = theirs.score_hypothesis("H-1", &ScoreDraft::ice(3, 4, 5)).await.unwrap();
    library.add_idea("Ours").await;
    library.score(&library.lead, "H-1", [9, 9, 9]).await;
    set(&library, &by(Model::Rice)).await;
    assert_eq!(theirs.hypothesis("H-1").await.unwrap(), before);
    assert_eq!(order(&library).await, ["H-1 -"]);
    assert_eq!(event(&library, Subject::Workspace, HERE).await, "Leo Lead edited: Changed the settings");
}
