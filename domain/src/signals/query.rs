//! How the inventory is asked for: filters, order, page. The same names in the address of a page and in REST.

use crate::errors::FieldErrors;
use crate::page::{MAX_LIMIT, Sort, SortBy};
use crate::sites::Device;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SortKey {
    ExitsPerWeek,
    ExitRate,
}

impl SortBy for SortKey {
    const ALL: &'static [SortKey] = &[SortKey::ExitsPerWeek, SortKey::ExitRate];
    const USUAL: SortKey = SortKey::ExitsPerWeek;

    fn slug(self) -> &'static str {
        match self {
            SortKey::ExitsPerWeek => "exits_per_week",
            SortKey::ExitRate => "exit_rate",
        }
    }
}

/// Which rows of a page are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// The newest row of each page on each device.
    #[default]
    Latest,
    /// Every row.
    All,
    /// The rows whose period ends on this day.
    Ending(NaiveDate),
}

impl Period {
    pub fn parse(raw: &str) -> Option<Period> {
        match raw {
            "latest" => Some(Period::Latest),
            "all" => Some(Period::All),
            day => day.parse().ok().map(Period::Ending),
        }
    }

    pub fn slug(self) -> String {
        match self {
            Period::Latest => "latest".to_owned(),
            Period::All => "all".to_owned(),
            Period::Ending(day) => day.to_string(),
        }
    }
}

/// The device of a row: one, or all together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices(pub Option<Device>);

impl Devices {
    pub const ALL: [Devices; 4] =
        [Devices(Some(Device::Desktop)), Devices(Some(Device::Mobile)), Devices(Some(Device::Tablet)), Devices(None)];

    pub fn slug(self) -> &'static str {
        self.0.map_or("all", Device::slug)
    }

    pub fn name(self) -> &'static str {
        self.0.map_or("All devices together", Device::name)
    }

    pub fn from_slug(slug: &str) -> Option<Devices> {
        Devices::ALL.into_iter().find(|devices| devices.slug() == slug)
    }

    /// As it is stored: the device's bit, 0 for all together.
    pub fn bit(self) -> i64 {
        self.0.map_or(0, |device| i64::from(device.bit()))
    }
}

/// Filters, order and page. Values of one field are alternatives; fields narrow each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignalQuery {
    pub site: Vec<String>,
    pub device: Vec<Devices>,
    pub period: Period,
    pub sort: Sort<SortKey>,
    pub cursor: Option<String>,
    pub limit: Option<u64>,
}

impl SignalQuery {
    /// Reads the pairs of a query string. Unknown names are findings, so that a misspelt filter is never ignored.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, FieldErrors> {
        let mut query = Self::default();
        let mut errors = FieldErrors::default();
        for (name, value) in pairs {
            query.read(&mut errors, name, &text::one_line(value));
        }
        errors.into_result(query)
    }

    fn read(&mut self, errors: &mut FieldErrors, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let mut wrong = |message: &str| errors.add(name, format!("“{value}” {message}"));
        match name {
            "site" => self.site.push(value.to_owned()),
            "device" => match Devices::from_slug(value) {
                Some(device) => self.device.push(device),
                None => wrong("is not a device. Use desktop, mobile, tablet, or all for rows of all devices together."),
            },
            "period" => match Period::parse(value) {
                Some(period) => self.period = period,
                None => wrong("is not understood. Use latest, all, or the last day of a period such as 2026-11-20."),
            },
            "sort" => match Sort::parse(value) {
                Some(sort) => self.sort = sort,
                None => wrong("is not an order. Use exits_per_week or exit_rate, with - in front for the largest first."),
            },
            "limit" => match value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
                Some(limit) => self.limit = Some(limit),
                None => wrong("is not a page length from 1 to 200."),
            },
            "cursor" => self.cursor = Some(value.to_owned()),
            _ => wrong(&format!("cannot be filtered by: there is no filter “{name}”.")),
        }
    }

    /// The pairs that lead back to this query, without cursor and page length.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = self.site.iter().map(|site| ("site", site.clone())).collect();
        pairs.extend(self.device.iter().map(|device| ("device", device.slug().to_owned())));
        if self.period != Period::default() {
            pairs.push(("period", self.period.slug()));
        }
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.slug()));
        }
        pairs
    }

    /// Whether the list is that of the newest rows, whose number is counted on the way.
    pub fn is_whole(&self) -> bool {
        self.site.is_empty() && self.device.is_empty() && self.period == Period::Latest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_survives_its_own_address() {
        let pairs = [("site", "shop"), ("device", "mobile"), ("device", "all"), ("period", "2026-11-19"), ("sort", "exit_rate")];
        let query = SignalQuery::from_pairs(pairs).unwrap();
        let again = query.pairs();
        assert_eq!(SignalQuery::from_pairs(again.iter().map(|(name, value)| (*name, value.as_str()))).unwrap(), query);
        assert!(!query.is_whole() && SignalQuery::default().is_whole());
    }

    #[test]
    fn a_misspelt_filter_is_refused_by_name() {
        for (name, value) in [("sites", "shop"), ("device", "watch"), ("period", "november"), ("sort", "worth"), ("limit", "0")] {
            assert!(SignalQuery::from_pairs([(name, value)]).unwrap_err().of(name).is_some(), "{name}={value}");
        }
    }
}
