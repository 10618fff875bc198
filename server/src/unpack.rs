//! Files that arrive compressed with gzip, on the page or by command line.

use domain::errors::FieldErrors;
use domain::transfer::decode::FILE_LIMIT;
use flate2::read::MultiGzDecoder;
use std::io::Read;

/// What every gzip file begins with.
const MARK: [u8; 2] = [0x1f, 0x8b];

/// The bytes of a file, taken out of gzip where it is one; at most what a file may have.
///
/// # Errors
/// A sentence beside `file` where the compression is damaged, or holds more than a file may.
pub fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, FieldErrors> {
    if !bytes.starts_with(&MARK) {
        return Ok(bytes);
    }
    let limit = u64::try_from(FILE_LIMIT).unwrap_or(u64::MAX);
    let mut plain = Vec::new();
    let read = MultiGzDecoder::new(bytes.as_slice()).take(limit + 1).read_to_end(&mut plain);
    if read.is_err() {
        return Err(FieldErrors::one("file", "This gzip file is damaged: it cannot be unpacked. Nothing was written."));
    }
    if plain.len() > FILE_LIMIT {
        return Err(FieldErrors::one("file", "Unpacked, this file has more than 20 MB, which is the most. Split it. Nothing was written."));
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn gzip_is_unpacked_and_anything_else_left_as_it_is() {
        assert_eq!(unpacked(packed(b"a,b\n1,2\n")).unwrap(), b"a,b\n1,2\n");
        assert_eq!(unpacked(b"a,b\n".to_vec()).unwrap(), b"a,b\n");
    }

    #[test]
    fn what_is_damaged_or_grows_too_large_is_refused() {
        let mut damaged = packed(&[b'x'; 10_000]);
        damaged.truncate(20);
        assert!(unpacked(damaged).unwrap_err().to_string().contains("damaged"));
        let large = packed(&vec![b'a'; FILE_LIMIT + 1]);
        assert!(large.len() < 200_000);
        assert!(unpacked(large).unwrap_err().to_string().contains("more than 20 MB"));
    }
}
