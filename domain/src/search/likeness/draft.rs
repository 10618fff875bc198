//! A draft made ready: what its words mean, how telling each is, and which records are worth comparing with it.

use crate::hypotheses::HypothesisDraft;
use crate::search::thesaurus::Thesaurus;
use crate::search::tokens::{Token, tokens};
use crate::search::words::is_faint;
use std::collections::{BTreeSet, HashMap};

/// What two words of one group share, beside one: a word that two texts share.
pub(super) const SAME_MEANING: f64 = 0.85;
const NEAR_MEANING: f64 = 0.45;
/// Of a group that is met by part of a longer phrase.
const WITHIN: f64 = 0.6;
/// How telling a word is that says little alone, and one of a group of such words.
pub(super) const FAINT: f64 = 0.25;
pub(super) const GENERIC: f64 = 0.4;

/// So many words of each part are looked at: whatever is sent, the question to the index stays short.
const LONGEST: usize = 80;

/// In how many records of a library words occur.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    pub records: u64,
    pub of: HashMap<String, u64>,
}

impl Frequencies {
    pub(super) fn of_word(&self, token: &Token<'_>) -> u64 {
        token.keys.iter().filter_map(|key| self.of.get(key.as_ref())).copied().max().unwrap_or(0)
    }

    /// The rarer, the more telling; the logarithm is that of inverse document frequency.
    pub(super) fn telling(&self, records: u64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let (all, these) = (self.records as f64, records as f64);
        0.4 + ((all + 2.0) / (these.min(all) + 1.0)).ln()
    }
}

/// A word of a text with the groups that it belongs to there.
#[derive(Debug, Clone)]
pub(super) struct Meant<'a> {
    pub token: Token<'a>,
    /// Group and how much meeting in it counts.
    pub groups: Vec<(usize, f64)>,
    /// The whole phrase by which it belongs to each of them.
    pub phrases: Vec<String>,
    pub weight: f64,
    /// Whether the thesaurus knows it as more than a word that says little.
    pub known: bool,
}

/// The words of a text with what they mean. `significance` stands in their weight.
pub(super) fn meant<'a>(words: Vec<Token<'a>>, hits: &[crate::search::thesaurus::Hit], thesaurus: &Thesaurus) -> Vec<Meant<'a>> {
    let written: Vec<&str> = words.iter().map(|token| token.word).collect();
    let of = |(at, token): (usize, Token<'a>)| {
        let here = hits.iter().filter(|hit| (hit.from..hit.to).contains(&at));
        let mut groups: Vec<(usize, f64)> = Vec::new();
        let mut phrases = Vec::new();
        let mut generic = false;
        let mut special = false;
        for hit in here {
            let Some(group) = thesaurus.group(hit.group) else { continue };
            let strength = if group.near { NEAR_MEANING } else { SAME_MEANING } * if hit.within { WITHIN } else { 1.0 };
            generic |= group.generic;
            special |= !group.generic && !hit.within;
            groups.push((hit.group, strength));
            phrases.push(written[hit.from..hit.to].join(" "));
        }
        let weight = if generic && !special {
            GENERIC
        } else if is_faint(token.plain()) {
            FAINT
        } else {
            1.0
        };
        Meant { token, groups, phrases, weight, known: special }
    };
    words.into_iter().enumerate().map(of).collect()
}

/// Words of which any will do; of a phrase all of its words, each by any of its stems.
pub type Unit = Vec<Vec<Vec<String>>>;

/// A question to the index: records that hold all of these, or any.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    pub units: Vec<Unit>,
    pub all: bool,
}

/// A draft made ready to be compared.
pub struct Draft<'a> {
    pub(super) thesaurus: &'a Thesaurus,
    pub(super) title: Vec<Meant<'a>>,
    pub(super) change: Vec<Meant<'a>>,
    pub(super) rest: Vec<Meant<'a>>,
    pub(super) area: Option<&'a str>,
    pub(super) lever: Option<&'a str>,
    pub(super) metric: Option<&'a str>,
}

