//! The name under which an attachment is shown and saved.

use super::{FIELD, Media};
use crate::errors::FieldErrors;
use crate::text::one_line;

/// The longest name, in characters; longer ones are cut before their ending.
const LONGEST: usize = 120;

/// The file's own name, without folders and signs that mislead, with an ending that fits the content. Refused where the
/// ending says another sort.
pub fn display_name(raw: &str, media: Media) -> Result<String, FieldErrors> {
    let base = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = base.chars().filter(|sign| !misleads(*sign)).map(|sign| if sign == '"' { '\'' } else { sign }).collect();
    let line = one_line(&kept);
    let name = line.trim_matches(['.', ' ']);
    let (stem, ending) = parted(name);
    let usual = media.endings().first().copied().unwrap_or_default();
    let ending = match ending {
        None => usual.to_owned(),
        Some(ending) if media.endings().contains(&ending.to_lowercase().as_str()) => ending.to_owned(),
        Some(ending) => {
            let said =
                format!("The name ends in .{ending}, but the content is {}. Name it .{usual}, or attach another file.", media.name());
            return Err(FieldErrors::one(FIELD, said));
        }
    };
    let stem = if stem.is_empty() { if media.is_image() { "image" } else { "file" } } else { stem };
    let stem: String = stem.chars().take(LONGEST.saturating_sub(ending.len() + 1)).collect();
    Ok(format!("{}.{ending}", stem.trim_end_matches(['.', ' '])))
}

/// The part before the last full stop and, where it looks like one, the ending after it: "Checkout v1.2" has none.
fn parted(name: &str) -> (&str, Option<&str>) {
    let Some((stem, ending)) = name.rsplit_once('.') else { return (name, None) };
    let is_ending = (1..=10).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_ending { (stem, Some(ending)) } else { (name, None) }
}

/// Signs that are not seen, or turn the order of letters around: "cod\u{202e}gpj.exe" reads as a picture.
fn misleads(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain_and_ends_as_its_content_says() {
        for (raw, media, name) in [
            ("Basket.png", Media::Png, "Basket.png"),
            ("C:\\shots\\Basket.PNG", Media::Png, "Basket.PNG"),
            ("../../etc/passwd", Media::Pdf, "passwd.pdf"),
            ("photo.jpeg", Media::Jpeg, "photo.jpeg"),
            ("Checkout v1.2", Media::WebP, "Checkout v1.2.webp"),
            ("Größe \u{202e}\n der\tListe.csv", Media::Csv, "Größe der Liste.csv"),
            ("say \"hi\".pdf", Media::Pdf, "say 'hi'.pdf"),
            ("", Media::Png, "image.png"),
            ("...", Media::Csv, "file.csv"),
            (".png", Media::Png, "png.png"),
        ] {
            assert_eq!(display_name(raw, media).unwrap(), name);
        }
        let long = display_name(&format!("{}.png", "é".repeat(400)), Media::Png).unwrap();
        assert!(long.chars().count() == LONGEST && long.ends_with("é.png"));
    }

    #[test]
    fn an_ending_that_says_another_sort_is_refused() {
        for (raw, media) in [
            ("paper.png", Media::Pdf),
            ("page.html", Media::Png),
            ("a.svg", Media::Png),
            ("b.exe", Media::Jpeg),
            ("c.txt", Media::Csv),
            ("d.pdf.png", Media::Pdf),
        ] {
            let refused = display_name(raw, media).unwrap_err();
            assert!(refused.of(FIELD).unwrap().starts_with("The name ends in ."), "{raw}");
        }
    }
}
