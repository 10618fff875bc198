//! Saved views: whose they are, who sees and changes them, what is told of them, and that their counts are the lists' own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::evidence::EvidenceQuery;
use domain::experiments::TestQuery;
use domain::hypotheses::BacklogQuery;
use domain::learnings::LearningQuery;
use domain::text::address::pairs;
use domain::views::{List, MOST, View, ViewDraft, ready};
use store::{Actor, KeepViews, PageRequest, Read, Scope};
use support::{Library, events, fill, on_both_databases, refused, refused_field};

on_both_databases!(
    a_view_is_kept_changed_put_away_and_brought_back,
    what_is_private_is_nobody_elses_and_its_name_is_never_told,
    shared_views_are_changed_by_their_owner_or_a_lead,
    viewers_keep_views_of_their_own_and_share_none,
    a_name_is_taken_once_for_each_owner_and_list,
    nobody_keeps_views_without_end,
    another_workspace_finds_nothing,
    counts_are_the_totals_of_the_lists,
);

fn draft(name: &str, query: &str) -> ViewDraft {
    ViewDraft { name: name.into(), list: List::Hypotheses, query: query.into(), shared: false }
}

fn shared(name: &str, query: &str) -> ViewDraft {
    ViewDraft { shared: true, ..draft(name, query) }
}

async fn keep(library: &Library, actor: &Actor) -> Scope<KeepViews> {
    library.scope::<KeepViews>(actor).await
}

fn names(views: Vec<View>) -> Vec<String> {
    views.into_iter().map(|view| view.name).collect()
}

async fn seen_by(library: &Library, actor: &Actor) -> Vec<String> {
    names(library.scope::<Read>(actor).await.views(Some(List::Hypotheses)).await.unwrap())
}

/// What was done to a view and what is told of it, the newest first.
async fn told(library: &Library, id: i64) -> Vec<String> {
    let events = events(library, Subject::View, &id.to_string()).await;
    events.into_iter().map(|event| format!("{} {}: {}", event.by.unwrap(), event.action, event.summary)).collect()
}

async fn a_view_is_kept_changed_put_away_and_brought_back(library: Library) {
    let contributor = keep(&library, &library.contributor).await;
    let made = contributor.create_view(&shared(" Mobile\nquick wins ", "q=device:mobile score:>7&limit=3")).await.unwrap();
    assert_eq!((made.name.as_str(), made.query.as_str()), ("Mobile quick wins", "device=mobile&score=%3E7"));
    assert_eq!((made.by.as_deref(), made.mine, made.shared, made.version), (Some("Cora Contributor"), true, true, 1));
    let changed = contributor.edit_view(made.id, &shared("Quick wins", "device=mobile"), Some(1)).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.query.as_str(), changed.version), ("Quick wins", "device=mobile", 2));
    assert_eq!(refused(contributor.edit_view(made.id, &shared("Late", ""), Some(1)).await), "stale");
    assert_eq!(refused_field(contributor.edit_view(made.id, &draft("", "stage=ideas"), Some(2)).await), ["name", "query.stage"]);
    let elsewhere = ViewDraft { list: List::Tests, ..shared("Quick wins", "") };
    assert_eq!(refused_field(contributor.edit_view(made.id, &elsewhere, None).await), ["list"]);
    assert!(contributor.archive_view(made.id).await.unwrap().archived);
    assert_eq!(refused(contributor.edit_view(made.id, &shared("Gone", ""), None).await), "conflict");
    assert_eq!(seen_by(&library, &library.contributor).await, [""; 0]);
    assert_eq!(names(contributor.views_put_away(List::Hypotheses).await.unwrap()), ["Quick wins"]);
    let back = contributor.restore_view(made.id).await.unwrap();
    assert_eq!((back.archived, back.version), (false, 4));
    assert_eq!(contributor.restore_view(made.id).await.unwrap().version, 4);
    assert_eq!(seen_by(&library, &library.contributor).await, ["Quick wins"]);
    assert_eq!(
        told(&library, made.id).await,
        [
            "Cora Contributor restored: The view “Quick wins” of hypotheses",
            "Cora Contributor archived: The view “Quick wins” of hypotheses",
            "Cora Contributor edited: The view “Quick wins” of hypotheses",
            "Cora Contributor created: The view “Mobile quick wins” of hypotheses",
        ]
    );
}

