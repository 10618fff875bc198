//! Words that say the same: the shipped groups of the field, and what a workspace adds to them or switches off.

use super::tokens::{Token, tokens};
use super::words::fold;
use crate::errors::FieldErrors;
use crate::text::one_line;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("thesaurus.txt");
static BOOK: LazyLock<Thesaurus> = LazyLock::new(|| Thesaurus::of(SHIPPED.lines().filter_map(Group::read).collect()));

/// What a workspace may add.
const MOST_GROUPS: usize = 300;
const MOST_PHRASES: usize = 40;
const LONGEST_PHRASE: usize = 4;

/// Words and short phrases that say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its first phrase.
    pub name: String,
    pub phrases: Vec<String>,
    /// Says little by itself: "show", "page", "customer".
    pub generic: bool,
    /// What it holds is near each other, not the same.
    pub near: bool,
    words: Vec<Vec<Token<'static>>>,
}

impl Group {
    /// A line of the shipped file; none for a comment.
    fn read(line: &str) -> Option<Group> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let (generic, near) = (line.starts_with('~'), line.starts_with('?'));
        let phrases = line.trim_start_matches(['~', '?']).split(',').map(one_line);
        let group = Group::of(phrases.filter(|phrase| !phrase.is_empty()).collect());
        // "near price" is another group than "price".
        let name = if near { format!("near {}", group.name) } else { group.name.clone() };
        Some(Group { name, generic, near, ..group })
    }

    fn of(phrases: Vec<String>) -> Group {
        let words = phrases.iter().map(|phrase| owned(tokens(phrase))).collect();
        Group { name: phrases.first().cloned().unwrap_or_default(), phrases, generic: false, near: false, words }
    }

    /// Of each phrase its words.
    pub(super) fn words(&self) -> &[Vec<Token<'static>>] {
        &self.words
    }
}

fn owned(tokens: Vec<Token<'_>>) -> Vec<Token<'static>> {
    let whole = |key: Cow<'_, str>| Cow::Owned(key.into_owned());
    tokens.into_iter().map(|token| Token { word: "", keys: token.keys.into_iter().map(whole).collect() }).collect()
}

/// What a workspace changes of the shipped groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ThesaurusEdits {
    /// Groups of its own: words and phrases of up to four words that say the same.
    pub groups: Vec<Vec<String>>,
    /// Shipped groups that do not hold here, each by its first phrase.
    pub off: Vec<String>,
}

impl ThesaurusEdits {
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.off.is_empty()
    }

    /// What is wrong with them, by the names that REST gives the fields.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::default();
        errors.require(self.groups.len() <= MOST_GROUPS, "settings.thesaurus.groups", format!("At most {MOST_GROUPS} groups of your own."));
        for group in &self.groups {
            if let Some(message) = fault(group) {
                errors.add("settings.thesaurus.groups", message);
            }
        }
        for name in &self.off {
            let known = BOOK.groups.iter().any(|group| fold(&group.name) == fold(name));
            errors.require(known, "settings.thesaurus.off", format!("No shipped group begins with “{}”.", one_line(name)));
        }
        errors.into_result(())
    }
}

/// A group as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ThesaurusEntry {
    /// By which it is switched off.
    pub name: String,
    pub phrases: Vec<String>,
    /// Otherwise the workspace's own.
    pub shipped: bool,
    pub on: bool,
}

/// The workspace's own groups, then the shipped ones.
pub fn thesaurus_entries(edits: &ThesaurusEdits) -> Vec<ThesaurusEntry> {
    let own = edits.groups.iter().map(|phrases| ThesaurusEntry {
        name: phrases.first().cloned().unwrap_or_default(),
        phrases: phrases.clone(),
        shipped: false,
        on: true,
    });
    let off: Vec<String> = edits.off.iter().map(|name| fold(name)).collect();
    let shipped = BOOK.groups.iter().map(|group| ThesaurusEntry {
        name: group.name.clone(),
        phrases: group.phrases.clone(),
        shipped: true,
        on: !off.contains(&fold(&group.name)),
    });
    own.chain(shipped).collect()
}

