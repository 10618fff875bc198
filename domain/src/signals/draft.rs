//! A row as it arrives from a form, a file or REST, and what must hold before it is kept.

use super::{Behaviour, Behaviours, SECONDS, Signal, days, on_device};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, Device, check_area, check_site};
use crate::text;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// The longest period of a row, in days.
pub const PERIOD_LIMIT: i64 = 366;
/// The most visits of a row.
const VISITS_LIMIT: i64 = 100_000_000_000;

/// A row as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SignalDraft {
    /// The page's name; without it its path.
    pub page: String,
    /// `/trade-prices`, or the whole address.
    pub path: String,
    pub site: String,
    pub area: Option<String>,
    /// `desktop`, `mobile` or `tablet`; null for all devices together.
    pub device: Option<String>,
    /// `2026-10-23`.
    pub from: String,
    /// `2026-11-19`.
    pub to: String,
    pub visits: Option<i64>,
    /// Visits that ended on this page.
    pub exits: Option<i64>,
    /// Of the exits, those with a hesitation in their last 30 seconds.
    pub hesitation: Option<i64>,
    /// Of the exits, those with a scroll loop in their last 30 seconds.
    pub scroll_loop: Option<i64>,
    /// Of the exits, those with a sign of leaving in their last 30 seconds.
    pub exit_intent: Option<i64>,
}

/// A row that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalContent {
    pub page: String,
    pub path: String,
    pub site: String,
    pub area: Option<String>,
    pub device: Option<Device>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub visits: i64,
    pub exits: i64,
    pub behaviours: Behaviours,
}

impl SignalDraft {
    /// Checks every field against the catalogue; `today` is the day in the site's time zone.
    pub fn check(&self, catalogue: &Catalogue, today: NaiveDate) -> Result<SignalContent, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let path = check_path(errors, &self.path);
        let name = if text::one_line(&self.page).is_empty() { &path } else { &self.page };
        let mut named = FieldErrors::default();
        let page = text::required_line(&mut named, "page", "The page’s name", name);
        if !text::one_line(&self.page).is_empty() {
            errors.0.append(&mut named.0);
        }
        errors.require(!self.site.trim().is_empty(), "site", "Choose the site that the page belongs to.");
        let site = check_site(errors, "site", catalogue, Some(&self.site));
        let area = check_area(errors, "area", site, catalogue, self.area.as_deref());
        let device = check_device(errors, self.device.as_deref());
        let from = check_day(errors, "from", "first", &self.from, today);
        let to = check_day(errors, "to", "last", &self.to, today);
        if let Some((from, to)) = from.zip(to) {
            errors.require(from <= to, "to", "The last day lies before the first.");
            errors.require(days(from, to) <= PERIOD_LIMIT, "to", "A period has 366 days at most.");
        }
        let visits = check_count(errors, "visits", "The visits are", self.visits);
        let exits = check_count(errors, "exits", "The exits are", self.exits);
        errors.require(self.visits.is_none_or(|visits| visits != 0), "visits", "A page without a visit has nothing to say.");
        self.check_parts(errors);
        let site = site.map(|one| one.site.slug.clone()).unwrap_or_default();
        let behaviours = Behaviours([self.hesitation, self.scroll_loop, self.exit_intent]);
        let (from, to) = (from.unwrap_or(today), to.unwrap_or(today));
        std::mem::take(errors).into_result(SignalContent { page, path, site, area, device, from, to, visits, exits, behaviours })
    }

    /// A part is not larger than the whole.
    fn check_parts(&self, errors: &mut FieldErrors) {
        let grouped = |count: i64| crate::experiments::words::grouped(count.unsigned_abs());
        if let Some((exits, visits)) = self.exits.zip(self.visits) {
            let message = format!("{} exits are more than {} visits.", grouped(exits), grouped(visits));
            errors.require(exits <= visits, "exits", message);
        }
        for (behaviour, count) in Behaviours([self.hesitation, self.scroll_loop, self.exit_intent]).each() {
            let Some(count) = count else { continue };
            let field = behaviour.slug();
            errors.require(count >= 0, field, "A count is a whole number from 0.");
            let Some(exits) = self.exits else { continue };
            let message = format!(
                "{} is more than the {} exits. Count only the visits that ended on this page with it in their last {SECONDS} seconds.",
                grouped(count),
                grouped(exits)
            );
            errors.require(count <= exits.max(0), field, message);
        }
    }

    /// The draft that would make this row again; a PATCH is merged into it.
    pub fn of(signal: &Signal) -> Self {
        Self::saying(&SignalContent {
            page: signal.page.clone(),
            path: signal.path.clone(),
            site: signal.site.clone(),
            area: signal.area.clone(),
            device: signal.device,
            from: signal.from,
            to: signal.to,
            visits: signal.visits,
            exits: signal.exits,
            behaviours: signal.behaviours(),
        })
    }

    /// The draft that says this.
    pub fn saying(content: &SignalContent) -> Self {
        let [hesitation, scroll_loop, exit_intent] = content.behaviours.0;
        Self {
            page: content.page.clone(),
            path: content.path.clone(),
            site: content.site.clone(),
            area: content.area.clone(),
            device: content.device.map(|device| device.slug().to_owned()),
            from: content.from.to_string(),
            to: content.to.to_string(),
            visits: Some(content.visits),
            exits: Some(content.exits),
            hesitation,
            scroll_loop,
            exit_intent,
        }
    }

    /// The count of a behaviour, to be set.
    pub fn count_of(&mut self, behaviour: Behaviour) -> &mut Option<i64> {
        match behaviour {
            Behaviour::Hesitation => &mut self.hesitation,
            Behaviour::ScrollLoop => &mut self.scroll_loop,
            Behaviour::ExitIntent => &mut self.exit_intent,
        }
    }
}

