//! Saved views: the filters and the order of a list under a name, kept for oneself or shared with the workspace. Knows
//! the lists by what their addresses can say, and not how they are read.

mod draft;
mod list;
mod ready;

pub use draft::{MOST, MOST_SHARED, NAME_LIMIT, NewView, ViewDraft};
pub use list::List;
pub use ready::{ReadyView, ready};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A saved view as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    pub id: i64,
    pub list: List,
    pub name: String,
    /// Filters and order as the list's own query string says them; `me` in it is whoever looks.
    pub query: String,
    /// Whether everybody in the workspace sees it.
    pub shared: bool,
    /// Whose it is; none for the command line.
    pub by: Option<String>,
    /// Whether it is the asker's own.
    pub mine: bool,
    pub archived: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl View {
    /// People change their own; what everybody sees only while they contribute, and leads in their stead.
    pub fn may_be_changed(&self, contributes: bool, leads: bool) -> bool {
        if self.shared { leads || self.mine && contributes } else { self.mine }
    }
}

/// How many things a view finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub count: u64,
    /// Whether there are more than were counted.
    pub is_minimum: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_changed_by_its_owner_and_a_shared_one_by_leads_too() {
        let at = DateTime::UNIX_EPOCH;
        let view = |shared: bool, mine: bool| View {
            id: 1,
            list: List::Tests,
            name: String::new(),
            query: String::new(),
            shared,
            by: None,
            mine,
            archived: false,
            version: 1,
            created_at: at,
            updated_at: at,
        };
        let may = |shared: bool, mine: bool| {
            [(false, false), (true, false), (true, true)].map(|(contributes, leads)| view(shared, mine).may_be_changed(contributes, leads))
        };
        assert_eq!(may(false, true), [true, true, true]);
        assert_eq!(may(false, false), [false, false, false]);
        assert_eq!(may(true, true), [false, true, true]);
        assert_eq!(may(true, false), [false, false, true]);
    }
}
