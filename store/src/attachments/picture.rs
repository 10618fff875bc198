//! Images: whether they can be drawn at all, how large they are, and a small copy of them. The original is never
//! written anew; the small copy holds pixels alone, without place, camera or colour profile.

use domain::attachments::{FIELD, Media, check_pixels, fitted};
use domain::errors::FieldErrors;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// The most memory that an image may take while it is read: the most pixels at eight bytes each, and as much again.
const MOST_MEMORY: u64 = 640 * 1024 * 1024;
/// The quality of thumbnails, of 100.
const QUALITY: u8 = 82;

/// An image that can be drawn.
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
    /// A JPEG.
    pub thumbnail: Vec<u8>,
}

/// Reads an image whole, once its header has said that it is not too large; none for what is no image.
pub(super) fn picture(bytes: &[u8], media: Media) -> Result<Option<Picture>, FieldErrors> {
    let format = match media {
        Media::Png => ImageFormat::Png,
        Media::Jpeg => ImageFormat::Jpeg,
        Media::WebP => ImageFormat::WebP,
        Media::Pdf | Media::Csv => return Ok(None),
    };
    let damaged = |error: &ImageError| refusal(error, media);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    check_pixels(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let whole = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
    let (small_width, small_height) = fitted(width, height);
    let mut small = if (small_width, small_height) == (width, height) { whole } else { whole.thumbnail_exact(small_width, small_height) };
    small.apply_orientation(orientation);
    let turned =
        matches!(orientation, Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH);
    let (width, height) = if turned { (height, width) } else { (width, height) };
    let mut thumbnail = Vec::new();
    JpegEncoder::new_with_quality(&mut thumbnail, QUALITY).encode_image(&on_paper(&small)).map_err(|error| damaged(&error))?;
    Ok(Some(Picture { width, height, thumbnail }))
}

/// The image on white, since a JPEG cannot be seen through.
fn on_paper(image: &DynamicImage) -> RgbImage {
    let seen = image.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, opaque] = seen.get_pixel(x, y).0.map(u32::from);
        let over = |colour: u32| u8::try_from((colour * opaque + 255 * (255 - opaque)) / 255).unwrap_or(u8::MAX);
        Rgb([over(red), over(green), over(blue)])
    })
}

fn refusal(error: &ImageError, media: Media) -> FieldErrors {
    let name = media.name();
    FieldErrors::one(
        FIELD,
        match error {
            ImageError::Limits(_) => format!("This {name} image takes too much memory to read. Make it smaller."),
            _ => format!("This {name} image is damaged or cut short: it cannot be drawn. Save it again."),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    fn drawn(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        let image = DynamicImage::ImageRgba8(RgbaImage::new(width, height));
        let image = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(image.to_rgb8()) } else { image };
        image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    /// A PNG whose header promises so many pixels, by a chunk with a true checksum.
    fn promising(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        let mut chunk = b"IHDR".to_vec();
        chunk.extend([width.to_be_bytes(), height.to_be_bytes()].concat());
        chunk.extend([8, 2, 0, 0, 0]);
        let mut check = u32::MAX;
        for byte in &chunk {
            check ^= u32::from(*byte);
            (0..8).for_each(|_| check = if check & 1 == 1 { (check >> 1) ^ 0xedb8_8320 } else { check >> 1 });
        }
        bytes.extend(&chunk);
        bytes.extend((!check).to_be_bytes());
        bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        bytes
    }

    #[test]
    fn each_sort_gets_a_small_copy() {
        for (format, media) in [(ImageFormat::Png, Media::Png), (ImageFormat::Jpeg, Media::Jpeg), (ImageFormat::WebP, Media::WebP)] {
            let made = picture(&drawn(960, 100, format), media).unwrap().unwrap();
            assert_eq!((made.width, made.height), (960, 100));
            let small = image::load_from_memory_with_format(&made.thumbnail, ImageFormat::Jpeg).unwrap();
            assert_eq!((small.width(), small.height()), (480, 50));
            if format != ImageFormat::Jpeg {
                assert!(small.to_rgb8().get_pixel(9, 9).0.iter().all(|part| *part > 250), "see-through is white");
            }
        }
        assert!(picture(b"a,b", Media::Csv).unwrap().is_none());
    }

    #[test]
    fn what_promises_too_much_or_is_damaged_is_refused() {
        let refused = |bytes: &[u8], media: Media| picture(bytes, media).err().unwrap().to_string();
        assert!(refused(&promising(60_000, 60_000), Media::Png).contains("60000 × 60000 pixels"));
        assert!(refused(&promising(30, 30), Media::Png).contains("damaged"));
        let whole = drawn(200, 200, ImageFormat::Png);
        assert!(refused(&whole[..whole.len() / 2], Media::Png).contains("damaged"));
        assert!(refused(b"\xff\xd8\xff\xe0nothing", Media::Jpeg).contains("damaged"));
    }
}
