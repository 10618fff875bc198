//! Comments: who may write, change and take away, and that they stay within their workspace.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::comments::{Comment, CommentDraft};
use store::{Contribute, PageRequest, StoreError};
use support::{Library, event, on_both_databases, refused_field};

on_both_databases!(
    people_talk_about_a_hypothesis,
    only_its_author_changes_a_comment,
    leads_take_away_what_others_said_and_it_can_come_back,
    empty_ones_and_wrong_addresses_are_refused,
    a_long_talk_comes_in_pages,
    outsiders_find_nothing,
);

const H: Subject = Subject::Hypothesis;

fn words(body: &str) -> CommentDraft {
    CommentDraft { body: body.into() }
}

async fn talk(library: &Library) -> Vec<Comment> {
    library.read().await.comments(H, "H-1", &PageRequest::default()).await.unwrap().items
}

async fn people_talk_about_a_hypothesis(library: Library) {
    library.add_idea("Show stock").await;
    let contribute = library.contribute().await;
    let made = contribute.add_comment(H, "H-1", &words(" Ease is **5** for me.\r\nThe feed is hourly. ")).await.unwrap();
    assert_eq!(made.body, "Ease is **5** for me.\nThe feed is hourly.");
    assert_eq!((made.by.as_deref(), made.mine, made.is_edited()), (Some("Cora Contributor"), true, false));
    assert_eq!(event(&library, H, "H-1").await, "Cora Contributor commented: Ease is **5** for me.…");
    library.scope::<Contribute>(&library.lead).await.add_comment(H, "H-1", &words("So be it.")).await.unwrap();
    let read = talk(&library).await;
    let said: Vec<(&str, bool)> = read.iter().map(|one| (one.body.as_str(), one.mine)).collect();
    assert_eq!(said, [("So be it.", false), ("Ease is **5** for me.\nThe feed is hourly.", false)]);
}

async fn only_its_author_changes_a_comment(library: Library) {
    library.add_idea("Show stock").await;
    let contribute = library.contribute().await;
    let made = contribute.add_comment(H, "H-1", &words("Fist")).await.unwrap();
    let lead = library.scope::<Contribute>(&library.lead).await;
    assert!(matches!(lead.edit_comment(made.id, &words("Mine"), None).await, Err(StoreError::Conflict(_))));
    let changed = contribute.edit_comment(made.id, &words("First"), Some(1)).await.unwrap();
    assert_eq!((changed.body.as_str(), changed.version, changed.is_edited()), ("First", 2, true));
    assert!(matches!(contribute.edit_comment(made.id, &words("Late"), Some(1)).await, Err(StoreError::Stale { current: 2 })));
    assert_eq!(talk(&library).await[0].body, "First");
}

async fn leads_take_away_what_others_said_and_it_can_come_back(library: Library) {
    library.add_idea("Show stock").await;
    let lead = library.scope::<Contribute>(&library.lead).await;
    let made = lead.add_comment(H, "H-1", &words("Hush")).await.unwrap();
    let contribute = library.contribute().await;
    assert!(matches!(contribute.archive_comment(made.id).await, Err(StoreError::Conflict(_))));
    let other = contribute.add_comment(H, "H-1", &words("Loud")).await.unwrap();
    let gone = lead.archive_comment(other.id).await.unwrap();
    assert_eq!((gone.archived, gone.body.as_str()), (true, ""));
    assert!(matches!(contribute.edit_comment(other.id, &words("Again"), None).await, Err(StoreError::Conflict(_))));
    let back = contribute.restore_comment(other.id).await.unwrap();
    assert_eq!((back.archived, back.body.as_str()), (false, "Loud"));
    let told = event(&library, H, "H-1").await;
    assert_eq!(told, "Cora Contributor brought a comment back to: Loud");
}

async fn empty_ones_and_wrong_addresses_are_refused(library: Library) {
    library.add_idea("Show stock").await;
    let contribute = library.contribute().await;
    assert_eq!(refused_field(contribute.add_comment(H, "H-1", &words(" \n")).await), ["body"]);
    for (subject, number) in [
        (H, "H-2"),
        (H, "E-1"),
        (Subject::Evidence, "E-1"),
        (Subject::Test, "T-1"),
        (Subject::Learning, "L-1"),
        (Subject::Site, "north-shop"),
    ] {
        let made = contribute.add_comment(subject, number, &words("Hello")).await;
        assert!(matches!(made, Err(StoreError::NotFound)), "{number}");
    }
    assert_eq!(talk(&library).await, []);
}

async fn a_long_talk_comes_in_pages(library: Library) {
    library.add_idea("Show stock").await;
    let contribute = library.contribute().await;
    for number in 1..=5 {
        contribute.add_comment(H, "H-1", &words(&format!("Number {number}"))).await.unwrap();
    }
    let read = library.read().await;
    let (mut wanted, mut said) = (PageRequest { cursor: None, limit: Some(2) }, Vec::new());
    loop {
        let page = read.comments(H, "H-1", &wanted).await.unwrap();
        assert_eq!(page.total, 5);
        said.extend(page.items.into_iter().map(|one| one.body));
        let Some(next) = page.next else { break };
        wanted.cursor = Some(next);
    }
    assert_eq!(said, ["Number 5", "Number 4", "Number 3", "Number 2", "Number 1"]);
}

async fn outsiders_find_nothing(library: Library) {
    library.add_idea("Show stock").await;
    let made = library.contribute().await.add_comment(H, "H-1", &words("Ours")).await.unwrap();
    let elsewhere = library.elsewhere::<Contribute>().await;
    assert!(matches!(elsewhere.comment(made.id).await, Err(StoreError::NotFound)));
    assert!(matches!(elsewhere.comments(H, "H-1", &PageRequest::default()).await, Err(StoreError::NotFound)));
    assert!(matches!(elsewhere.archive_comment(made.id).await, Err(StoreError::NotFound)));
    assert!(matches!(elsewhere.edit_comment(made.id, &words("Theirs"), None).await, Err(StoreError::NotFound)));
}