async fn what_is_private_is_nobody_elses_and_its_name_is_never_told(library: Library) {
    let contributor = keep(&library, &library.contributor).await;
    let made = contributor.create_view(&draft("Leo’s weak ideas", "owner=lead&score=<4")).await.unwrap();
    contributor.edit_view(made.id, &draft("Leo’s weakest ideas", "owner=lead&score=<3"), None).await.unwrap();
    contributor.archive_view(made.id).await.unwrap();
    contributor.restore_view(made.id).await.unwrap();
    for other in [&library.viewer, &library.lead, &library.owner] {
        let keep = keep(&library, other).await;
        assert_eq!(refused(keep.view(made.id).await), "not found");
        assert_eq!(refused(keep.edit_view(made.id, &draft("Mine", ""), None).await), "not found");
        assert_eq!(refused(keep.archive_view(made.id).await), "not found");
        assert_eq!(refused(keep.restore_view(made.id).await), "not found");
        assert_eq!(seen_by(&library, other).await, [""; 0]);
    }
    let activity = library.read().await.activity(&PageRequest::default()).await.unwrap().items;
    assert!(activity.iter().all(|event| !event.summary.contains("Leo’s weak")), "{activity:?}");
    let kept = library.database.texts("SELECT coalesce(before, '') || coalesce(after, '') FROM event WHERE subject = 'view'", []).await;
    assert_eq!(kept, [""; 4]);
    contributor.edit_view(made.id, &shared("Weak ideas", "score=<3"), None).await.unwrap();
    assert_eq!(seen_by(&library, &library.viewer).await, ["Weak ideas"]);
    contributor.edit_view(made.id, &draft("Weak ideas of Leo", "score=<3"), None).await.unwrap();
    assert_eq!(seen_by(&library, &library.lead).await, [""; 0]);
    let told = told(&library, made.id).await;
    assert_eq!(told[0], "Cora Contributor edited: The view “Weak ideas” of hypotheses");
    assert_eq!(
        told[2..],
        ["restored", "archived", "edited", "created"].map(|what| format!("Cora Contributor {what}: A private view of hypotheses"))
    );
}

async fn shared_views_are_changed_by_their_owner_or_a_lead(library: Library) {
    let contributor = keep(&library, &library.contributor).await;
    let made = contributor.create_view(&shared("Going stale", "evidence=weak")).await.unwrap();
    let viewer = keep(&library, &library.viewer).await;
    assert!(!viewer.view(made.id).await.unwrap().mine);
    assert_eq!(refused(viewer.edit_view(made.id, &shared("Mine", ""), None).await), "conflict");
    assert_eq!(refused(viewer.archive_view(made.id).await), "conflict");
    let second = library.add_member("Carl Colleague", "contributor").await;
    assert_eq!(refused(keep(&library, &second).await.archive_view(made.id).await), "conflict");
    let lead = keep(&library, &library.lead).await;
    let changed = lead.edit_view(made.id, &shared("Weak evidence", "evidence=weak"), Some(1)).await.unwrap();
    assert_eq!((changed.by.as_deref(), changed.mine), (Some("Cora Contributor"), false));
    assert_eq!(refused_field(lead.edit_view(made.id, &draft("Weak evidence", ""), None).await), ["shared"]);
    assert!(lead.archive_view(made.id).await.unwrap().archived);
    assert!(!lead.restore_view(made.id).await.unwrap().archived);
}

async fn viewers_keep_views_of_their_own_and_share_none(library: Library) {
    let viewer = keep(&library, &library.viewer).await;
    let made = viewer.create_view(&draft("What I follow", "owner=me")).await.unwrap();
    assert_eq!(refused(viewer.create_view(&shared("For all", "")).await), "forbidden");
    assert_eq!(refused(viewer.edit_view(made.id, &shared("For all", ""), None).await), "forbidden");
    viewer.edit_view(made.id, &draft("What I own", "owner=me"), None).await.unwrap();
    assert_eq!(seen_by(&library, &library.viewer).await, ["What I own"]);
    viewer.archive_view(made.id).await.unwrap();
    viewer.restore_view(made.id).await.unwrap();
    let operator = keep(&library, &Actor::Operator).await;
    assert_eq!(refused_field(operator.create_view(&draft("Nobody’s", "")).await), ["shared"]);
    assert_eq!(operator.create_view(&shared("Everybody’s", "")).await.unwrap().by, None);
}

