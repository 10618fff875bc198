//! A piece of evidence as it arrives from a form, a file or REST, and what must hold before it is kept.

use super::{Evidence, Kind, Source, Worth};
use crate::errors::FieldErrors;
use crate::sites::{Catalogue, Device, SiteCatalogue, check_area, check_devices, check_site, known_audience};
use crate::text;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A source as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SourceDraft {
    pub name: Option<String>,
    pub url: Option<String>,
}

/// A piece of evidence as it arrives: title and kind are enough.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceDraft {
    pub title: String,
    pub kind: String,
    /// Markdown.
    pub finding: Option<String>,
    pub source: Option<SourceDraft>,
    /// `2026-11-20`.
    pub observed_from: Option<String>,
    /// `2026-11-20`.
    pub observed_to: Option<String>,
    pub sample_size: Option<i64>,
    pub site: Option<String>,
    pub areas: Vec<String>,
    pub devices: Vec<String>,
    pub audiences: Vec<String>,
    pub tags: Vec<String>,
    /// `valid` or `invalid`, of an own test alone.
    pub worth: Option<String>,
}

/// What a piece of evidence says once checked: every slug is one of the catalogue's.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    pub title: String,
    pub kind: Kind,
    pub finding: Option<String>,
    pub source: Option<Source>,
    pub observed_from: Option<NaiveDate>,
    pub observed_to: Option<NaiveDate>,
    pub sample_size: Option<i64>,
    pub site: Option<String>,
    pub areas: Vec<String>,
    pub devices: Vec<Device>,
    pub audiences: Vec<String>,
    pub tags: Vec<String>,
    pub worth: Option<Worth>,
}

impl EvidenceDraft {
    /// A finding with nothing but its title and kind.
    pub fn titled(title: impl Into<String>, kind: Kind) -> Self {
        Self { title: title.into(), kind: kind.slug().to_owned(), ..Self::default() }
    }

    /// Checks every field against the catalogue; `today` is the day in the site's time zone.
    pub fn check(&self, catalogue: &Catalogue, today: NaiveDate) -> Result<Content, FieldErrors> {
        let errors = &mut FieldErrors::default();
        let title = text::required_line(errors, "title", "The title", &self.title);
        let kind = check_kind(errors, &self.kind);
        let finding = text::optional_text(errors, "finding", "The finding", self.finding.as_deref());
        let source = self.source.as_ref().and_then(|source| source.check(errors));
        let observed_from = check_day(errors, "observed_from", self.observed_from.as_deref(), today);
        let observed_to = check_day(errors, "observed_to", self.observed_to.as_deref(), today);
        let ordered = observed_from.zip(observed_to).is_none_or(|(from, to)| from <= to);
        errors.require(ordered, "observed_to", "The last day observed lies before the first.");
        let counted = self.sample_size.is_none_or(|size| (1..=1_000_000_000_000).contains(&size));
        errors.require(counted, "sample_size", "A sample size is a whole number from 1.");
        let site = check_site(errors, "site", catalogue, self.site.as_deref());
        let areas = check_areas(errors, site, catalogue, &self.areas);
        let devices = check_devices(errors, "devices", &self.devices);
        let audiences = check_audiences(errors, catalogue, &self.audiences);
        let tags = text::tags(errors, "tags", &self.tags);
        let worth = check_worth(errors, self.worth.as_deref(), kind);
        let site = site.map(|one| one.site.slug.clone());
        let sample_size = self.sample_size;
        let kind = kind.unwrap_or(Kind::StakeholderInput);
        std::mem::take(errors).into_result(Content {
            title,
            kind,
            finding,
            source,
            observed_from,
            observed_to,
            sample_size,
            site,
            areas,
            devices,
            audiences,
            tags,
            worth,
        })
    }

    /// The draft that would make this evidence again; a PATCH is merged into it.
    pub fn of(evidence: &Evidence) -> Self {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let source = evidence.source.as_ref().map(|source| SourceDraft { name: source.name.clone(), url: source.url.clone() });
        Self {
            title: evidence.title.clone(),
            kind: evidence.kind.slug().to_owned(),
            finding: evidence.finding.clone(),
            source,
            observed_from: day(evidence.observed_from),
            observed_to: day(evidence.observed_to),
            sample_size: evidence.sample_size,
            site: evidence.site.clone(),
            areas: evidence.areas.clone(),
            devices: evidence.devices.iter().map(|device| device.slug().to_owned()).collect(),
            audiences: evidence.audiences.clone(),
            tags: evidence.tags.clone(),
            worth: evidence.worth.map(|worth| worth.slug().to_owned()),
        }
    }
}

impl Content {
    /// The day that its age counts from: the last observed, else the first, else the day it was logged.
    pub fn observed(&self, logged: NaiveDate) -> NaiveDate {
        observed(self.observed_from, self.observed_to, logged)
    }
}

/// The same of days alone.
pub fn observed(from: Option<NaiveDate>, to: Option<NaiveDate>, logged: NaiveDate) -> NaiveDate {
    to.or(from).unwrap_or(logged)
}

impl SourceDraft {
    fn check(&self, errors: &mut FieldErrors) -> Option<Source> {
        let name = text::optional_line(errors, "source.name", "The source", self.name.as_deref());
        let url = text::optional_url(errors, "source.url", self.url.as_deref());
        (name.is_some() || url.is_some()).then_some(Source { name, url })
    }
}

fn check_kind(errors: &mut FieldErrors, raw: &str) -> Option<Kind> {
    let kind = Kind::from_words(raw);
    if raw.trim().is_empty() {
        errors.add("kind", "Choose what kind of evidence it is.");
    } else if kind.is_none() {
        let slugs: Vec<&str> = Kind::ALL.into_iter().map(Kind::slug).collect();
        errors.add("kind", format!("“{}” is not a kind of evidence. Use one of {}.", text::one_line(raw), slugs.join(", ")));
    }
    kind
}

