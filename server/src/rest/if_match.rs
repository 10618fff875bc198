//! `If-Match`: which version a change was made from.

use super::problem::{Kind, Problem};
use crate::site::Site;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use store::StoreError;

/// The versions that the sender has seen. A request without the header is refused with 428.
#[derive(Debug, PartialEq, Eq)]
pub struct IfMatch(Vec<Seen>);

#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// `*`: whichever there is.
    Any,
    Version(i64),
}

impl FromRequestParts<Site> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> Result<Self, Problem> {
        let lines: Vec<&str> = parts.headers.get_all(header::IF_MATCH).iter().filter_map(|value| value.to_str().ok()).collect();
        if lines.is_empty() { Err(Problem::of(Kind::VersionMissing)) } else { Ok(Self::read(&lines.join(","))) }
    }
}

impl IfMatch {
    /// What is no version of ours matches nothing; a weak tag does not count.
    fn read(raw: &str) -> Self {
        let seen = |tag: &str| match tag.trim() {
            "*" => Some(Seen::Any),
            tag => tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok().map(Seen::Version),
        };
        Self(raw.split(',').filter_map(seen).collect())
    }

    /// The present version, if the sender has seen it.
    pub fn check(&self, present: i64) -> Result<i64, Problem> {
        let seen = self.0.iter().any(|seen| matches!(seen, Seen::Any) || *seen == Seen::Version(present));
        if seen { Ok(present) } else { Err(StoreError::Stale { current: present }.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_strong_tag_of_the_present_version_matches() {
        for (raw, matches) in
            [("\"3\"", true), ("\"2\", \"3\"", true), ("*", true), ("\"2\"", false), ("W/\"3\"", false), ("3", false), ("", false)]
        {
            assert_eq!(IfMatch::read(raw).check(3).is_ok(), matches, "{raw}");
        }
    }
}