impl SignalContent {
    /// What tells the page apart: two rows of it may not cover the same day.
    pub fn key(&self) -> (&str, &str, Option<Device>) {
        (&self.site, &self.path, self.device)
    }
}

/// What is said where a page has a row of some of these days already.
pub fn overlap(content: &SignalContent, from: NaiveDate, to: NaiveDate) -> String {
    let on = on_device(content.device);
    format!("{} has a row {on} from {from} to {to}, which covers some of the same days. Change that row, or give other days.", content.path)
}

/// The path of an address: what tools export with the host is cut to it.
fn check_path(errors: &mut FieldErrors, raw: &str) -> String {
    let line = text::one_line(raw);
    let path = match line.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => {
            rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/").to_owned()
        }
        _ => line,
    };
    let path = path.split('#').next().unwrap_or_default().to_owned();
    if path.is_empty() {
        errors.add("path", "The page’s path is missing. It should look like /pricing.");
    } else {
        errors.require(path.starts_with('/'), "path", format!("“{path}” is not a path. It begins with a slash, like /pricing."));
    }
    let length = path.chars().count();
    errors.require(length <= text::LINE_LIMIT, "path", format!("The path has {length} characters; {} is the most.", text::LINE_LIMIT));
    path
}

fn check_device(errors: &mut FieldErrors, raw: Option<&str>) -> Option<Device> {
    let slug = raw.map(|raw| raw.trim().to_lowercase()).filter(|slug| !slug.is_empty())?;
    let device = Device::from_slug(&slug);
    let message =
        format!("“{}” is not a device. Use desktop, mobile or tablet, or nothing for all devices together.", text::one_line(&slug));
    errors.require(device.is_some(), "device", message);
    device
}

fn check_day(errors: &mut FieldErrors, field: &str, which: &str, raw: &str, today: NaiveDate) -> Option<NaiveDate> {
    let raw = text::one_line(raw);
    if raw.is_empty() {
        errors.add(field, format!("The {which} day of the period is missing. It should look like 2026-11-20."));
        return None;
    }
    let day: Option<NaiveDate> = raw.parse().ok();
    match day {
        None => errors.add(field, format!("“{raw}” is not a date. It should look like 2026-11-20.")),
        Some(day) if day > today => errors.add(field, format!("{day} lies in the future. A period ends on {today} at the latest.")),
        Some(day) => errors.require(day.year() >= 1970, field, "A date lies after 1969."),
    }
    day
}

fn check_count(errors: &mut FieldErrors, field: &str, what: &str, count: Option<i64>) -> i64 {
    match count {
        None => errors.add(field, format!("{what} missing.")),
        Some(count) => errors.require((0..=VISITS_LIMIT).contains(&count), field, format!("{what} a whole number from 0.")),
    }
    count.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::reading::tests::{catalogue, draft};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    #[test]
    fn every_fault_is_named_beside_its_field() {
        let wrong: SignalDraft = serde_json::from_str(
            r#"{"page":"","path":"pricing","site":"nowhere","area":"attic","device":"watch","from":"2026-11-21","to":"20.11.2026",
                "visits":-1,"exits":5,"hesitation":6,"scroll_loop":-1,"exit_intent":null}"#,
        )
        .unwrap();
        let errors = wrong.check(&catalogue(), today()).unwrap_err();
        let mut fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        fields.dedup();
        assert_eq!(fields, ["path", "site", "area", "device", "from", "to", "visits", "exits", "hesitation", "scroll_loop"]);
    }

    #[test]
    fn a_part_is_not_larger_than_the_whole() {
        for (change, field) in [
            ((|draft| draft.exits = Some(10_001)) as fn(&mut SignalDraft), "exits"),
            (|draft| draft.hesitation = Some(4801), "hesitation"),
            (|draft| draft.visits = Some(0), "visits"),
            (|draft| draft.visits = None, "visits"),
            (|draft| draft.to = "2026-10-22".into(), "to"),
            (|draft| draft.from = "2024-10-22".into(), "to"),
            (|draft| draft.from = "0206-10-22".into(), "from"),
        ] {
            let mut wrong = draft();
            change(&mut wrong);
            assert!(wrong.check(&catalogue(), today()).unwrap_err().of(field).is_some(), "{field}");
        }
        assert!(draft().check(&catalogue(), today()).is_ok());
    }

    #[test]
    fn the_last_day_may_be_today_at_the_site() {
        let row = SignalDraft { from: "2026-11-20".into(), to: "2026-11-20".into(), ..draft() };
        assert!(row.check(&catalogue(), today()).is_ok());
        assert!(row.check(&catalogue(), today().pred_opt().unwrap()).unwrap_err().of("to").is_some());
    }

    #[test]
    fn an_address_is_cut_to_its_path_and_names_the_page() {
        for (raw, path) in [
            ("https://shop.example/prices?x=1#top", "/prices?x=1"),
            ("HTTP://shop.example", "/"),
            (" /p/… (out of stock) ", "/p/… (out of stock)"),
        ] {
            let row = SignalDraft { path: raw.into(), page: String::new(), ..draft() };
            let content = row.check(&catalogue(), today()).unwrap();
            assert_eq!((content.path.as_str(), content.page.as_str()), (path, path));
        }
        let nameless = SignalDraft { path: " ".into(), page: " ".into(), ..draft() };
        assert_eq!(nameless.check(&catalogue(), today()).unwrap_err().0.len(), 1, "one missing page is one finding");
    }

    #[test]
    fn an_unknown_field_is_refused_by_name() {
        let error = serde_json::from_str::<SignalDraft>(r#"{"path":"/a","colour":"red"}"#).unwrap_err();
        assert!(error.to_string().contains("colour"));
    }
}
