//! Words: where they stand in a text, what of their writing is passed over, and the stems by which their forms meet.
//! English, German and French side by side: a text does not say its language, and a library holds all three.

use rust_stemmers::{Algorithm, Stemmer};

/// The longest word that is told apart, in letters; no database takes words of any length.
const LONGEST_WORD: usize = 80;

/// A stem of another language that is shorter meets too many words that it has nothing to do with: "note" and "not".
const SHORTEST_FOREIGN_STEM: usize = 4;

/// Runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The word in lower case without accents, then its stems; each once. Two words are forms of one where any meets.
pub(super) fn keys(word: &str) -> Vec<String> {
    let plain = fold(word);
    let mut keys = vec![plain];
    for stem in stems(word) {
        if !keys.contains(&stem) {
            keys.push(stem);
        }
    }
    keys
}

/// The stems of a word, the English one first.
pub(super) fn stems(word: &str) -> Vec<String> {
    let plain = fold(word);
    let mut stems = vec![Stemmer::create(Algorithm::English).stem(&plain).into_owned()];
    let written: String = word.chars().take(LONGEST_WORD).flat_map(char::to_lowercase).collect();
    for stem in [german(&plain), fold(&Stemmer::create(Algorithm::French).stem(&written))] {
        if stem.chars().count() >= SHORTEST_FOREIGN_STEM && !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

/// "Größe", "Groesse" and "Grosse" are one word: umlauts may be written out or left out.
/// The source is Snowball's variant "german2".
fn german(plain: &str) -> String {
    let with_umlauts = plain.replace("ae", "ä").replace("oe", "ö").replace("que", "q\u{1}").replace("ue", "ü").replace("q\u{1}", "que");
    fold_umlauts(&Stemmer::create(Algorithm::German).stem(&with_umlauts))
}

fn fold_umlauts(stem: &str) -> String {
    stem.replace('ä', "a").replace('ö', "o").replace('ü', "u")
}

/// Lower case without accents: "Café" and "cafe" are one word, "Größe" and "groesse" another.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len().min(4 * LONGEST_WORD));
    for c in word.chars().take(LONGEST_WORD).flat_map(char::to_lowercase) {
        match crate::text::fold(c) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded
}

/// Words that join others and say nothing themselves.
const SILENT: &str = " a an the and or of to for with at by from as that this these those it its is are was were be been being i we \
    you he she they them their our your my his her us me do does did has have had will would should could there which who whom so \
    than then also just very too into onto s t ll re ve d \
    der die das den dem des ein eine einen einem einer eines und oder von zu zur zum fuer mit bei als ist sind war wird werden \
    wir sie er es ihr ihre unser unsere im am dass auch auf an in \
    le la les un une des du de et ou a au aux pour avec par que qui est sont ce cette ces son sa ses leur leurs notre nos votre vos \
    il elle ils elles nous vous l y se qu ";

/// Words that matter beside others ("log in", "out of stock", "how much") and say little alone.
const FAINT: &str = " in on up out off over under not no only how when what where why all any each every more most much many less \
    about between during while if but can may per within through across down back again away once even still yet own other another \
    one two three ";

/// Whether a word, folded, joins others and says nothing.
pub(super) fn is_silent(plain: &str) -> bool {
    // Those that make verbs and phrases in English are left to be faint.
    !listed(FAINT, plain) && listed(SILENT, plain)
}

/// Whether a word, folded, says little alone: a number or a particle.
pub(super) fn is_faint(plain: &str) -> bool {
    listed(FAINT, plain) || plain.chars().all(|c| c.is_ascii_digit())
}

fn listed(list: &str, word: &str) -> bool {
    list.match_indices(word).any(|(at, _)| {
        let bytes = list.as_bytes();
        at > 0 && bytes[at - 1] == b' ' && bytes.get(at + word.len()) == Some(&b' ')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(one: &str, other: &str) -> bool {
        keys(one).iter().any(|key| keys(other).contains(key))
    }

    #[test]
    fn all_forms_of_a_word_begin_alike() {
        for word in ["Übergröße", "Ärger", "œuvre", "Öl", "éviter", "shipping", "9to5", "ystad", "ñandú", "ßwort"] {
            let first = fold(word).chars().next();
            assert!(keys(word).iter().all(|key| key.chars().next() == first), "{word}: {:?}", keys(word));
        }
    }

    #[test]
    fn forms_of_a_word_meet_in_three_languages() {
        for (one, other) in [
            ("Filters", "filter"),
            ("shipping", "shipped"),
            ("Café", "cafe"),
            ("Größe", "GROESSE"),
            ("Größe", "Grosse"),
            ("Lieferung", "Lieferungen"),
            ("Bewertung", "Bewertungen"),
            ("Kunde", "Kunden"),
            ("Käufer", "Käufern"),
            ("livraison", "livraisons"),
            ("acheter", "achetez"),
            ("payé", "payée"),
            ("réduction", "reductions"),
        ] {
            assert!(meet(one, other), "{one}: {:?}, {other}: {:?}", keys(one), keys(other));
        }
    }

    #[test]
    fn words_that_only_look_alike_do_not_meet() {
        for (one, other) in [("note", "not"), ("care", "car"), ("site", "sit"), ("rate", "rat"), ("basket", "bask")] {
            assert!(!meet(one, other), "{one}: {:?}, {other}: {:?}", keys(one), keys(other));
        }
    }

    #[test]
    fn a_word_begins_its_keys() {
        for word in ["Shipping", "Größe", "été", "日本語", "x"] {
            assert_eq!(keys(word)[0], fold(word));
        }
    }

    #[test]
    fn joining_words_are_told_from_those_that_matter_beside_others() {
        assert!(is_silent("the") && is_silent("der") && is_silent("les") && !is_silent("in") && !is_silent("delivery"));
        assert!(is_faint("in") && is_faint("30") && !is_faint("stock") && !is_faint("th"));
    }
}