/// What is wrong with a group.
fn fault(group: &[String]) -> Option<String> {
    let said = group.iter().map(|phrase| one_line(phrase)).collect::<Vec<_>>().join(", ");
    let shown: String = said.chars().take(60).collect();
    if group.len() < 2 {
        return Some(format!("The group “{shown}” needs at least two words or phrases that say the same."));
    }
    if group.len() > MOST_PHRASES {
        return Some(format!("The group “{shown}…” holds {} phrases; {MOST_PHRASES} is the most.", group.len()));
    }
    let wrong = group.iter().find_map(|phrase| {
        let words = phrase.split_whitespace().count();
        let shown: String = one_line(phrase).chars().take(60).collect();
        if words > LONGEST_PHRASE || phrase.chars().count() > 120 {
            Some(format!("“{shown}” has {words} words; a phrase has at most {LONGEST_PHRASE}."))
        } else if tokens(phrase).iter().all(Token::is_faint) {
            Some(format!("“{shown}” holds no word that could be told from others."))
        } else {
            None
        }
    });
    let folded: Vec<String> = group.iter().map(|phrase| fold(&one_line(phrase))).collect();
    let twice = folded.iter().enumerate().find(|(at, phrase)| folded[..*at].contains(phrase));
    wrong.or_else(|| twice.map(|(at, _)| format!("“{}” stands twice in a group.", one_line(&group[at]))))
}

/// All groups that hold in a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Thesaurus {
    groups: Vec<Group>,
    /// The phrases that begin with a key: group and place in it.
    first: HashMap<String, Vec<(usize, usize)>>,
}

/// Where a group is met in a text: words `from..to` are one of its phrases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    pub group: usize,
    pub from: usize,
    pub to: usize,
    /// Part of a longer phrase that says something more exact.
    pub within: bool,
}

impl Thesaurus {
    /// The shipped groups.
    pub fn shipped() -> &'static Thesaurus {
        &BOOK
    }

    /// The shipped groups as a workspace has them.
    pub fn with(edits: &ThesaurusEdits) -> Cow<'static, Thesaurus> {
        if edits.is_empty() {
            return Cow::Borrowed(Thesaurus::shipped());
        }
        let off: Vec<String> = edits.off.iter().map(|name| fold(name)).collect();
        let kept = BOOK.groups.iter().filter(|group| !off.contains(&fold(&group.name))).cloned();
        let own = edits.groups.iter().map(|phrases| Group::of(phrases.iter().map(|phrase| one_line(phrase)).collect()));
        Cow::Owned(Thesaurus::of(own.chain(kept).collect()))
    }

    fn of(groups: Vec<Group>) -> Thesaurus {
        let mut first: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (group, one) in groups.iter().enumerate() {
            for (phrase, words) in one.words.iter().enumerate() {
                for key in words.first().into_iter().flat_map(|word| &word.keys) {
                    first.entry(key.to_string()).or_default().push((group, phrase));
                }
            }
        }
        Thesaurus { groups, first }
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub(super) fn group(&self, at: usize) -> Option<&Group> {
        self.groups.get(at)
    }

    /// Only these groups; their numbers stay.
    pub(super) fn only(&self, groups: &[usize]) -> Watch<'_> {
        let mut watch = Watch { thesaurus: self, first: HashMap::new() };
        for at in groups {
            for (phrase, words) in self.groups.get(*at).into_iter().flat_map(|group| group.words.iter().enumerate()) {
                for key in words.first().into_iter().flat_map(|word| &word.keys) {
                    watch.first.entry(key.as_ref()).or_default().push((*at, phrase));
                }
            }
        }
        watch
    }

    /// Where groups are met in these words.
    pub(super) fn hits(&self, words: &[Token<'_>]) -> Vec<Hit> {
        hits(self, words, |key| self.first.get(key).map(Vec::as_slice))
    }
}

/// Some groups of a thesaurus, so that going through thousands of texts asks for no others.
pub(super) struct Watch<'a> {
    thesaurus: &'a Thesaurus,
    first: HashMap<&'a str, Vec<(usize, usize)>>,
}

impl Watch<'_> {
    pub fn hits(&self, words: &[Token<'_>]) -> Vec<Hit> {
        hits(self.thesaurus, words, |key| self.first.get(key).map(Vec::as_slice))
    }
}

