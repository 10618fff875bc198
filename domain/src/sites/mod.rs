//! What is optimised: sites with areas and metrics, and the lists of audiences and levers. Knows the starter
//! catalogue; lists are the team's to edit afterwards.

mod changes;
mod checks;
mod first;
mod starter;

pub use changes::{CheckedChange, NamedChange, SiteChange, SiteChangeDraft, first_change_after, last_change_after};
pub use checks::{check_area, check_devices, check_site, known_audience};
pub use starter::{STARTER_AREAS, STARTER_AUDIENCES, STARTER_LEVERS, STARTER_METRICS, StarterMetric};

use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// A kind of device. Every result and every area is told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Device {
    Desktop,
    Mobile,
    Tablet,
}

impl Device {
    pub const ALL: [Device; 3] = [Device::Desktop, Device::Mobile, Device::Tablet];

    pub fn slug(self) -> &'static str {
        match self {
            Device::Desktop => "desktop",
            Device::Mobile => "mobile",
            Device::Tablet => "tablet",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Device::Desktop => "Desktop",
            Device::Mobile => "Mobile",
            Device::Tablet => "Tablet",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Device> {
        Device::ALL.into_iter().find(|device| device.slug() == slug)
    }

    /// The bit that stands for this device in a set.
    pub fn bit(self) -> i32 {
        match self {
            Device::Desktop => 1,
            Device::Mobile => 2,
            Device::Tablet => 4,
        }
    }

    /// The devices of a set of bits.
    pub fn from_bits(bits: i32) -> Vec<Device> {
        Device::ALL.into_iter().filter(|device| bits & device.bit() != 0).collect()
    }

    pub fn to_bits(devices: &[Device]) -> i32 {
        devices.iter().fold(0, |bits, device| bits | device.bit())
    }
}

/// How a metric is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MetricKind {
    /// A share of visitors.
    Proportion,
    /// An average per visitor.
    Mean,
    /// An average per something that is itself counted, such as per order.
    Ratio,
}

/// What a metric is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Share,
    Money,
    Count,
    Seconds,
}

/// Which way a metric, or the effect on it, goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    pub fn slug(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

/// What a metric tells about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Family {
    Conversion,
    Commercial,
    Behaviour,
    Experience,
}

impl Family {
    pub const ALL: [Family; 4] = [Family::Conversion, Family::Commercial, Family::Behaviour, Family::Experience];

    pub fn name(self) -> &'static str {
        match self {
            Family::Conversion => "Conversion",
            Family::Commercial => "Commercial",
            Family::Behaviour => "Behaviour",
            Family::Experience => "Experience",
        }
    }
}

/// A measure of a site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Metric {
    pub slug: String,
    pub name: String,
    pub kind: MetricKind,
    pub unit: Unit,
    /// The direction that is good.
    pub direction: Direction,
    pub family: Family,
}

/// A part of a site with its visitors a month; none where nobody has said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Area {
    pub slug: String,
    pub name: String,
    pub visitors: AreaVisitors,
}

/// Visitors a month per device.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AreaVisitors {
    pub desktop: Option<i64>,
    pub mobile: Option<i64>,
    pub tablet: Option<i64>,
}

impl AreaVisitors {
    pub fn on(&self, device: Device) -> Option<i64> {
        match device {
            Device::Desktop => self.desktop,
            Device::Mobile => self.mobile,
            Device::Tablet => self.tablet,
        }
    }

    /// Visitors a month on these devices together; none where one of them is unknown. Without a choice every device
    /// counts of which the number is known.
    pub fn together(&self, devices: &[Device]) -> Option<i64> {
        if devices.is_empty() {
            return Device::ALL.into_iter().filter_map(|device| self.on(device)).reduce(|sum, count| sum + count);
        }
        devices.iter().map(|device| self.on(*device)).sum()
    }

    fn check(&self, errors: &mut FieldErrors, field: &str) {
        for device in Device::ALL {
            let sane = self.on(device).is_none_or(|count| (0..=100_000_000_000).contains(&count));
            errors.require(sane, &format!("{field}.{}", device.slug()), "Visitors a month are a whole number from 0.");
        }
    }
}

/// An entry of a list that a lead edits: an audience or a lever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Term {
    pub slug: String,
    pub name: String,
}