async fn a_name_is_taken_once_for_each_owner_and_list(library: Library) {
    let contributor = keep(&library, &library.contributor).await;
    let first = contributor.create_view(&draft("Weak ideas", "evidence=weak")).await.unwrap();
    assert_eq!(refused_field(contributor.create_view(&draft("weak IDEAS", "")).await), ["name"]);
    contributor.create_view(&ViewDraft { list: List::Evidence, ..draft("Weak ideas", "") }).await.unwrap();
    keep(&library, &library.lead).await.create_view(&shared("Weak ideas", "")).await.unwrap();
    assert!(contributor.edit_view(first.id, &draft("WEAK ideas", ""), None).await.is_ok());
    contributor.archive_view(first.id).await.unwrap();
    let second = contributor.create_view(&draft("Weak ideas", "")).await.unwrap();
    assert_eq!(refused_field(contributor.restore_view(first.id).await), ["name"]);
    let third = contributor.create_view(&draft("Strong ideas", "")).await.unwrap();
    assert_eq!(refused_field(contributor.edit_view(third.id, &draft("Weak ideas", ""), None).await), ["name"]);
    contributor.archive_view(second.id).await.unwrap();
    assert!(!contributor.restore_view(first.id).await.unwrap().archived);
}

async fn nobody_keeps_views_without_end(library: Library) {
    let viewer = keep(&library, &library.viewer).await;
    for number in 1..=MOST {
        viewer.create_view(&draft(&format!("View {number}"), "")).await.unwrap();
    }
    assert_eq!(refused_field(viewer.create_view(&draft("One more", "")).await), ["name"]);
    assert!(viewer.create_view(&ViewDraft { list: List::Tests, ..draft("One more", "") }).await.is_ok());
    let all = viewer.views(None).await.unwrap();
    assert_eq!((all.len(), all[MOST].list), (MOST + 1, List::Tests));
}

async fn another_workspace_finds_nothing(library: Library) {
    let made = keep(&library, &library.lead).await.create_view(&shared("Ours", "")).await.unwrap();
    let elsewhere = library.elsewhere::<KeepViews>().await;
    assert_eq!(refused(elsewhere.view(made.id).await), "not found");
    assert_eq!(refused(elsewhere.edit_view(made.id, &draft("Theirs", ""), None).await), "not found");
    assert_eq!(refused(elsewhere.archive_view(made.id).await), "not found");
    assert_eq!(refused(elsewhere.restore_view(made.id).await), "not found");
    assert_eq!(elsewhere.views(None).await.unwrap(), []);
}

/// What the page of a list says that the list holds.
async fn total(scope: &Scope<Read>, list: List, query: &str) -> (u64, bool) {
    let pairs = pairs(query);
    macro_rules! of {
        ($query:ident, $read:ident) => {{
            let query = $query::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))).unwrap();
            let page = scope.$read(&query).await.unwrap();
            (page.total, page.total_is_minimum)
        }};
    }
    match list {
        List::Hypotheses => of!(BacklogQuery, backlog),
        List::Evidence => of!(EvidenceQuery, evidence_list),
        List::Tests => of!(TestQuery, tests),
        List::Learnings => of!(LearningQuery, learnings),
    }
}

async fn counts_are_the_totals_of_the_lists(library: Library) {
    fill(&library, 60).await;
    let reads = [library.read().await, library.scope::<Read>(&library.lead).await];
    let asked = ["area=checkout&device=mobile", "q=filters", "owner=me", "tag=b2b&stage=parked", "sort=-evidence&unscored=me"];
    let mut views: Vec<(List, String)> = asked.map(|query| (List::Hypotheses, List::Hypotheses.normal(query).unwrap())).to_vec();
    for list in List::ALL {
        views.extend(ready(list).iter().map(|view| (list, view.query.to_owned())));
    }
    let (mut counted, mut found) = (0, 0);
    for (list, query) in views {
        for scope in &reads {
            let count = scope.count_view(list, &query).await.unwrap();
            assert_eq!((count.count, count.is_minimum), total(scope, list, &query).await, "{query}");
            counted += 1;
            found += count.count;
        }
    }
    assert!(counted > 40 && found > 100, "{counted} {found}");
    assert_eq!(refused_field(reads[0].count_view(List::Hypotheses, "stage=gone").await), ["stage"]);
}
