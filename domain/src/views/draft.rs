//! A view as it arrives, and what is checked about it.

use super::List;
use crate::errors::FieldErrors;
use crate::text;
use serde::{Deserialize, Serialize};

/// The longest name, in characters.
pub const NAME_LIMIT: usize = 60;
/// So many views a person keeps of one list.
pub const MOST: usize = 50;
/// So many views of one list a workspace shares.
pub const MOST_SHARED: usize = 100;
/// The longest query, in bytes as it is stored.
const QUERY_LIMIT: usize = 2_000;

/// A view as it arrives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ViewDraft {
    /// 1 to 60 characters.
    pub name: String,
    pub list: List,
    /// Filters and order as the list's query string says them: `stage=idea&area=checkout`, or typed, `q=stage:idea
    /// area:checkout`. Nothing asks for everything.
    #[serde(default)]
    pub query: String,
    /// Whether everybody in the workspace sees it.
    #[serde(default)]
    pub shared: bool,
}

/// A view that can be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewView {
    pub name: String,
    pub list: List,
    /// As the list always writes it.
    pub query: String,
    pub shared: bool,
}

impl ViewDraft {
    /// The view that is meant. What is wrong with the query is a finding about `query.stage` and the like.
    pub fn check(&self) -> Result<NewView, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = text::one_line(&self.name);
        let length = name.chars().count();
        errors.require(length > 0, "name", "The view has no name yet. Say what it shows, such as “Mobile quick wins”.");
        errors.require(length <= NAME_LIMIT, "name", format!("The name has {length} characters; {NAME_LIMIT} is the most."));
        let query = self.list.normal(&self.query).unwrap_or_else(|wrong| {
            wrong.0.into_iter().for_each(|one| errors.add(format!("query.{}", one.field), one.message));
            String::new()
        });
        errors.require(query.len() <= QUERY_LIMIT, "query", "These are more filters than a view can keep. Take some of them off.");
        errors.into_result(NewView { name, list: self.list, query, shared: self.shared })
    }
}

impl NewView {
    /// Refuses a name that another view of the same owner and list has, however it is written.
    pub fn named_apart<'a>(&self, others: impl IntoIterator<Item = &'a str>) -> Result<(), FieldErrors> {
        let mine = self.name.to_lowercase();
        match others.into_iter().find(|name| name.to_lowercase() == mine) {
            Some(name) => Err(FieldErrors::one("name", format!("You have a view “{name}” of this list already. Choose another name."))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(name: &str, query: &str) -> ViewDraft {
        ViewDraft { name: name.into(), list: List::Hypotheses, query: query.into(), shared: false }
    }

    #[test]
    fn a_view_has_a_name_of_one_line_and_the_query_of_its_list() {
        let made = draft("  Mobile\nquick  wins ", "device=mobile&q=score:>7&cursor=x").check().unwrap();
        assert_eq!((made.name.as_str(), made.query.as_str()), ("Mobile quick wins", "device=mobile&score=%3E7"));
        assert!(draft(&"é".repeat(60), "").check().is_ok());
    }

    #[test]
    fn each_finding_stands_beside_its_field() {
        let long = format!("q={}", "word ".repeat(500));
        for (name, query, field) in [
            (" \u{0}\n", "", "name"),
            (&*"é".repeat(61), "", "name"),
            ("Ideas", "stage=ideas", "query.stage"),
            ("Ideas", long.as_str(), "query"),
        ] {
            assert!(draft(name, query).check().unwrap_err().of(field).is_some(), "{name} {query}");
        }
    }

    #[test]
    fn a_name_is_taken_however_it_is_written() {
        let view = draft("Mobile quick wins", "").check().unwrap();
        let refused = view.named_apart(["Stale", "MOBILE quick wins"]).unwrap_err();
        assert_eq!(refused.of("name"), Some("You have a view “MOBILE quick wins” of this list already. Choose another name."));
        assert!(view.named_apart(["Stale", "Quick wins"]).is_ok());
    }
}
