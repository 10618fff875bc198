//! One page of a list: the items, where the next page begins, and how many there are.

use serde::{Deserialize, Serialize};

/// Totals are counted exactly up to this many; beyond it the page says "at least".
pub const COUNT_CAP: u64 = 10_000;
/// Rows are counted up to this many for a view among others, since a page names several.
pub const TAB_CAP: u64 = 1_000;
/// The page length when none is asked for.
pub const DEFAULT_LIMIT: u64 = 50;
/// The longest page.
pub const MAX_LIMIT: u64 = 200;

/// What a list can be ordered by, with the names that addresses and REST use.
pub trait SortBy: Copy + PartialEq + 'static {
    const ALL: &'static [Self];
    /// The order of a list without a wish, its largest first.
    const USUAL: Self;

    fn slug(self) -> &'static str;
}

/// An order: a key, and whether its largest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort<K> {
    pub key: K,
    pub descending: bool,
}

impl<K: SortBy> Default for Sort<K> {
    fn default() -> Self {
        Self { key: K::USUAL, descending: true }
    }
}

impl<K: SortBy> Sort<K> {
    /// `-score` is descending, `score` ascending.
    pub fn parse(raw: &str) -> Option<Self> {
        let (descending, slug) = raw.strip_prefix('-').map_or((false, raw), |rest| (true, rest));
        K::ALL.iter().find(|key| key.slug() == slug).map(|key| Sort { key: *key, descending })
    }

    pub fn slug(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.key.slug())
    }
}

/// A page of a list, as REST answers it and as pages draw it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Opaque: give it back as `cursor` to get the following items. None on the last page.
    pub next: Option<String>,
    /// How many items the whole list has.
    pub total: u64,
    /// True when the list is longer than [`COUNT_CAP`] and `total` is that cap.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub total_is_minimum: bool,
}

impl<T> Page<T> {
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        let Page { items, next, total, total_is_minimum } = self;
        Page { items: items.into_iter().map(f).collect(), next, total, total_is_minimum }
    }
}