fn hits<'a>(thesaurus: &Thesaurus, words: &[Token<'_>], begun: impl Fn(&str) -> Option<&'a [(usize, usize)]>) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    // Only where a phrase of several words stands is anything within, and those are few.
    let mut long: Vec<(usize, usize)> = Vec::new();
    for (from, word) in words.iter().enumerate() {
        let here = found.len();
        for key in &word.keys {
            for (group, phrase) in begun(key).into_iter().flatten() {
                let wanted = &thesaurus.groups[*group].words[*phrase];
                let to = from + wanted.len();
                // The key is that of the first word.
                let run = words.get(from + 1..to);
                let met = run.is_some_and(|run| run.iter().zip(wanted.iter().skip(1)).all(|(one, other)| one.meets(other)));
                let hit = Hit { group: *group, from, to, within: false };
                if met && !found[here..].contains(&hit) {
                    if wanted.len() > 1 {
                        long.push((from, to));
                    }
                    found.push(hit);
                }
            }
        }
    }
    let within = |hit: &Hit| long.iter().any(|(from, to)| *from <= hit.from && hit.to <= *to && to - from > hit.to - hit.from);
    found.iter().map(|hit| Hit { within: within(hit), ..*hit }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn met(text: &str) -> BTreeSet<&'static str> {
        let hits = BOOK.hits(&tokens(text));
        hits.into_iter().filter_map(|hit| BOOK.group(hit.group)).map(|group| group.name.as_str()).collect()
    }

    #[test]
    fn what_says_the_same_is_in_one_group() {
        for (one, other) in [
            ("Cheaper postage", "lower shipping"),
            ("the cart", "your basket"),
            ("create an account", "registration"),
            ("order without an account", "guest checkout"),
            ("get rid of the fax field", "drop the fax field"),
            ("Versandkosten", "shipping costs"),
            ("frais de livraison", "the delivery charge"),
            ("on mobile", "smartphone"),
            ("customer ratings", "reviews"),
        ] {
            assert!(!met(one).is_disjoint(&met(other)), "{one}: {:?}; {other}: {:?}", met(one), met(other));
        }
    }

    #[test]
    fn the_shipped_groups_are_in_order() {
        assert!(BOOK.groups.len() > 300);
        let names: BTreeSet<String> = BOOK.groups.iter().map(|group| fold(&group.name)).collect();
        assert_eq!(names.len(), BOOK.groups.len(), "a name stands for one group");
        for group in &BOOK.groups {
            assert!(group.phrases.len() >= 2, "{}", group.name);
            for (phrase, words) in group.phrases.iter().zip(&group.words) {
                // "do away with" would be left with "away".
                let cut = words.iter().all(Token::is_faint) && words.len() < phrase.split_whitespace().count();
                assert!(!words.is_empty() && !cut, "“{phrase}” of {} says nothing", group.name);
            }
        }
    }

    #[test]
    fn a_workspace_adds_groups_and_switches_shipped_ones_off() {
        let edits = ThesaurusEdits { groups: vec![vec!["packing slip".into(), "Lieferschein".into()]], off: vec!["Basket".into()] };
        assert_eq!(edits.check(), Ok(()));
        let book = Thesaurus::with(&edits);
        let of = |text: &str| book.hits(&tokens(text)).iter().map(|hit| hit.group).collect::<BTreeSet<_>>();
        assert!(!of("packing slips").is_disjoint(&of("Lieferscheine")));
        assert!(of("cart").is_disjoint(&of("basket")));
    }

    #[test]
    fn a_group_that_cannot_work_is_refused_with_a_sentence() {
        let group = |phrases: &[&str]| vec![phrases.iter().map(|phrase| (*phrase).to_owned()).collect::<Vec<_>>()];
        for (groups, off, said) in [
            (group(&["alone"]), vec![], "needs at least two"),
            (group(&["one", "the"]), vec![], "no word that could be told"),
            (group(&["a b c d e", "f"]), vec![], "at most 4"),
            (group(&["Bag", "bag"]), vec![], "stands twice"),
            (vec![], vec!["nonsense".to_owned()], "No shipped group"),
        ] {
            let errors = ThesaurusEdits { groups, off }.check().unwrap_err();
            assert!(errors.to_string().contains(said), "{errors}");
        }
    }
}
