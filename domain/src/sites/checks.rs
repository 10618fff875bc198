//! What a draft names of the catalogue: by slug or by name, and a sentence where there is no such thing.

use super::{Area, Catalogue, Device, SiteCatalogue};
use crate::errors::FieldErrors;

/// The site of this slug; none when nothing is named.
pub fn check_site<'a>(errors: &mut FieldErrors, field: &str, catalogue: &'a Catalogue, raw: Option<&str>) -> Option<&'a SiteCatalogue> {
    let slug = raw.map(str::trim).filter(|slug| !slug.is_empty())?;
    let site = catalogue.site(slug);
    errors.require(site.is_some(), field, format!("There is no site “{slug}”."));
    site
}

/// The slug of an area of this site, or of any site while none is named.
pub fn check_area(
    errors: &mut FieldErrors,
    field: &str,
    site: Option<&SiteCatalogue>,
    catalogue: &Catalogue,
    raw: Option<&str>,
) -> Option<String> {
    let wanted = raw.map(str::trim).filter(|area| !area.is_empty())?;
    let fits = |one: &&Area| one.slug == wanted || one.name.eq_ignore_ascii_case(wanted);
    let found = match site {
        Some(site) => site.areas.iter().find(fits),
        None => catalogue.sites.iter().flat_map(|one| &one.areas).find(fits),
    };
    errors.require(found.is_some(), field, format!("There is no area “{wanted}” on this site."));
    found.map(|area| area.slug.clone())
}

/// The devices named, each once, in their own order.
pub fn check_devices(errors: &mut FieldErrors, field: &str, raw: &[String]) -> Vec<Device> {
    let mut bits = 0;
    for slug in raw.iter().map(|slug| slug.trim().to_lowercase()).filter(|slug| !slug.is_empty()) {
        match Device::from_slug(&slug) {
            Some(device) => bits |= device.bit(),
            None => errors.add(field, format!("“{slug}” is not a device. Use desktop, mobile or tablet.")),
        }
    }
    Device::from_bits(bits)
}

/// The slug of the audience that these words name, if they name one.
pub fn known_audience(catalogue: &Catalogue, words: &str) -> Option<String> {
    let found = catalogue.audiences.iter().find(|term| term.slug == words || term.name.eq_ignore_ascii_case(words));
    found.map(|term| term.slug.clone())
}
