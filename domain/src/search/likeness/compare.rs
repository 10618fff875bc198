//! A draft beside one record of the library.

use super::draft::{Draft, Frequencies, Meant, meant};
use super::{By, Likeness, Meeting};
use crate::search::tokens::{Token, keys_of, lines, read, read_line, tokens};
use std::collections::{HashMap, HashSet};

/// What meeting in another form of a word counts.
const FORM: f64 = 0.95;
/// How much what the draft says counts beside what the record says.
const MINE: f64 = 0.55;
/// What title and change count, both together, beside the best pair of them.
const TOGETHER: f64 = 0.4;
/// What a word counts that the record says elsewhere than in title and change.
const ELSEWHERE: f64 = 0.35;
/// How much a word counts against that meets nothing: one that the thesaurus knows, and one that it does not.
const KNOWN: f64 = 1.3;
const UNKNOWN: f64 = 0.75;
/// What the rest adds at most: what was seen, why, and for whom.
const REST: f64 = 0.08;
const SAME_AREA: f64 = 0.05;
const OTHER_AREA: f64 = 0.94;
const SAME_LEVER: f64 = 0.03;
const SAME_METRIC: f64 = 0.02;

/// A record to compare with.
#[derive(Debug, Clone, Default)]
pub struct Candidate {
    /// As [`super::super::gist`] made it.
    pub gist: String,
    /// A learning may have several, with blanks between.
    pub areas: Option<String>,
    pub lever: Option<String>,
    pub metric: Option<String>,
}

/// A text that words are looked for in.
#[derive(Default)]
struct Side<'a> {
    plain: HashSet<&'a str>,
    keys: HashSet<&'a str>,
    groups: HashMap<usize, f64>,
}

impl<'a> Side<'a> {
    fn of(words: impl Iterator<Item = &'a Meant<'a>>) -> Self {
        let mut side = Side::default();
        for word in words {
            side.plain.insert(word.token.plain());
            side.keys.extend(word.token.keys.iter().map(AsRef::as_ref));
            for (group, strength) in &word.groups {
                let held = side.groups.entry(*group).or_default();
                *held = held.max(*strength);
            }
        }
        side
    }

    /// How well a word meets this text, 0 to 1.
    fn meets(&self, word: &Meant<'_>) -> f64 {
        if self.plain.contains(word.token.plain()) {
            return 1.0;
        }
        if word.token.keys.iter().any(|key| self.keys.contains(key.as_ref())) {
            return FORM;
        }
        // The weaker of the two ends decides.
        let met = word.groups.iter().filter_map(|(group, strength)| self.groups.get(group).map(|other| strength.min(*other)));
        met.fold(0.0, f64::max)
    }
}

/// The share of what these words weigh that meets the text.
fn covered<'a>(words: impl Iterator<Item = &'a Meant<'a>>, side: &Side<'_>) -> f64 {
    share(words.map(|word| (word, side.meets(word))))
}

/// What is met of what these words weigh. A meaning that the thesaurus knows and the other side does not have is
/// another idea; a word that nobody listed may only be another way to say it.
fn share<'a>(words: impl Iterator<Item = (&'a Meant<'a>, f64)>) -> f64 {
    let (mut met, mut all) = (0.0, 0.0);
    for (word, meets) in words {
        let open = word.weight * if word.known { KNOWN } else { UNKNOWN };
        met += word.weight * meets;
        all += word.weight * meets + open * (1.0 - meets);
    }
    if all > 0.0 { met / all } else { 0.0 }
}

