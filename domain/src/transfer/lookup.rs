//! Names in cells against what the workspace has: members, sites, areas, metrics, levers.

use super::vocabulary::plain;
use super::words;
use crate::sites::{Catalogue, Device, Metric, SiteCatalogue};

/// What an owner's cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The e-mail address of a member.
    Member(String),
    /// An e-mail address that no member has.
    Stranger(String),
    /// A name that belongs to no member, or to several.
    Unclear,
}

/// The member whom a cell names by e-mail address, full name, or as much of it as one member alone has.
pub fn owner(cell: &str, members: &[(String, String)]) -> Owner {
    if let Some(address) = address(cell) {
        let known = members.iter().find(|(email, _)| email.eq_ignore_ascii_case(&address));
        return known.map_or(Owner::Stranger(address), |(email, _)| Owner::Member(email.clone()));
    }
    let wanted = plain(cell);
    if wanted.is_empty() {
        return Owner::Unclear;
    }
    let same = members.iter().filter(|(_, name)| plain(name) == wanted).collect::<Vec<_>>();
    if let [(email, _)] = same.as_slice() {
        return Owner::Member(email.clone());
    }
    let parts: Vec<&str> = wanted.split(' ').collect();
    match members.iter().filter(|(email, name)| is_called(&parts, &wanted, email, name)).collect::<Vec<_>>().as_slice() {
        [(email, _)] if same.is_empty() => Owner::Member(email.clone()),
        _ => Owner::Unclear,
    }
}

/// "Ada Byron <ada@shop.example>" or the bare address, in lower case.
fn address(cell: &str) -> Option<String> {
    let inner = cell.split_once('<').and_then(|(_, rest)| rest.split_once('>')).map_or(cell, |(inner, _)| inner);
    let address = inner.trim().trim_start_matches("mailto:").to_lowercase();
    let (name, host) = address.split_once('@')?;
    (!name.is_empty() && host.contains('.') && !address.contains(char::is_whitespace)).then_some(address)
}

/// Whether every part of the cell is a part of the name, or the first letter of one.
fn is_called(parts: &[&str], wanted: &str, email: &str, name: &str) -> bool {
    let name = plain(name);
    let mut left: Vec<&str> = name.split(' ').collect();
    let fits = |part: &str, own: &str| part == own || (part.len() == 1 && own.starts_with(part));
    let named = parts.iter().any(|part| part.len() > 1)
        && parts.iter().all(|part| left.iter().position(|own| fits(part, own)).map(|index| left.remove(index)).is_some());
    named || email.split('@').next().is_some_and(|local| plain(local) == wanted)
}

fn same(wanted: &str, slug: &str, name: &str) -> bool {
    plain(slug) == wanted || plain(name) == wanted
}

/// The site that a cell names by slug, name or address.
pub fn site<'a>(cell: &str, catalogue: &'a Catalogue) -> Option<&'a SiteCatalogue> {
    let wanted = plain(cell);
    let host = |url: &str| {
        let bare = url.trim().trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
        bare.split(['/', '?', ':']).next().unwrap_or_default().to_lowercase()
    };
    let named = catalogue.sites.iter().find(|one| same(&wanted, &one.site.slug, &one.site.name));
    named.or_else(|| {
        catalogue.sites.iter().find(|one| one.site.url.as_deref().is_some_and(|url| !host(url).is_empty() && host(url) == host(cell)))
    })
}

/// The slug of the area that a cell names, on this site, or on any when no site is given.
pub fn area(cell: &str, site: Option<&SiteCatalogue>, catalogue: &Catalogue) -> Option<String> {
    let wanted = plain(cell);
    let common = words::area(cell);
    let sites = || catalogue.sites.iter().filter(|one| site.is_none_or(|site| site.site.slug == one.site.slug));
    let areas = || sites().flat_map(|one| &one.areas);
    let found = areas().find(|area| same(&wanted, &area.slug, &area.name)).or_else(|| areas().find(|area| common == Some(&area.slug)));
    found.map(|area| area.slug.clone())
}

/// The metric that a cell names, on this site or on the first.
pub fn metric<'a>(cell: &str, site: Option<&'a SiteCatalogue>, catalogue: &'a Catalogue) -> Option<&'a Metric> {
    let wanted = plain(cell);
    let common = words::metric(cell);
    let metrics = &site.or(catalogue.sites.first())?.metrics;
    let named = metrics.iter().find(|metric| same(&wanted, &metric.slug, &metric.name));
    named.or_else(|| metrics.iter().find(|metric| common == Some(&metric.slug)))
}

/// The slug of the lever that a cell names.
pub fn lever(cell: &str, catalogue: &Catalogue) -> Option<String> {
    let wanted = plain(cell);
    let common = words::lever(cell);
    let named = catalogue.levers.iter().find(|term| same(&wanted, &term.slug, &term.name));
    named.or_else(|| catalogue.levers.iter().find(|term| common == Some(&term.slug))).map(|term| term.slug.clone())
}

/// The devices that a cell lists, none for "all"; None when it names something else.
pub fn devices(cell: &str) -> Option<Vec<Device>> {
    if let Some(one) = words::device(cell) {
        return Some(one.into_iter().collect());
    }
    let mut bits = 0;
    for part in cell.split([',', ';', '/', '&', '+', '|']).flat_map(|part| part.split(" and ")) {
        match words::device(part).or_else(|| words::device(&bare(part)))? {
            Some(device) => bits |= device.bit(),
            None => return Some(Vec::new()),
        }
    }
    Some(Device::from_bits(bits))
}

/// "Digital - mobile" and "Mobile only" without what says no more.
fn bare(part: &str) -> String {
    const NOISE: &str =
        " only first digital web users user visitors nur seulement uniquement solo alleen devices device site view traffic ";
    plain(part).split(' ').filter(|word| !NOISE.contains(&format!(" {word} "))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members() -> Vec<(String, String)> {
        [
            ("priya@fern.example", "Priya Nair"),
            ("tom@fern.example", "Tom West"),
            ("emre@fern.example", "Emre Öztürk"),
            ("tina@fern.example", "Tom East"),
        ]
        .map(|(email, name)| (email.to_owned(), name.to_owned()))
        .to_vec()
    }

    #[test]
    fn a_name_is_taken_when_one_member_has_it() {
        for (cell, email) in [
            ("priya ", "priya@fern.example"),
            ("Tom W", "tom@fern.example"),
            ("Öztürk, Emre", "emre@fern.example"),
            ("PRIYA@FERN.example", "priya@fern.example"),
            ("Priya <priya@fern.example>", "priya@fern.example"),
            ("@tina", "tina@fern.example"),
        ] {
            assert_eq!(owner(cell, &members()), Owner::Member(email.into()), "{cell}");
        }
        assert_eq!(owner("Bob from marketing", &members()), Owner::Unclear);
        assert_eq!(owner("P", &members()), Owner::Unclear);
        assert_eq!(owner("nobody@else.example", &members()), Owner::Stranger("nobody@else.example".into()));
    }

    #[test]
    fn devices_may_be_listed() {
        assert_eq!(devices("Desktop, Mobile"), Some(vec![Device::Desktop, Device::Mobile]));
        assert_eq!(devices("Tous"), Some(vec![]));
        assert_eq!(devices("Digital - mobile"), Some(vec![Device::Mobile]));
        assert_eq!(devices("Desktop only"), Some(vec![Device::Desktop]));
        assert_eq!(devices("Digital"), None);
        assert_eq!(devices("App"), None);
    }
}
