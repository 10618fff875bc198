use super::*;
use crate::hypotheses::{HypothesisDraft, StatementDraft};
use crate::search::{Thesaurus, gist, gist_terms};

/// A library of these titles, and how often their words occur.
fn library(titles: &[&str]) -> (Vec<Candidate>, Frequencies) {
    let all: Vec<Candidate> = titles.iter().map(|title| Candidate { gist: gist(title, "", ""), ..Candidate::default() }).collect();
    let mut counted = Frequencies { records: all.len() as u64, ..Frequencies::default() };
    for one in &all {
        gist_terms(&one.gist).into_iter().for_each(|term| *counted.of.entry(term.to_owned()).or_default() += 1);
    }
    (all, counted)
}

const TITLES: [&str; 6] = [
    "Show the delivery charge on product pages",
    "Offer guest checkout first",
    "Sort reviews by helpfulness",
    "Cut the sign-up form from 6 fields to 3",
    "Load images later",
    "Count down to the dispatch cut-off",
];

fn closeness(title: &str) -> Vec<f64> {
    let (all, counted) = library(&TITLES);
    let said = HypothesisDraft::titled(title);
    let mut draft = Draft::new(&said, Thesaurus::shipped());
    draft.weigh(&counted);
    all.iter().map(|one| draft.compare(one, &counted).closeness).collect()
}

#[test]
fn the_same_idea_in_other_words_comes_first() {
    for (title, at) in [
        ("Tell people about postage on item pages", 0),
        ("Let buyers check out without an account", 1),
        ("Order customer ratings by how useful they are", 2),
        ("Trim the registration questionnaire", 3),
        ("Bilder später laden", 4),
        ("A ticking clock until same-day dispatch", 5),
    ] {
        let found = closeness(title);
        let best = (0..found.len()).max_by(|one, other| found[*one].total_cmp(&found[*other])).unwrap();
        assert_eq!(best, at, "{title}: {found:?}");
    }
}

#[test]
fn the_same_words_are_very_close_and_other_ideas_are_not() {
    assert!(closeness("Showing the delivery charges on the product page")[0] >= VERY_CLOSE);
    let other = closeness("Translate the shop into Polish");
    assert!(other.iter().all(|one| *one < CLOSE), "{other:?}");
}

#[test]
fn what_joins_and_what_says_little_finds_nothing_alone() {
    assert!(closeness("to the of with").iter().all(|one| *one == 0.0));
    assert!(closeness("").iter().all(|one| *one == 0.0));
}

#[test]
fn area_lever_and_metric_are_said_and_raise_what_is_alike_alone() {
    let (all, counted) = library(&TITLES);
    let statement = StatementDraft { lever: Some("trust".into()), ..StatementDraft::default() };
    let said =
        |title: &str| HypothesisDraft { area: Some("checkout".into()), statement: statement.clone(), ..HypothesisDraft::titled(title) };
    let placed = |one: &Candidate| Candidate { areas: Some("basket checkout".into()), lever: Some("trust".into()), ..one.clone() };
    let compare = |title: &str, one: &Candidate| {
        let said = said(title);
        let mut draft = Draft::new(&said, Thesaurus::shipped());
        draft.weigh(&counted);
        draft.compare(one, &counted)
    };
    let (bare, with) = (compare("Guest checkout", &all[1]), compare("Guest checkout", &placed(&all[1])));
    assert!(with.closeness > bare.closeness);
    assert_eq!(with.reasons, ["same area", "same lever"]);
    assert!(compare("Lighter wallpaper", &placed(&all[2])).closeness < RELATED);
}

#[test]
fn a_match_says_which_words_met_and_by_what() {
    let said = HypothesisDraft::titled("Showing postage on the product page");
    let draft = Draft::new(&said, Thesaurus::shipped());
    let found = draft.meetings("Show the delivery charge on product pages", "");
    let by = |yours: &str| found.iter().find(|one| one.yours == yours).map(|one| (one.theirs.as_str(), one.by));
    assert_eq!(by("postage"), Some(("delivery", By::Thesaurus)));
    assert_eq!(by("product"), Some(("product", By::Word)));
    assert_eq!(by("Showing"), Some(("Show", By::Form)));
}

#[test]
fn the_index_is_asked_for_the_rare_meanings_and_for_common_ones_together() {
    let said = HypothesisDraft::titled("Delivery charge in the basket with confetti");
    let mut draft = Draft::new(&said, Thesaurus::shipped());
    let of = |counts: &[(&str, u64)]| Frequencies {
        records: 100_000,
        of: counts.iter().map(|(term, count)| ((*term).to_owned(), *count)).collect(),
    };
    let counted = of(&[("deliveri", 40_000), ("charg", 30_000), ("basket", 20_000), ("confetti", 3)]);
    draft.weigh(&counted);
    let probes = draft.probes(&counted, 3000);
    assert!(!probes[0].all && probes[0].units.len() == 1, "confetti alone: {probes:?}");
    assert!(probes.len() > 1 && probes[1..].iter().all(|probe| probe.all && probe.units.len() >= 2), "{probes:?}");
    assert!(draft.probes(&of(&[]), 3000).is_empty());
}
