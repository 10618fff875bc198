//! Attachments: pictures, PDFs and tables that lie beside a piece of evidence, a hypothesis, or a variant of a test.
//! What a file is follows from its content alone ([`recognise`]). Knows bytes, not where they are kept.

mod foreign;
mod media;
mod name;

pub use media::{Media, recognise};
pub use name::display_name;

use crate::activity::Subject;
use crate::errors::FieldErrors;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
pub const FILE_LIMIT: usize = 10 * 1024 * 1024;
/// So many attachments one thing has at most, not counting those taken away.
pub const MOST: u64 = 20;
/// The most pixels of an image: a small file can unpack to far more than a machine has room for.
pub const MOST_PIXELS: u64 = 40_000_000;
/// The longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 480;
/// The form field, and where REST says what is wrong with a file.
pub const FIELD: &str = "file";

/// What an attachment hangs on: a piece of evidence, a hypothesis, or a variant of a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachedTo {
    pub subject: Subject,
    /// `H-12`.
    pub number: String,
    /// The key of the variant; tests alone have them.
    pub variant: Option<String>,
}

impl AttachedTo {
    pub fn record(subject: Subject, number: &str) -> Self {
        Self { subject, number: number.to_owned(), variant: None }
    }

    pub fn variant(number: &str, key: &str) -> Self {
        Self { subject: Subject::Test, number: number.to_owned(), variant: Some(key.to_owned()) }
    }

    /// Whether this sort of file may hang there: a variant shows how it looks.
    pub fn check(&self, media: Media) -> Result<(), FieldErrors> {
        if self.variant.is_some() && !media.is_image() {
            let said = format!("A screenshot is an image; this is a {}. Attach it to the hypothesis or to evidence.", media.name());
            return Err(FieldErrors::one(FIELD, said));
        }
        Ok(())
    }
}

/// An attachment as everybody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attachment {
    pub id: i64,
    /// What it hangs on.
    pub subject: Subject,
    /// `H-12`.
    pub number: String,
    /// The key of the test's variant that it shows.
    pub variant: Option<String>,
    /// The file's name, with an ending that fits its content.
    pub name: String,
    pub media_type: Media,
    /// The size of the file.
    pub bytes: u64,
    /// SHA-256 of the content, in hexadecimal digits.
    pub sha256: String,
    /// Of an image, in pixels, as it is shown upright.
    pub width: Option<u32>,
    pub height: Option<u32>,
    /// Who attached it; none for the command line.
    pub by: Option<String>,
    pub created_at: DateTime<Utc>,
    /// Whether it was taken away.
    pub archived: bool,
}

impl Attachment {
    pub fn attached_to(&self) -> AttachedTo {
        AttachedTo { subject: self.subject, number: self.number.clone(), variant: self.variant.clone() }
    }

    /// The sides of its thumbnail, in pixels.
    pub fn thumbnail(&self) -> Option<(u32, u32)> {
        Some(fitted(self.width?, self.height?))
    }
}

/// The sides of an image, made small enough for a thumbnail.
pub fn fitted(width: u32, height: u32) -> (u32, u32) {
    let longest = width.max(height).max(1);
    if longest <= THUMBNAIL_SIDE {
        return (width.max(1), height.max(1));
    }
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(THUMBNAIL_SIDE) / u64::from(longest);
        u32::try_from(side).unwrap_or(THUMBNAIL_SIDE).max(1)
    };
    (scaled(width), scaled(height))
}

/// Refuses what is no file at all, and what is larger than is kept.
pub fn check_length(bytes: usize) -> Result<(), FieldErrors> {
    match bytes {
        0 => Err(FieldErrors::one(FIELD, "This file is empty (0 bytes).")),
        length if length > FILE_LIMIT => Err(too_large()),
        _ => Ok(()),
    }
}

/// What is said of a file beyond the limit, however much larger it is.
pub fn too_large() -> FieldErrors {
    FieldErrors::one(FIELD, "This file is larger than 10 MB, which is the most. Make it smaller, or link to where it lies.")
}

/// Refuses an image that would unpack to too many pixels.
pub fn check_pixels(width: u32, height: u32) -> Result<(), FieldErrors> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(FieldErrors::one(FIELD, "This image has no pixels."));
    }
    if pixels > MOST_PIXELS {
        let said = format!("This image has {width} × {height} pixels; 40 million in all are the most. Make it smaller.");
        return Err(FieldErrors::one(FIELD, said));
    }
    Ok(())
}

/// What is said when a thing has as many as it may.
pub fn too_many() -> FieldErrors {
    FieldErrors::one(FIELD, format!("{MOST} attachments are the most here. Take one away first."))
}

/// "2.4 MB", "310 KB", "12 bytes".
pub fn size_words(bytes: u64) -> String {
    const KB: u64 = 1024;
    match bytes {
        1 => "1 byte".to_owned(),
        bytes if bytes < KB => format!("{bytes} bytes"),
        bytes if bytes < 1000 * KB => format!("{} KB", bytes.div_ceil(KB)),
        bytes => {
            let tenths = (bytes * 10).div_ceil(KB * KB);
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_short() {
        for (bytes, words) in
            [(1, "1 byte"), (12, "12 bytes"), (1025, "2 KB"), (310 * 1024, "310 KB"), (2_500_000, "2.4 MB"), (10 * 1024 * 1024, "10.0 MB")]
        {
            assert_eq!(size_words(bytes), words);
        }
    }

    #[test]
    fn lengths_and_pixels_have_an_end() {
        assert_eq!(check_length(0).unwrap_err().of(FIELD), Some("This file is empty (0 bytes)."));
        assert!(check_length(1).is_ok() && check_length(FILE_LIMIT).is_ok());
        assert!(check_length(FILE_LIMIT + 1).unwrap_err().to_string().contains("larger than 10 MB"));
        assert!(check_pixels(8000, 5000).is_ok());
        assert!(check_pixels(60_000, 60_000).unwrap_err().to_string().contains("60000 × 60000 pixels"));
        assert!(check_pixels(u32::MAX, u32::MAX).is_err() && check_pixels(0, 9).is_err());
    }

    #[test]
    fn a_thumbnail_keeps_the_shape() {
        for (whole, small) in [((1440, 900), (480, 300)), ((300, 200), (300, 200)), ((900, 1440), (300, 480)), ((40_000, 10), (480, 1))] {
            assert_eq!(fitted(whole.0, whole.1), small);
        }
    }

    #[test]
    fn a_variant_shows_images_alone() {
        let variant = AttachedTo::variant("T-1", "B");
        assert!(variant.check(Media::WebP).is_ok());
        assert!(variant.check(Media::Pdf).unwrap_err().to_string().contains("this is a PDF"));
        assert!(AttachedTo::record(Subject::Evidence, "E-1").check(Media::Csv).is_ok());
    }
}
