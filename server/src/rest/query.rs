//! Query strings: known names only, and the pages of lists.

use super::problem::Problem;
use crate::site::Site;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use domain::errors::FieldErrors;
use domain::page::{MAX_LIMIT, Page};
use store::PageRequest;

/// The pairs of a query string as they came. Control characters are refused by name.
pub struct Pairs(Vec<(String, String)>);

impl FromRequestParts<Site> for Pairs {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let unreadable = |_| Problem::invalid(FieldErrors::one("query", "The query string cannot be read."));
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, site).await.map_err(unreadable)?;
        let mut errors = FieldErrors::default();
        for (name, value) in &pairs {
            errors.require(!value.contains(char::is_control), name, "This holds a control character.");
        }
        errors.into_result(Self(pairs)).map_err(Problem::from)
    }
}

/// Names with their values.
pub type Named<'a> = Vec<(&'a str, &'a str)>;

impl Pairs {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The pairs of these names, and the page; any other name is refused.
    pub fn only(&self, names: &[&str]) -> Result<(Named<'_>, PageRequest), Problem> {
        let mut errors = FieldErrors::default();
        let mut page = PageRequest::default();
        let mut known = Vec::new();
        for (name, value) in self.iter() {
            match name {
                "limit" => match value.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)) {
                    Some(limit) => page.limit = Some(limit),
                    None => errors.add("limit", format!("“{value}” is not a page length from 1 to {MAX_LIMIT}.")),
                },
                "cursor" => page.cursor = Some(value.to_owned()).filter(|cursor| !cursor.is_empty()),
                name if names.contains(&name) => known.push((name, value)),
                name => errors.add(name, format!("There is no “{name}” to ask this list for.")),
            }
        }
        Ok(errors.into_result((known, page))?)
    }
}

/// The page that is wanted of a list without filters.
pub struct Paging(pub PageRequest);

impl FromRequestParts<Site> for Paging {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let pairs = Pairs::from_request_parts(parts, site).await?;
        pairs.only(&[]).map(|(_, page)| Self(page))
    }
}

impl Paging {
    /// A page of a list that is short by nature and therefore read whole. `order` names the list in its cursors.
    pub fn of<T>(&self, order: &str, items: Vec<T>) -> Result<Page<T>, Problem> {
        let foreign = || FieldErrors::one("cursor", "This cursor belongs to another list or order. Begin at the first page.");
        let from = match &self.0.cursor {
            Some(raw) => raw.strip_prefix(order).and_then(|rest| rest.strip_prefix('~')?.parse::<u32>().ok()).ok_or_else(foreign)?,
            None => 0,
        };
        let (from, length, total) = (u64::from(from), self.0.length(), items.len() as u64);
        let next = (from + length < total).then(|| format!("{order}~{}", from + length));
        let place = |rank: u64| usize::try_from(rank).unwrap_or(usize::MAX);
        let items = items.into_iter().skip(place(from)).take(place(length)).collect();
        Ok(Page { items, next, total, total_is_minimum: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paging(limit: u64, cursor: Option<&str>) -> Paging {
        Paging(PageRequest { limit: Some(limit), cursor: cursor.map(str::to_owned) })
    }

    #[test]
    fn a_short_list_comes_in_pages_whose_cursors_are_its_own() {
        let page = paging(2, None).of("levers", vec![1, 2, 3]).unwrap();
        assert_eq!((page.items, page.total), (vec![1, 2], 3));
        let next = page.next.unwrap();
        let last = paging(2, Some(&next)).of("levers", vec![1, 2, 3]).unwrap();
        assert_eq!((last.items, last.next), (vec![3], None));
        assert!(paging(2, Some(&next)).of("sites", vec![1]).is_err());
        assert!(paging(2, Some("levers~-1")).of("levers", vec![1]).is_err());
    }

    #[test]
    fn unknown_names_are_refused_by_name() {
        let pairs = |text: &[(&str, &str)]| Pairs(text.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect());
        assert!(pairs(&[("q", "a"), ("limit", "5")]).only(&["q"]).is_ok());
        for (name, value) in [("qq", "a"), ("limit", "0"), ("limit", "201"), ("limit", "x")] {
            let problem = pairs(&[(name, value)]).only(&["q"]).map(|_| ()).unwrap_err();
            assert!(problem.errors.of(name).is_some());
        }
    }
}
