//! A text as the words that count in it, in their order, and the short form in which the store keeps them.

use std::collections::BTreeSet;

use super::words::{fold, is_faint, is_silent, keys, words};

/// So many words of what stands beside title and change are looked at.
const REST: usize = 80;

/// A word that counts: as it is written, and what its forms share.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token<'a> {
    pub word: &'a str,
    /// In lower case without accents first, then its stems.
    pub keys: Vec<std::borrow::Cow<'a, str>>,
}

impl Token<'_> {
    pub fn plain(&self) -> &str {
        self.keys.first().map(AsRef::as_ref).unwrap_or_default()
    }

    /// Whether it says little alone.
    pub fn is_faint(&self) -> bool {
        is_faint(self.plain())
    }

    pub fn meets(&self, other: &Token<'_>) -> bool {
        self.keys.iter().any(|key| other.keys.contains(key))
    }
}

/// The words of a text that count.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let counts = words(text).filter(|word| !is_silent(&fold(word)));
    counts.map(|word| Token { word, keys: keys(word).into_iter().map(Into::into).collect() }).collect()
}

/// What of a record is compared with a draft: a line each for its title, its change, and what else it says. Made when
/// a record is kept, so that thousands can be compared while somebody types.
pub fn gist(title: &str, change: &str, rest: &str) -> String {
    let line = |text: &str, most: usize| {
        let written = tokens(text).into_iter().take(most).map(|token| token.keys.join("/"));
        written.collect::<Vec<_>>().join(" ")
    };
    [line(title, usize::MAX), line(change, 4 * REST), line(rest, REST)].join("\n")
}

/// Each term of title and change once: what is counted to know which are rare. Numbers are left out: they say little,
/// and there is no end of them.
pub fn gist_terms(gist: &str) -> BTreeSet<&str> {
    let terms = gist.split('\n').take(2).flat_map(|line| line.split([' ', '/']));
    terms.filter(|term| !term.chars().all(|c| c.is_ascii_digit())).collect()
}

/// The lines of a gist as words.
pub(super) fn read(gist: &str) -> [Vec<Token<'_>>; 3] {
    lines(gist).map(read_line)
}

/// The lines of a gist: title, change, and what else it says.
pub(super) fn lines(gist: &str) -> [&str; 3] {
    let mut lines = gist.split('\n');
    [lines.next().unwrap_or_default(), lines.next().unwrap_or_default(), lines.next().unwrap_or_default()]
}

/// A line of a gist as words.
pub(super) fn read_line(line: &str) -> Vec<Token<'_>> {
    line.split(' ').filter(|word| !word.is_empty()).map(token).collect()
}

/// The keys of all words of a line of a gist, without reading it as words.
pub(super) fn keys_of(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '/'])
}

fn token(written: &str) -> Token<'_> {
    let keys: Vec<_> = written.split('/').map(Into::into).collect();
    Token { word: written.split('/').next().unwrap_or_default(), keys }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gist_reads_as_the_words_it_was_made_of() {
        let texts = ["Show the shipping costs", "", "früher"];
        let written = gist(texts[0], texts[1], texts[2]);
        let read_back: Vec<_> = read(&written).into_iter().flatten().map(|token| token.keys).collect();
        let direct: Vec<_> = texts.into_iter().flat_map(tokens).map(|token| token.keys).collect();
        assert_eq!(read_back, direct);
    }
}