/// Title, change, or both.
type Parts<'a> = [&'a [Meant<'a>]; 2];

impl<'a> Draft<'a> {
    /// A first look, good enough to leave most records out.
    pub fn glance(&self, watch: &Glance<'_>, candidate: &Candidate) -> f64 {
        let [title, change, rest] = lines(&candidate.gist);
        let mut words = read_line(title);
        words.extend(read_line(change));
        let length = words.len();
        let hits = watch.watch.hits(&words);
        let words = meant(words, &hits, self.thesaurus);
        let side = Side::of(words.iter());
        let elsewhere = Side { keys: keys_of(rest).filter(|key| watch.keys.contains(key)).collect(), ..Side::default() };
        let met = share(self.core().map(|word| (word, side.meets(word).max(ELSEWHERE * elsewhere.meets(word)))));
        #[expect(clippy::cast_precision_loss, reason = "a few hundred words")]
        let long = (length.max(8) as f64 / 8.0).powf(0.25);
        let same = |one: Option<&str>, other: &Option<String>| f64::from(u8::from(one.is_some() && one == other.as_deref()));
        met / long + 0.03 * same(self.area, &candidate.areas)
    }

    /// What [`Draft::glance`] looks for.
    pub fn glancing(&self) -> Glance<'_> {
        let keys = self.core().flat_map(|word| word.token.keys.iter().map(AsRef::as_ref)).collect();
        Glance { watch: self.thesaurus.only(&self.groups()), keys }
    }

    /// How close a record is.
    pub fn compare(&self, candidate: &Candidate, frequencies: &Frequencies) -> Likeness {
        let [title, change, rest] = read(&candidate.gist).map(|words| self.understand(words, frequencies));
        let base = self.likeness([&title, &change], &rest);
        let context = covered(self.rest.iter(), &Side::of(title.iter().chain(&change).chain(&rest)));
        let mut closeness = base * 0.92 + REST * context;
        let mut reasons = Vec::new();
        if let Some(area) = self.area {
            let theirs = candidate.areas.as_deref().unwrap_or_default();
            if theirs.split(' ').any(|one| one == area) {
                closeness += SAME_AREA;
                reasons.push("same area".to_owned());
            } else if !theirs.is_empty() {
                closeness *= OTHER_AREA;
            }
        }
        for (mine, theirs, worth, reason) in
            [(self.lever, &candidate.lever, SAME_LEVER, "same lever"), (self.metric, &candidate.metric, SAME_METRIC, "same metric")]
        {
            if mine.is_some() && mine == theirs.as_deref() {
                closeness += worth;
                reasons.push(reason.to_owned());
            }
        }
        // Area, lever and metric alone make nothing similar.
        let closeness = if base < 0.1 { base.min(closeness) } else { closeness.clamp(0.0, 1.0) };
        Likeness { closeness, words: Vec::new(), reasons }
    }

    fn understand<'b>(&self, words: Vec<Token<'b>>, frequencies: &Frequencies) -> Vec<Meant<'b>> {
        let hits = self.thesaurus.hits(&words);
        let mut words = meant(words, &hits, self.thesaurus);
        for word in &mut words {
            word.weight *= frequencies.telling(frequencies.of_word(&word.token));
        }
        words
    }

    fn likeness(&self, theirs: Parts<'_>, rest: &[Meant<'_>]) -> f64 {
        let mine: Parts<'_> = [&self.title, &self.change];
        let rest = Side::of(rest.iter());
        let mut best: f64 = 0.0;
        let mut together = 0.0;
        for my in 0..3 {
            for their in 0..3 {
                let (my_words, their_words) = (part(mine, my), part(theirs, their));
                if my_words.is_empty() || their_words.is_empty() {
                    continue;
                }
                let side = Side::of(their_words.iter().copied());
                let mine_covered = share(my_words.iter().map(|word| (*word, side.meets(word).max(ELSEWHERE * rest.meets(word)))));
                let theirs_covered = covered(their_words.iter().copied(), &Side::of(my_words.iter().copied()));
                let likeness = mine_covered.powf(MINE) * theirs_covered.powf(1.0 - MINE);
                best = best.max(likeness);
                if my == 2 && their == 2 {
                    together = likeness;
                }
            }
        }
        best * (1.0 - TOGETHER) + together * TOGETHER
    }

    /// Which words of a record's title and other text met which of the draft, those that tell most first.
    pub fn meetings(&self, title: &str, more: &str) -> Vec<Meeting> {
        let words: Vec<Token<'_>> = tokens(title).into_iter().chain(tokens(more)).collect();
        let hits = self.thesaurus.hits(&words);
        let theirs = meant(words, &hits, self.thesaurus);
        let mut mine: Vec<&Meant<'_>> = self.core().filter(|word| !word.token.is_faint()).collect();
        mine.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        let mut found: Vec<Meeting> = Vec::new();
        for word in mine {
            let Some(meeting) = meeting(word, &theirs) else { continue };
            if !found.iter().any(|known| known.yours.eq_ignore_ascii_case(&meeting.yours)) {
                found.push(meeting);
            }
        }
        found
    }
}

/// What [`Draft::glance`] looks for, made once for thousands of records.
pub struct Glance<'a> {
    watch: crate::search::thesaurus::Watch<'a>,
    /// The stems of the draft's title and change.
    keys: HashSet<&'a str>,
}

fn part<'a>(parts: Parts<'a>, which: usize) -> Vec<&'a Meant<'a>> {
    match which {
        0 | 1 => parts[which].iter().collect(),
        // With one of the two missing, both together say nothing new; it still counts as together.
        _ => parts[0].iter().chain(parts[1]).collect(),
    }
}

/// What meets this word best, and by what; of a group of the thesaurus the whole phrases.
fn meeting(word: &Meant<'_>, theirs: &[Meant<'_>]) -> Option<Meeting> {
    let plain = |their: &Meant<'_>, by: By| Meeting { yours: word.token.word.to_owned(), theirs: their.token.word.to_owned(), by };
    if let Some(same) = theirs.iter().find(|their| their.token.plain() == word.token.plain()) {
        return Some(plain(same, By::Word));
    }
    if let Some(form) = theirs.iter().find(|their| their.token.meets(&word.token)) {
        return Some(plain(form, By::Form));
    }
    let mut best: Option<(f64, Meeting)> = None;
    for (their, at) in theirs.iter().flat_map(|their| (0..their.groups.len()).map(move |at| (their, at))) {
        let ((group, strength), theirs) = (&their.groups[at], &their.phrases[at]);
        let mine = word.groups.iter().zip(&word.phrases).find(|((mine, _), _)| mine == group);
        let Some(((_, my_strength), yours)) = mine else { continue };
        let worth = their.weight * strength.min(*my_strength);
        if best.as_ref().is_none_or(|(known, _)| worth > *known) {
            best = Some((worth, Meeting { yours: yours.clone(), theirs: theirs.clone(), by: By::Thesaurus }));
        }
    }
    best.map(|(_, meeting)| meeting)
}
