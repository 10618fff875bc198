//! Site changes: "checkout relaunch, 3 Nov 2026". What was known of its areas before one may no longer hold: evidence
//! weighs half, learnings and scores ask for a re-check. Which evidence there is it does not know.

use super::{Catalogue, check_area, check_site};
use crate::errors::FieldErrors;
use crate::text;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A change of a site as everybody reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SiteChange {
    /// `C-3`.
    pub number: String,
    pub title: String,
    /// The day on which it went live.
    pub date: NaiveDate,
    pub site: String,
    /// At least one: a change without areas would touch nothing.
    pub areas: Vec<String>,
    /// An archived one touches nothing.
    pub archived: bool,
    /// The name of who logged it.
    pub author: Option<String>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A site change as far as it is named where it matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedChange {
    /// `C-3`.
    pub number: String,
    pub title: String,
    pub date: NaiveDate,
}

impl NamedChange {
    /// "checkout relaunch, 3 Nov 2026".
    pub fn words(&self) -> String {
        format!("{}, {}", self.title, self.date.format("%-d %b %Y"))
    }
}

impl SiteChange {
    /// Whether what was known of these areas on this day is older than the change. What names no site speaks of every
    /// site; what names no area is untouched.
    pub fn outdates(&self, site: Option<&str>, areas: &[String], known: NaiveDate) -> bool {
        let here = site.is_none_or(|site| site == self.site) && areas.iter().any(|area| self.areas.contains(area));
        !self.archived && known < self.date && here
    }

    pub fn named(&self) -> NamedChange {
        NamedChange { number: self.number.clone(), title: self.title.clone(), date: self.date }
    }
}

/// The change that made this stale: the first after it was known, since others halve nothing more.
pub fn first_change_after<'a>(
    changes: impl IntoIterator<Item = &'a SiteChange>,
    site: Option<&str>,
    areas: &[String],
    known: NaiveDate,
) -> Option<&'a SiteChange> {
    changes.into_iter().filter(|change| change.outdates(site, areas, known)).min_by_key(|change| order(change))
}

/// The change to check this against: the last after it was known.
pub fn last_change_after<'a>(
    changes: impl IntoIterator<Item = &'a SiteChange>,
    site: Option<&str>,
    areas: &[String],
    known: NaiveDate,
) -> Option<&'a SiteChange> {
    changes.into_iter().filter(|change| change.outdates(site, areas, known)).max_by_key(|change| order(change))
}

/// By day, then in the order in which they were logged: `C-9` before `C-12`.
fn order(change: &SiteChange) -> (NaiveDate, usize, &str) {
    (change.date, change.number.len(), change.number.as_str())
}

/// A site change as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SiteChangeDraft {
    pub title: String,
    /// `2026-11-03`.
    pub date: String,
    pub site: String,
    pub areas: Vec<String>,
}

/// A site change once checked: site and areas are the catalogue's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedChange {
    pub title: String,
    pub date: NaiveDate,
    pub site: String,
    pub areas: Vec<String>,
}

impl SiteChangeDraft {
    /// Checks every field; `today` is the day in the site's time zone.
    pub fn check(&self, catalogue: &Catalogue, today: NaiveDate) -> Result<CheckedChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = text::required_line(&mut errors, "title", "The title", &self.title);
        let date = check_date(&mut errors, &self.date, today);
        let site = check_site(&mut errors, "site", catalogue, Some(&self.site));
        errors.require(!self.site.trim().is_empty(), "site", "Say which site was changed.");
        let mut areas: Vec<String> = Vec::new();
        if site.is_some() {
            for raw in &self.areas {
                areas.extend(check_area(&mut errors, "areas", site, catalogue, Some(raw)).filter(|area| !areas.contains(area)));
            }
            let named = !areas.is_empty() || errors.of("areas").is_some();
            errors.require(named, "areas", "Choose at least one area: evidence on it from before that day counts half.");
        }
        let site = self.site.trim().to_owned();
        errors.into_result(CheckedChange { title, date, site, areas })
    }

    /// The draft that would make this change again; a PATCH is merged into it.
    pub fn of(change: &SiteChange) -> Self {
        let SiteChange { title, date, site, areas, .. } = change.clone();
        Self { title, date: date.to_string(), site, areas }
    }
}