/// A shop, a portal, an app, a market.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Site {
    pub slug: String,
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// A name of the IANA time zone database.
    pub time_zone: String,
    /// Share of revenue left after the cost of goods.
    pub margin: Option<f64>,
    pub url: Option<String>,
    pub version: i64,
}

/// A site as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SiteDraft {
    pub name: String,
    pub slug: Option<String>,
    pub currency: String,
    pub time_zone: Option<String>,
    pub margin: Option<f64>,
    pub url: Option<String>,
}

/// A site that may be made.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSite {
    pub name: String,
    pub slug: String,
    pub currency: String,
    pub time_zone: String,
    pub margin: Option<f64>,
    pub url: Option<String>,
}

impl SiteDraft {
    /// The draft that would make this site again; a PATCH is merged into it.
    pub fn of(site: &Site) -> Self {
        let Site { slug, name, currency, time_zone, margin, url, version: _ } = site.clone();
        Self { name, slug: Some(slug), currency, time_zone: Some(time_zone), margin, url }
    }

    /// `known_time_zone` answers whether a name is in the time zone database, which only the server holds.
    pub fn check(&self, known_time_zone: impl Fn(&str) -> bool) -> Result<NewSite, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = text::required_line(&mut errors, "name", "The site’s name", &self.name);
        let wanted = self.slug.as_deref().map(str::trim).filter(|slug| !slug.is_empty());
        let slug = text::required_slug(&mut errors, "slug", wanted.unwrap_or(&text::slug_of(&self.name)));
        let currency = self.currency.trim().to_uppercase();
        let shaped = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
        errors.require(shaped, "currency", "A currency is three letters, such as GBP or EUR.");
        let time_zone = self.time_zone.as_deref().map(str::trim).filter(|zone| !zone.is_empty()).unwrap_or("UTC").to_owned();
        errors.require(known_time_zone(&time_zone), "time_zone", "This is not a time zone’s name. It should look like Europe/London.");
        let fits = self.margin.is_none_or(|margin| margin.is_finite() && (0.0..=1.0).contains(&margin));
        errors.require(fits, "margin", "A margin is a share from 0 to 1: 0.4 means 40%.");
        let url = text::optional_url(&mut errors, "url", self.url.as_deref());
        errors.into_result(NewSite { name, slug, currency, time_zone, margin: self.margin, url })
    }
}

/// An area as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct AreaDraft {
    pub name: String,
    pub slug: Option<String>,
    #[serde(default)]
    pub visitors: AreaVisitors,
}

impl AreaDraft {
    /// The draft that would make this area again; a PATCH is merged into it.
    pub fn of(area: &Area) -> Self {
        Self { name: area.name.clone(), slug: Some(area.slug.clone()), visitors: area.visitors }
    }

    pub fn check(&self) -> Result<Area, FieldErrors> {
        let mut errors = FieldErrors::default();
        let term = check_term(&mut errors, &self.name, self.slug.as_deref());
        self.visitors.check(&mut errors, "visitors");
        errors.into_result(Area { slug: term.slug, name: term.name, visitors: self.visitors })
    }
}

/// An audience or a lever as it arrives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct TermDraft {
    pub name: String,
    pub slug: Option<String>,
}

impl TermDraft {
    /// The draft that would make this term again; a PATCH is merged into it.
    pub fn of(term: &Term) -> Self {
        Self { name: term.name.clone(), slug: Some(term.slug.clone()) }
    }

    pub fn check(&self) -> Result<Term, FieldErrors> {
        let mut errors = FieldErrors::default();
        let term = check_term(&mut errors, &self.name, self.slug.as_deref());
        errors.into_result(term)
    }
}

fn check_term(errors: &mut FieldErrors, name: &str, slug: Option<&str>) -> Term {
    let name = text::required_line(errors, "name", "The name", name);
    let given = slug.map(str::trim).filter(|slug| !slug.is_empty()).map(str::to_owned);
    let slug = text::required_slug(errors, "slug", &given.unwrap_or_else(|| text::slug_of(&name)));
    Term { slug, name }
}

/// A metric as it arrives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MetricDraft {
    pub site: String,
    pub name: String,
    pub slug: Option<String>,
    pub kind: MetricKind,
    pub unit: Unit,
    pub direction: Direction,
    pub family: Family,
}