impl<'a> Draft<'a> {
    pub fn new(draft: &'a HypothesisDraft, thesaurus: &'a Thesaurus) -> Self {
        let read = |text: &'a str| {
            let mut words = tokens(text);
            words.truncate(LONGEST);
            let hits = thesaurus.hits(&words);
            meant(words, &hits, thesaurus)
        };
        let said = |text: &'a Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let statement = &draft.statement;
        let rest = [&statement.because, &statement.reason, &statement.audience];
        Self {
            thesaurus,
            title: read(&draft.title),
            change: read(said(&statement.change).unwrap_or_default()),
            rest: rest.into_iter().filter_map(said).flat_map(read).collect(),
            area: said(&draft.area),
            lever: said(&statement.lever),
            metric: statement.effect.as_ref().and_then(|effect| said(&effect.metric)),
        }
    }

    /// Whether it says anything to go by.
    pub fn is_empty(&self) -> bool {
        self.title.is_empty() && self.change.is_empty()
    }

    pub(super) fn core(&self) -> impl Iterator<Item = &Meant<'a>> {
        self.title.iter().chain(&self.change)
    }

    /// The groups that it meets.
    pub(super) fn groups(&self) -> Vec<usize> {
        let groups: BTreeSet<usize> = self.core().chain(&self.rest).flat_map(|word| word.groups.iter().map(|(group, _)| *group)).collect();
        groups.into_iter().collect()
    }

    /// All terms whose frequency decides what is telling.
    pub fn terms(&self) -> BTreeSet<String> {
        let own = self.core().chain(&self.rest).flat_map(|word| word.token.keys.iter());
        let groups = self.groups();
        let theirs = groups.iter().filter_map(|at| self.thesaurus.group(*at)).flat_map(|group| group.words().iter().flatten());
        own.chain(theirs.flat_map(|word| word.keys.iter())).map(ToString::to_string).collect()
    }

    /// Weighs each word by how rare it and what says the same are.
    pub fn weigh(&mut self, frequencies: &Frequencies) {
        let mut groups: HashMap<usize, u64> = HashMap::new();
        for at in self.groups() {
            let phrases = self.thesaurus.group(at).into_iter().flat_map(|group| group.words());
            let of_phrase = |words: &Vec<Token<'_>>| words.iter().map(|word| frequencies.of_word(word)).min().unwrap_or(0);
            groups.insert(at, phrases.map(of_phrase).sum());
        }
        for word in self.title.iter_mut().chain(&mut self.change).chain(&mut self.rest) {
            let same = word.groups.iter().filter(|(_, strength)| *strength >= SAME_MEANING);
            let records = same.filter_map(|(group, _)| groups.get(group)).copied().chain([frequencies.of_word(&word.token)]).max();
            let unknown = if records == Some(0) { 0.7 } else { 1.0 };
            word.weight *= unknown * frequencies.telling(records.unwrap_or(0));
        }
    }

    /// What to ask the index for, so that about `most` records answer however large the library is: all that hold
    /// the rarest of its meanings, and where those are common too, what holds several at once.
    pub fn probes(&self, frequencies: &Frequencies, most: u64) -> Vec<Probe> {
        let mut units = self.units(frequencies, false);
        if units.is_empty() {
            units = self.units(frequencies, true);
        }
        units.sort_by_key(|(records, _)| *records);
        let mut sum = 0;
        let rare = units.iter().take_while(|(records, _)| {
            sum += records;
            sum <= most
        });
        let rare = rare.count();
        let found: u64 = units[..rare].iter().map(|(records, _)| records).sum();
        let mut units: Vec<Unit> = units.into_iter().map(|(_, unit)| unit).collect();
        let common = units.split_off(rare);
        let mut probes = Vec::new();
        if !units.is_empty() {
            probes.push(Probe { units, all: false });
        }
        if found < most / 2 {
            for together in [4, 3, 2, 1] {
                let enough = if together == 1 { common.len() == 1 } else { common.len() >= together };
                if enough {
                    probes.push(Probe { units: common[..together].to_vec(), all: true });
                }
            }
        }
        probes
    }

    /// Each meaning with the number of records that hold it, as far as the library knows it.
    fn units(&self, frequencies: &Frequencies, generic: bool) -> Vec<(u64, Unit)> {
        let known = |token: &Token<'_>| -> Vec<String> {
            let stems = if token.keys.len() > 1 { &token.keys[1..] } else { &token.keys[..] };
            stems
                .iter()
                .chain(token.keys.first())
                .filter(|key| frequencies.of.contains_key(key.as_ref()))
                .map(ToString::to_string)
                .collect()
        };
        let mut units: Vec<(u64, Unit)> = Vec::new();
        for word in self.core() {
            let telling = !word.token.is_faint() && !self.is_generic(word);
            if !telling && !generic {
                continue;
            }
            let groups = word.groups.iter().filter_map(|(at, _)| self.thesaurus.group(*at)).filter(|group| generic || !group.generic);
            let phrases = groups.flat_map(|group| group.words().iter().map(|words| words.iter().map(known).collect::<Vec<_>>()));
            let alone = (!word.token.is_faint()).then(|| vec![known(&word.token)]);
            let unit = reduced(alone.into_iter().chain(phrases).filter(|phrase| phrase.iter().all(|word| !word.is_empty())).collect());
            if !unit.is_empty() && !units.iter().any(|(_, known)| *known == unit) {
                units.push((records(&unit, frequencies), unit));
            }
        }
        units
    }

    pub(super) fn is_generic(&self, word: &Meant<'_>) -> bool {
        let of = |at: &usize| self.thesaurus.group(*at);
        let mut groups = word.groups.iter().filter_map(|(at, _)| of(at)).peekable();
        groups.peek().is_some() && groups.all(|group| group.generic)
    }
}

