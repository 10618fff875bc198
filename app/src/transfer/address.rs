//! The mapping in the address of a preview: `c0=title&c1=area&header=3&days=day`. The address holds the whole view,
//! so a change of the mapping is a link like any other.

use domain::transfer::{Field, Format, Mapping};

/// What the address says of the columns. Columns that were chosen under another header line mean nothing any more.
#[cfg_attr(target_family = "wasm", expect(dead_code, reason = "addresses are read on the server"))]
pub fn mapping_of(pairs: &[(String, String)]) -> Mapping {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let header_line = value("header").and_then(|line| line.parse().ok());
    let moved = value("was").and_then(|line| line.parse().ok()) != header_line;
    let choice = |(name, slug): &(String, String)| {
        let column = name.strip_prefix('c')?.parse().ok()?;
        Some((column, Field::from_slug(slug)?))
    };
    let columns = if moved { Default::default() } else { pairs.iter().filter_map(choice).collect() };
    let day_first = match value("days") {
        Some("day") => Some(true),
        Some("month") => Some(false),
        _ => None,
    };
    Mapping { columns, header_line, day_first, ..Mapping::default() }
}

/// What the address says a row is.
#[cfg_attr(target_family = "wasm", expect(dead_code, reason = "addresses are read on the server"))]
pub fn format_of(pairs: &[(String, String)]) -> Option<Format> {
    pairs.iter().find(|(name, _)| name == "as").and_then(|(_, slug)| Format::from_slug(slug.trim()))
}

/// Whether the address says anything of the mapping; else all of it is guessed.
#[cfg_attr(target_family = "wasm", expect(dead_code, reason = "addresses are read on the server"))]
pub fn has_mapping(pairs: &[(String, String)]) -> bool {
    let of_mapping =
        |name: &str| matches!(name, "header" | "was" | "days") || name.strip_prefix('c').is_some_and(|at| at.parse::<usize>().is_ok());
    pairs.iter().any(|(name, value)| of_mapping(name) && !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Mapping {
        let pairs: Vec<_> = address.split('&').filter_map(|pair| pair.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect();
        mapping_of(&pairs)
    }

    #[test]
    fn choices_stand_until_the_header_moves() {
        let mapping = read("upload=x&c0=title&c3=effort&c4=nonsense&cx=area&header=2&was=2&days=month");
        assert_eq!(mapping.columns.into_iter().collect::<Vec<_>>(), [(0, Field::Title), (3, Field::Effort)]);
        assert_eq!((mapping.header_line, mapping.day_first), (Some(2), Some(false)));
        let moved = read("c0=title&header=3&was=2");
        assert_eq!((moved.columns.len(), moved.header_line), (0, Some(3)));
        assert_eq!(read("c0=title").columns.len(), 1);
    }

    #[test]
    fn rows_are_what_the_address_says() {
        let format = |address: &str| {
            let pairs: Vec<_> = address.split('&').filter_map(|pair| pair.split_once('=')).map(|(a, b)| (a.into(), b.into())).collect();
            format_of(&pairs)
        };
        assert_eq!(format("upload=x"), None);
        assert_eq!(format("upload=x&as=evidence&c0=kind"), Some(Format::Evidence));
        assert_eq!(format("upload=x&as=nonsense"), None);
    }

    #[test]
    fn only_what_maps_columns_is_a_mapping() {
        let has = |name: &str| has_mapping(&[("upload".into(), "x".into()), (name.into(), "1".into())]);
        assert!(["c0", "c12", "header", "was", "days"].into_iter().all(has));
        assert!(!["site", "metric", "refused", "c", "code"].into_iter().any(has));
    }
}