impl MetricDraft {
    /// The draft that would make this metric again; a PATCH is merged into it.
    pub fn of(site: &str, metric: &Metric) -> Self {
        let Metric { slug, name, kind, unit, direction, family } = metric.clone();
        Self { site: site.to_owned(), name, slug: Some(slug), kind, unit, direction, family }
    }

    pub fn check(&self) -> Result<Metric, FieldErrors> {
        let mut errors = FieldErrors::default();
        let Term { slug, name } = check_term(&mut errors, &self.name, self.slug.as_deref());
        errors.require(self.kind != MetricKind::Proportion || self.unit == Unit::Share, "unit", "A proportion is a share of visitors.");
        let MetricDraft { kind, unit, direction, family, .. } = *self;
        errors.into_result(Metric { slug, name, kind, unit, direction, family })
    }
}

/// All lists that a page's choices are made from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    pub sites: Vec<SiteCatalogue>,
    pub audiences: Vec<Term>,
    pub levers: Vec<Term>,
}

/// A site with its lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SiteCatalogue {
    pub site: Site,
    pub areas: Vec<Area>,
    pub metrics: Vec<Metric>,
}

impl SiteCatalogue {
    /// The metric of this slug or name.
    pub fn metric(&self, words: &str) -> Option<&Metric> {
        let words = words.trim();
        self.metrics.iter().find(|metric| metric.slug == words || metric.name.eq_ignore_ascii_case(words))
    }

    pub fn area(&self, slug: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.slug == slug)
    }
}

impl Catalogue {
    pub fn site(&self, slug: &str) -> Option<&SiteCatalogue> {
        self.sites.iter().find(|one| one.site.slug == slug)
    }

    /// Every area once, by slug.
    pub fn areas(&self) -> Vec<&Area> {
        let mut areas: Vec<&Area> = Vec::new();
        for area in self.sites.iter().flat_map(|site| &site.areas) {
            if areas.iter().all(|known| known.slug != area.slug) {
                areas.push(area);
            }
        }
        areas
    }

    /// Every metric once, by slug.
    pub fn metrics(&self) -> Vec<&Metric> {
        let mut metrics: Vec<&Metric> = Vec::new();
        for metric in self.sites.iter().flat_map(|site| &site.metrics) {
            if metrics.iter().all(|known| known.slug != metric.slug) {
                metrics.push(metric);
            }
        }
        metrics
    }

    /// The name of an area, of whichever site has it; the slug itself when none does.
    pub fn area_name<'a>(&'a self, slug: &'a str) -> &'a str {
        let found = self.sites.iter().flat_map(|site| &site.areas).find(|area| area.slug == slug);
        found.map_or(slug, |area| area.name.as_str())
    }

    pub fn metric_name<'a>(&'a self, site: Option<&str>, slug: &'a str) -> &'a str {
        let sites = self.sites.iter().filter(|one| site.is_none_or(|site| one.site.slug == site));
        let found = sites.flat_map(|site| &site.metrics).find(|metric| metric.slug == slug);
        found.map_or(slug, |metric| metric.name.as_str())
    }

    pub fn audience_name<'a>(&'a self, slug: &'a str) -> &'a str {
        self.audiences.iter().find(|term| term.slug == slug).map_or(slug, |term| term.name.as_str())
    }

    pub fn lever_name<'a>(&'a self, slug: &'a str) -> &'a str {
        self.levers.iter().find(|term| term.slug == slug).map_or(slug, |term| term.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_refused_field_by_field() {
        let draft = SiteDraft { currency: "pound".into(), time_zone: Some("Mars/Base".into()), margin: Some(40.0), ..SiteDraft::default() };
        let errors = draft.check(|zone| zone == "UTC").unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "slug", "currency", "time_zone", "margin"]);
    }

    #[test]
    fn a_site_without_a_slug_gets_one_from_its_name() {
        let draft = SiteDraft { name: "Fern & Oak".into(), currency: "gbp".into(), ..SiteDraft::default() };
        let site = draft.check(|_| true).unwrap();
        assert_eq!((site.slug.as_str(), site.currency.as_str(), site.time_zone.as_str()), ("fern-oak", "GBP", "UTC"));
    }

    #[test]
    fn devices_survive_as_bits() {
        for bits in 0..8 {
            assert_eq!(Device::to_bits(&Device::from_bits(bits)), bits);
        }
    }
}