/// The same unit in few words: forms of a word are one, and a phrase says nothing beside one of its words alone.
fn reduced(phrases: Unit) -> Unit {
    let mut singles: Vec<BTreeSet<String>> = Vec::new();
    let (alone, longer): (Unit, Unit) = phrases.into_iter().partition(|phrase| phrase.len() == 1);
    for word in alone.into_iter().flatten() {
        let mut forms: BTreeSet<String> = word.into_iter().collect();
        singles.retain(|known| {
            let other = known.is_disjoint(&forms);
            if !other {
                forms.extend(known.iter().cloned());
            }
            other
        });
        singles.push(forms);
    }
    let longer: BTreeSet<BTreeSet<BTreeSet<String>>> =
        longer.into_iter().map(|phrase| phrase.into_iter().map(|word| word.into_iter().collect()).collect()).collect();
    let says_more = |phrase: &BTreeSet<BTreeSet<String>>| !phrase.iter().any(|word| singles.iter().any(|single| word.is_subset(single)));
    let longer: Vec<_> = longer.into_iter().filter(says_more).collect();
    let words = |phrase: BTreeSet<BTreeSet<String>>| phrase.into_iter().map(|word| word.into_iter().collect()).collect();
    let mut unit: Unit = singles.into_iter().map(|forms| BTreeSet::from([forms])).chain(longer).map(words).collect();
    unit.sort();
    unit
}

/// At most so many records hold a unit.
fn records(unit: &Unit, frequencies: &Frequencies) -> u64 {
    let of_word = |word: &Vec<String>| word.iter().filter_map(|key| frequencies.of.get(key)).copied().max().unwrap_or(0);
    let of_phrase = |phrase: &Vec<Vec<String>>| phrase.iter().map(of_word).min().unwrap_or(0);
    unit.iter().map(of_phrase).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(keys: &str) -> Vec<String> {
        keys.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn a_unit_is_asked_for_in_few_words() {
        let phrases = vec![
            vec![word("return")],
            vec![word("return/returns"), word("polici/policy")],
            vec![word("return/returns")],
            vec![word("send"), word("back")],
            vec![word("back"), word("send")],
            vec![word("refund/refunds")],
        ];
        let few = vec![vec![word("back"), word("send")], vec![word("refund/refunds")], vec![word("return/returns")]];
        assert_eq!(reduced(phrases), few);
    }

    #[test]
    fn words_that_share_a_form_are_one() {
        let phrases = vec![vec![word("pric/price")], vec![word("cost")], vec![word("price/pricing")]];
        assert_eq!(reduced(phrases), vec![vec![word("cost")], vec![word("pric/price/pricing")]]);
    }
}
