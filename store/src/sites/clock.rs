//! Which day it is at a site.

use chrono::{DateTime, NaiveDate, Utc};
use domain::sites::Catalogue;

/// The day at this site; where it names none, the latest day of all sites, since any of them may be meant.
pub fn today_at(catalogue: &Catalogue, site: Option<&str>, now: DateTime<Utc>) -> NaiveDate {
    let day = |zone: &str| zone.parse::<chrono_tz::Tz>().map_or(now.date_naive(), |zone| now.with_timezone(&zone).date_naive());
    let named = site.and_then(|slug| catalogue.site(slug.trim()));
    let latest = || catalogue.sites.iter().map(|one| day(&one.site.time_zone)).max().unwrap_or(now.date_naive());
    named.map_or_else(latest, |one| day(&one.site.time_zone))
}