fn check_day(errors: &mut FieldErrors, field: &str, raw: Option<&str>, today: NaiveDate) -> Option<NaiveDate> {
    let raw = raw.map(str::trim).filter(|raw| !raw.is_empty())?;
    let day: Option<NaiveDate> = raw.parse().ok();
    match day {
        None => errors.add(field, format!("“{raw}” is not a date. It should look like 2026-11-20.")),
        Some(day) if day > today => errors.add(field, format!("{day} lies in the future. Give the day on which it was observed.")),
        Some(day) => errors.require(day.year() >= 1970, field, "A date lies after 1969."),
    }
    day
}

fn check_areas(errors: &mut FieldErrors, site: Option<&SiteCatalogue>, catalogue: &Catalogue, raw: &[String]) -> Vec<String> {
    let found = raw.iter().filter_map(|area| check_area(errors, "areas", site, catalogue, Some(area)));
    each_once(found)
}

fn check_audiences(errors: &mut FieldErrors, catalogue: &Catalogue, raw: &[String]) -> Vec<String> {
    let wanted = raw.iter().map(|words| words.trim()).filter(|words| !words.is_empty());
    each_once(wanted.filter_map(|words| {
        let found = known_audience(catalogue, words);
        errors.require(found.is_some(), "audiences", format!("There is no audience “{words}”."));
        found
    }))
}

fn each_once(slugs: impl Iterator<Item = String>) -> Vec<String> {
    let mut list = Vec::new();
    for slug in slugs {
        if !list.contains(&slug) {
            list.push(slug);
        }
    }
    list
}

fn check_worth(errors: &mut FieldErrors, raw: Option<&str>, kind: Option<Kind>) -> Option<Worth> {
    let raw = raw.map(str::trim).filter(|raw| !raw.is_empty())?;
    let worth = Worth::from_slug(raw);
    errors.require(worth.is_some(), "worth", "A test’s worth is valid or invalid.");
    errors.require(kind.is_none_or(|kind| kind == Kind::OwnTest), "worth", "Only an own test is valid or invalid.");
    worth
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sites::{Area, AreaVisitors, Site, Term};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn catalogue() -> Catalogue {
        let site = Site {
            slug: "shop".into(),
            name: "Shop".into(),
            currency: "GBP".into(),
            time_zone: "UTC".into(),
            margin: None,
            url: None,
            version: 1,
        };
        let area = Area { slug: "checkout".into(), name: "Checkout".into(), visitors: AreaVisitors::default() };
        Catalogue {
            sites: vec![crate::sites::SiteCatalogue { site, areas: vec![area], metrics: vec![] }],
            audiences: vec![Term { slug: "trade".into(), name: "Trade".into() }],
            levers: vec![],
        }
    }

    #[test]
    fn every_fault_is_named_beside_its_field() {
        let draft: EvidenceDraft = serde_json::from_str(
            r#"{"title":" ","kind":"rumour","source":{"name":"x","url":"javascript:alert(1)"},"observed_from":"2026-11-21",
                "observed_to":"20.11.2026","sample_size":0,"site":"nowhere","areas":["attic"],"devices":["watch"],
                "audiences":["martians"],"tags":["ok"],"worth":"meh"}"#,
        )
        .unwrap();
        let errors = draft.check(&catalogue(), today()).unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        let all = ["title", "kind", "source.url", "observed_from", "observed_to", "sample_size", "site", "areas", "devices", "audiences"];
        assert_eq!(fields, [&all[..], &["worth"]].concat());
    }

    #[test]
    fn today_is_allowed_and_an_end_before_its_start_is_not() {
        let mut draft = EvidenceDraft::titled("T", Kind::Survey);
        draft.observed_to = Some("2026-11-20".into());
        assert_eq!(draft.check(&catalogue(), today()).unwrap().observed(NaiveDate::MIN), today());
        draft.observed_from = Some("2026-11-20".into());
        draft.observed_to = Some("2026-11-19".into());
        assert!(draft.check(&catalogue(), today()).unwrap_err().of("observed_to").is_some());
        draft.observed_to = None;
        draft.observed_from = Some("0206-11-19".into());
        assert!(draft.check(&catalogue(), today()).unwrap_err().of("observed_from").is_some());
    }

    #[test]
    fn names_of_the_catalogue_become_slugs_each_once() {
        let mut draft = EvidenceDraft::titled("T", Kind::SessionRecording);
        draft.site = Some("shop".into());
        draft.areas = vec!["Checkout".into(), "checkout".into(), " ".into()];
        draft.audiences = vec!["TRADE".into(), "trade".into()];
        draft.devices = vec!["Mobile".into(), "desktop".into()];
        let content = draft.check(&catalogue(), today()).unwrap();
        assert_eq!((content.areas, content.audiences), (vec!["checkout".to_owned()], vec!["trade".to_owned()]));
        assert_eq!(content.devices, [Device::Desktop, Device::Mobile]);
    }

    #[test]
    fn an_unknown_field_is_refused_by_name() {
        let error = serde_json::from_str::<EvidenceDraft>(r#"{"title":"T","kind":"survey","colour":"red"}"#).unwrap_err();
        assert!(error.to_string().contains("colour"));
    }

    #[test]
    fn only_an_own_test_can_be_invalid() {
        let mut draft = EvidenceDraft::titled("T", Kind::Survey);
        draft.worth = Some("invalid".into());
        assert!(draft.check(&catalogue(), today()).unwrap_err().of("worth").is_some());
        draft.kind = "own_test".into();
        assert_eq!(draft.check(&catalogue(), today()).unwrap().worth, Some(Worth::Invalid));
    }
}
