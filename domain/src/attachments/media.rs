//! The five sorts of files that can be attached, told by their content.

use super::{FIELD, check_length, foreign};
use crate::errors::FieldErrors;
use crate::transfer::is_table;
use serde::{Deserialize, Serialize};

/// A sort of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Media {
    #[serde(rename = "image/png")]
    Png,
    #[serde(rename = "image/jpeg")]
    Jpeg,
    #[serde(rename = "image/webp")]
    WebP,
    #[serde(rename = "application/pdf")]
    Pdf,
    #[serde(rename = "text/csv")]
    Csv,
}

impl Media {
    pub const ALL: [Media; 5] = [Media::Png, Media::Jpeg, Media::WebP, Media::Pdf, Media::Csv];

    /// The name in `Content-Type`.
    pub fn mime(self) -> &'static str {
        match self {
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
            Media::WebP => "image/webp",
            Media::Pdf => "application/pdf",
            Media::Csv => "text/csv",
        }
    }

    pub fn from_mime(mime: &str) -> Option<Media> {
        Media::ALL.into_iter().find(|media| media.mime() == mime)
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Media::Png => "PNG",
            Media::Jpeg => "JPEG",
            Media::WebP => "WebP",
            Media::Pdf => "PDF",
            Media::Csv => "CSV",
        }
    }

    /// The endings that names of such files have; the first is the usual one.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Media::Png => &["png"],
            Media::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Media::WebP => &["webp"],
            Media::Pdf => &["pdf"],
            Media::Csv => &["csv"],
        }
    }

    pub fn is_image(self) -> bool {
        matches!(self, Media::Png | Media::Jpeg | Media::WebP)
    }
}

/// How far from its end a PDF's end mark stands at most: programs add a few bytes after it.
const PDF_TAIL: usize = 2048;

/// The sort of these bytes, or a sentence that says what they are instead. Of images only the beginning is looked at:
/// whoever makes the thumbnail reads them whole.
pub fn recognise(bytes: &[u8]) -> Result<Media, FieldErrors> {
    check_length(bytes.len())?;
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Media::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(Media::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Media::WebP),
        [b'%', b'P', b'D', b'F', b'-', ..] => whole_pdf(bytes),
        _ => {
            foreign::refuse(bytes)?;
            table(bytes)
        }
    }
}

fn whole_pdf(bytes: &[u8]) -> Result<Media, FieldErrors> {
    let tail = bytes.get(bytes.len().saturating_sub(PDF_TAIL)..).unwrap_or(bytes);
    if tail.windows(5).any(|window| window == b"%%EOF") {
        return Ok(Media::Pdf);
    }
    Err(FieldErrors::one(FIELD, "This PDF is cut short: its end is missing. Export it again."))
}

fn table(bytes: &[u8]) -> Result<Media, FieldErrors> {
    if is_table(bytes)? {
        return Ok(Media::Csv);
    }
    Err(FieldErrors::one(FIELD, foreign::NONE_OF_THEM))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8]) -> String {
        recognise(bytes).unwrap_err().of(FIELD).unwrap().to_owned()
    }

    #[test]
    fn content_says_what_a_file_is() {
        for (bytes, media) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Media::Png),
            (b"\xff\xd8\xff\xe0....", Media::Jpeg),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Media::WebP),
            (b"%PDF-1.7\n1 0 obj\n%%EOF\n", Media::Pdf),
            (b"Device,Visits\nMobile,120\nDesktop,80\n", Media::Csv),
            (b"\xef\xbb\xbfGer\xc3\xa4t;Besuche\r\nHandy;120\r\n", Media::Csv),
            (b"Ger\xe4t;Besuche\r\nHandy;120\r\n", Media::Csv),
            (b"\xff\xfea\0,\0b\0\n\x001\0,\x002\0\n\0", Media::Csv),
            (b"Report of May\n\nPage,Exits\n/a,1\n/b,2\n/c,3\n", Media::Csv),
        ] {
            assert_eq!(recognise(bytes), Ok(media), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_is_something_else_is_named() {
        for (bytes, part) in [
            (&b""[..], "empty"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
            (b"<?xml version='1.0'?>\n<!-- a -->\n<svg/>", "SVG"),
            (b"\xef\xbb\xbf  <!DOCTYPE html><script>", "web page"),
            (b"<script>alert(1)</script>,b\nc,d\n", "markup"),
            (b"PK\x03\x04rest", "zip archive"),
            (b"\x1f\x8b\x08rest", "compressed"),
            (b"GIF89a....", "GIF"),
            (b"\0\0\0\x18ftypheic....", "HEIC"),
            (b"\0\0\0\x18ftypavif....", "AVIF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
            (b"MZ\x90\0\x03\0\0\0", "program"),
            (b"\x7fELF\x02\x01", "program"),
            (b"#!/bin/sh\nrm a,b\n", "program"),
            (b"{\"a\": 1, \"b\": 2}", "JSON"),
            (b"%PDF-1.7\n1 0 obj\n", "cut short"),
            (b"Just a sentence without any columns.\nAnd another.\n", "none of them"),
            (b"Device,Visits\nMobile,12\x070\nDesktop,80\n", "control characters"),
            (b"Device,Visits\nMobile,12\x000\nDesktop,80\n", "control characters"),
            (b"\x01\x02\x03\x04\x05\x06\x07\x08", "none of them"),
        ] {
            assert!(said(bytes).contains(part), "{part}: {}", said(bytes));
        }
        assert!(said(&vec![b'a'; super::super::FILE_LIMIT + 1]).contains("larger than 10 MB"));
    }

    #[test]
    fn every_sort_is_found_by_its_name() {
        for media in Media::ALL {
            assert_eq!(Media::from_mime(media.mime()), Some(media));
            assert_eq!(serde_json::to_value(media).unwrap(), media.mime());
        }
        assert_eq!(Media::from_mime("image/svg+xml"), None);
    }
}
