//! Bytes become text: which encoding a file is in, and which files are no text at all. Knows nothing of columns.

use super::garbled::mixed_line;
use crate::errors::FieldErrors;
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 20 * 1024 * 1024;

/// How the letters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Western European Windows; what a file is taken for when it is not valid UTF-8 and carries no mark.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    /// The name as standards write it.
    pub fn slug(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
        }
    }
}

/// The text of a file and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
    /// Whether the file began with a byte order mark, which is no part of the text.
    pub bom: bool,
}

/// First bytes by which other kinds of file give themselves away, with what to do instead.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"\x89PNG", "This is a PNG image, not a table. Export the sheet as CSV."),
    (b"\xff\xd8\xff", "This is a JPEG image, not a table. Export the sheet as CSV."),
    (b"GIF8", "This is a GIF image, not a table. Export the sheet as CSV."),
    (b"PK\x03\x04", "This is an Excel workbook or another zip archive, not a CSV file. Save the sheet as CSV."),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook, not a CSV file. Save the sheet as CSV."),
    (b"%PDF", "This is a PDF file, not a table. Export the sheet as CSV."),
    (b"\x1f\x8b", "This file is compressed. Unpack it first."),
    (b"SQLite format 3", "This is a database, not a table. Export the table as CSV."),
    (b"{\\rtf", "This is a word processor’s file, not a table. Export the sheet as CSV."),
];

/// The file's text, or one sentence that says why it cannot be read.
pub fn decode(bytes: &[u8]) -> Result<Decoded, FieldErrors> {
    if bytes.is_empty() {
        return refuse("The file is empty (0 bytes).");
    }
    if bytes.len() > FILE_LIMIT {
        return refuse(format!("The file has {} MB; 20 MB is the most. Split it.", bytes.len().div_ceil(1024 * 1024)));
    }
    if let Some((_, message)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return refuse(*message);
    }
    let (text, encoding, bom) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (marked_utf8(rest)?, Encoding::Utf8, true),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, Encoding::Utf16Le, true),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, Encoding::Utf16Be, true),
        _ => {
            let (text, encoding) = unmarked(bytes)?;
            (text, encoding, false)
        }
    };
    refuse_markup(&text)?;
    Ok(Decoded { text, encoding, bom })
}

fn refuse<T>(message: impl Into<String>) -> Result<T, FieldErrors> {
    Err(FieldErrors::one("file", message))
}

fn marked_utf8(bytes: &[u8]) -> Result<String, FieldErrors> {
    refuse_binary(bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            refuse(format!(
                "The file says that it is UTF-8, but line {line} has bytes that are not. \
                 It may be windows-1252: save it again as CSV UTF-8."
            ))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, FieldErrors> {
    let plain = !bytes.is_empty() && !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok();
    if plain {
        return refuse("The file says that it is UTF-16, but its content is not. Save it again as CSV UTF-8.");
    }
    if bytes.len() % 2 == 1 {
        return refuse("The file ends in the middle of a character: it seems cut short. Export it again.");
    }
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0,
    });
    let Ok(text) = char::decode_utf16(units).collect::<Result<String, _>>() else {
        return refuse("The file says that it is UTF-16, but some of its characters are not. Save it again as CSV UTF-8.");
    };
    refuse_binary(text.as_bytes())?;
    Ok(text)
}

fn unmarked(bytes: &[u8]) -> Result<(String, Encoding), FieldErrors> {
    refuse_binary(bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
        Err(_) => {
            if let Some(line) = mixed_line(bytes) {
                return refuse(format!(
                    "Some letters of the file are UTF-8, but line {line} has others: two encodings are mixed. \
                     Save it again as CSV UTF-8."
                ));
            }
            Ok((bytes.iter().copied().map(windows_1252).collect(), Encoding::Windows1252))
        }
    }
}

/// Some stray control bytes are a matter of one cell; many mean that this is no text.
fn refuse_binary(bytes: &[u8]) -> Result<(), FieldErrors> {
    let nul = bytes.iter().filter(|byte| **byte == 0).count();
    if nul * 5 > bytes.len() {
        return refuse("This looks like UTF-16 text without its mark, or like no text at all. Save the sheet as CSV UTF-8.");
    }
    let control = bytes.iter().filter(|byte| **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 12)).count();
    if nul * 20 > bytes.len() || control * 10 > bytes.len() {
        return refuse("This is not a text file. Export the sheet as CSV.");
    }
    Ok(())
}

fn refuse_markup(text: &str) -> Result<(), FieldErrors> {
    let start: String = text.trim_start().chars().take(20).collect::<String>().to_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") {
        return refuse("This is a web page (a sign-in page?), not a CSV file. Sign in to the tool and export again.");
    }
    if start.starts_with("<?xml") {
        return refuse("This is an XML file, not a CSV file. Export the sheet as CSV.");
    }
    if start.starts_with("{\"") || start.starts_with("[{") || start.starts_with("{\n") {
        return refuse("This is a JSON file, not a CSV file. Export the sheet as CSV.");
    }
    Ok(())
}

/// The characters of windows-1252 where it differs from Latin-1, from 0x80; see the WHATWG encoding standard.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_guessed() {
        for (bytes, text, encoding, bom) in [
            ("Größe €".as_bytes(), "Größe €", Encoding::Utf8, false),
            (b"\xef\xbb\xbfa,b", "a,b", Encoding::Utf8, true),
            (b"Gr\xf6\xdfe \x80 \x96", "Größe € –", Encoding::Windows1252, false),
            (b"\xff\xfea\0,\0", "a,", Encoding::Utf16Le, true),
            (b"\xfe\xff\0a\0,", "a,", Encoding::Utf16Be, true),
        ] {
            assert_eq!(decode(bytes), Ok(Decoded { text: text.into(), encoding, bom }));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [&b""[..], b"\x89PNG\r\n", b"a\0b\0c\0", b"\x01\x02\x03abc", b"<!DOCTYPE html>", b"[{\"a\":1}]", b"\xff\xfe\x00\xd8"] {
            assert!(decode(bytes).is_err(), "{bytes:?}");
        }
        assert!(decode(&vec![b'a'; FILE_LIMIT + 1]).is_err());
    }
}
