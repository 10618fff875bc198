//! Text whose letters were read in the wrong encoding, by the traces that this leaves.

/// UTF-8 read as windows-1252: the first byte of two becomes one of these, the second one of the others.
const FIRST: [char; 4] = ['Ã', 'Â', 'Å', 'Ð'];

/// Whether a text looks like UTF-8 or another encoding read as windows-1252: "CafÃ©", "itâ€™s", control characters.
pub fn looks_garbled(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let pair = |pair: &[char]| match pair {
        ['â', '€'] => true,
        [first, second] => FIRST.contains(first) && is_high_sign(*second),
        _ => false,
    };
    let control = chars.iter().any(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{fffd}'));
    control || chars.windows(2).any(pair)
}

/// What the second byte of a pair reads as, letters aside: "Ãé" may be a name, "Ã©" is none.
fn is_high_sign(c: char) -> bool {
    matches!(
        c,
        '\u{a0}'
            ..='\u{bf}'
                | '€'
                | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | '‹'
                | '›'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '•'
                | '–'
                | '—'
                | '˜'
                | '™'
                | 'Œ'
                | 'œ'
                | 'Š'
                | 'š'
                | 'Ž'
                | 'ž'
                | 'Ÿ'
    )
}

/// The first line that is not UTF-8 in a file that elsewhere has letters in it; none for a file in one encoding.
pub fn mixed_line(bytes: &[u8]) -> Option<usize> {
    let (mut line, mut first, mut letters) = (1, None, false);
    for chunk in bytes.utf8_chunks() {
        letters |= !chunk.valid().is_ascii();
        line += chunk.valid().matches('\n').count();
        if !chunk.invalid().is_empty() {
            first.get_or_insert(line);
        }
    }
    first.filter(|_| letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_of_a_wrong_encoding_are_seen() {
        for (text, wanted) in [
            ("CafÃ© first", true),
            ("itâ€™s", true),
            ("GrÃ¶ÃŸe", true),
            ("”z‘—“ú\u{8d}‚", true),
            ("Größe, Café, naïve – “so”", false),
            ("São Paulo, À la carte, Åland, SÃO", false),
            ("£5 – €7", false),
        ] {
            assert_eq!(looks_garbled(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_file_in_two_encodings_names_its_line() {
        assert_eq!(mixed_line(b"a\nCaf\xc3\xa9\nGr\xf6\xdfe\n"), Some(3));
        assert_eq!(mixed_line(b"a\nGr\xf6\xdfe\n"), None);
        assert_eq!(mixed_line("Größe".as_bytes()), None);
    }
}
