//! Pictures, and what only looks like one.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A PNG of one colour.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let image = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 90, 90])));
    image.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

/// A small PNG whose header promises 60,000 × 60,000 pixels, with a true checksum.
pub fn promising() -> Vec<u8> {
    let mut bytes = png(8, 8);
    bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let check = bytes[12..29].iter().fold(u32::MAX, |check, byte| {
        (0..8).fold(check ^ u32::from(*byte), |check, _| if check & 1 == 1 { (check >> 1) ^ 0xedb8_8320 } else { check >> 1 })
    });
    bytes[29..33].copy_from_slice(&(!check).to_be_bytes());
    bytes
}
