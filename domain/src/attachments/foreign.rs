//! Files that are none of the five sorts but are often tried, with what to do instead.

use super::FIELD;
use crate::errors::FieldErrors;

/// What is said of anything that has no better sentence.
pub const NONE_OF_THEM: &str = "PNG, JPEG and WebP images, PDF and CSV files can be attached; this is none of them.";

/// First bytes by which other files give themselves away.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "This is a zip archive or an Office document. Save the document as PDF, a sheet as CSV."),
    (b"PK\x05\x06", "This is an empty zip archive. Attach the file itself."),
    (b"\xd0\xcf\x11\xe0", "This is an old Office document. Save it as PDF, a sheet as CSV."),
    (b"\x1f\x8b", "This file is compressed. Unpack it first."),
    (b"GIF8", "This is a GIF image. Save it as PNG."),
    (b"BM", "This is a bitmap. Save it as PNG."),
    (b"MZ", "This is a program. It cannot be attached."),
    (b"\x7fELF", "This is a program. It cannot be attached."),
    (b"#!", "This is a program. It cannot be attached."),
];

/// How far into a text its first tags are looked for.
const START: usize = 2000;

/// Refuses what is known to be something else.
pub fn refuse(bytes: &[u8]) -> Result<(), FieldErrors> {
    match by_signature(bytes).or_else(|| by_box(bytes)).or_else(|| by_markup(bytes)) {
        Some(said) => Err(FieldErrors::one(FIELD, said)),
        None => Ok(()),
    }
}

fn by_signature(bytes: &[u8]) -> Option<&'static str> {
    // Two letters alone begin many a heading; of a bitmap or a program bytes follow that no text has.
    let short_text = |mark: &[u8]| mark.len() == 2 && mark.is_ascii() && mark != b"#!" && !bytes.iter().take(64).any(|byte| *byte == 0);
    SIGNATURES.iter().find(|(mark, _)| bytes.starts_with(mark) && !short_text(mark)).map(|(_, said)| *said)
}

/// Photos of phones name their brand after `ftyp`.
fn by_box(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    Some(match bytes.get(8..12)? {
        b"avif" | b"avis" => "This is an AVIF image. Save it as PNG or JPEG.",
        b"heic" | b"heix" | b"mif1" | b"msf1" => "This is a HEIC photo. Save it as JPEG.",
        _ => "This is a film. Attach a picture of it, or link to where it lies.",
    })
}

/// Text that begins with a tag could run in a browser.
fn by_markup(bytes: &[u8]) -> Option<&'static str> {
    let start = String::from_utf8_lossy(bytes.get(..START).unwrap_or(bytes)).to_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    Some(match start {
        text if text.contains("<svg") => "This is an SVG drawing, which can carry scripts. Save it as PNG.",
        text if text.starts_with("<!doctype") || text.starts_with("<html") => {
            "This is a web page. Attach a picture of it, or save it as PDF."
        }
        _ => "This is markup, not a table. Save it as PDF or CSV.",
    })
}