fn check_date(errors: &mut FieldErrors, raw: &str, today: NaiveDate) -> NaiveDate {
    let raw = raw.trim();
    let day: Option<NaiveDate> = raw.parse().ok();
    match day {
        None if raw.is_empty() => errors.add("date", "Give the day on which the change went live."),
        None => errors.add("date", format!("“{raw}” is not a date. It should look like 2026-11-20.")),
        Some(day) if day > today => errors.add("date", format!("{day} lies in the future. Log a change once it is live.")),
        Some(day) => errors.require(day.year() >= 1970, "date", "A date lies after 1969."),
    }
    day.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sites::{Area, AreaVisitors, Site, SiteCatalogue};

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn change(number: &str, on: u32, areas: &[&str]) -> SiteChange {
        let areas = areas.iter().map(|area| (*area).to_owned()).collect();
        let (created_at, updated_at) = (DateTime::default(), DateTime::default());
        let (title, site) = ("checkout relaunch".to_owned(), "shop".to_owned());
        SiteChange {
            number: number.into(),
            title,
            date: day(on),
            site,
            areas,
            archived: false,
            author: None,
            version: 1,
            created_at,
            updated_at,
        }
    }

    fn catalogue() -> Catalogue {
        let area = |slug: &str, name: &str| Area { slug: slug.into(), name: name.into(), visitors: AreaVisitors::default() };
        let site = Site {
            slug: "shop".into(),
            name: "Shop".into(),
            currency: "GBP".into(),
            time_zone: "UTC".into(),
            margin: None,
            url: None,
            version: 1,
        };
        let areas = vec![area("checkout", "Checkout"), area("basket", "Basket")];
        Catalogue { sites: vec![SiteCatalogue { site, areas, metrics: vec![] }], ..Catalogue::default() }
    }

    #[test]
    fn only_what_is_older_and_on_its_areas_is_outdated() {
        let relaunch = change("C-1", 3, &["checkout", "basket"]);
        let on = |areas: &[&str]| areas.iter().map(|area| (*area).to_owned()).collect::<Vec<_>>();
        for (site, areas, known, outdated) in [
            (Some("shop"), on(&["checkout"]), 2, true),
            (None, on(&["search", "basket"]), 2, true),
            (Some("shop"), on(&["checkout"]), 3, false),
            (Some("other"), on(&["checkout"]), 2, false),
            (Some("shop"), on(&["search"]), 2, false),
            (Some("shop"), on(&[]), 2, false),
        ] {
            assert_eq!(relaunch.outdates(site, &areas, day(known)), outdated, "{site:?} {areas:?} {known}");
        }
        let archived = SiteChange { archived: true, ..relaunch.clone() };
        assert!(!archived.outdates(Some("shop"), &on(&["checkout"]), day(1)));
        assert_eq!(relaunch.named().words(), "checkout relaunch, 3 Nov 2026");
    }

    #[test]
    fn the_first_halves_and_the_last_is_checked_against() {
        let changes = [change("C-12", 5, &["checkout"]), change("C-9", 5, &["checkout"]), change("C-10", 9, &["checkout"])];
        let areas = ["checkout".to_owned()];
        let named = |found: Option<&SiteChange>| found.map(|change| change.number.clone());
        assert_eq!(named(first_change_after(&changes, None, &areas, day(4))).as_deref(), Some("C-9"));
        assert_eq!(named(first_change_after(&changes, None, &areas, day(6))).as_deref(), Some("C-10"));
        assert_eq!(named(last_change_after(&changes, None, &areas, day(4))).as_deref(), Some("C-10"));
        assert_eq!(first_change_after(&changes, None, &areas, day(9)), None);
    }

    #[test]
    fn every_fault_is_named_beside_its_field() {
        let fields = |draft: SiteChangeDraft| {
            let errors = draft.check(&catalogue(), day(20)).unwrap_err();
            errors.0.into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(SiteChangeDraft::default()), ["title", "date", "site"]);
        let wrong = |date: &str, site: &str, areas: &[&str]| SiteChangeDraft {
            title: "relaunch".into(),
            date: date.into(),
            site: site.into(),
            areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        };
        assert_eq!(fields(wrong("2026-11-21", "shop", &["checkout"])), ["date"]);
        assert_eq!(fields(wrong("3 Nov", "attic", &["checkout"])), ["date", "site"]);
        assert_eq!(fields(wrong("2026-11-20", "shop", &[])), ["areas"]);
        assert_eq!(fields(wrong("2026-11-20", "shop", &["attic"])), ["areas"]);
        let checked = wrong("2026-11-20", "shop", &["Checkout", "checkout", "basket"]).check(&catalogue(), day(20)).unwrap();
        assert_eq!((checked.date, checked.areas), (day(20), vec!["checkout".to_owned(), "basket".to_owned()]));
    }
}
