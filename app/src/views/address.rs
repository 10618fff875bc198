//! Addresses of lists: filters and order as pairs, and the view that the reader came from.

use crate::frame::Frame;
use domain::hypotheses::Stage;
use domain::text;
use domain::views::List;

/// The address of a list within its workspace. The page of hypotheses shows the open ones unless it is told otherwise,
/// so that they need no naming and all stages do.
pub fn page_of<N: AsRef<str>, V: AsRef<str>>(workspace: &str, list: List, pairs: &[(N, V)], from: Option<i64>) -> String {
    let mut pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    if list == List::Hypotheses {
        let stages: Vec<&str> = pairs.iter().filter(|(name, _)| *name == "stage").map(|(_, value)| *value).collect();
        if stages.is_empty() {
            pairs.push(("stage", "all"));
        } else if stages.len() == Stage::OPEN.len() && Stage::OPEN.iter().all(|stage| stages.contains(&stage.slug())) {
            pairs.retain(|(name, _)| *name != "stage");
        }
    }
    let from = from.map(|id| id.to_string());
    pairs.extend(from.iter().map(|id| ("view", id.as_str())));
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("/{workspace}/{}{mark}{}", list.slug(), text::address::joined(&pairs))
}

/// The same for whoever looks at a page of the workspace.
pub fn address<N: AsRef<str>, V: AsRef<str>>(frame: &Frame, list: List, pairs: &[(N, V)], from: Option<i64>) -> String {
    page_of(&frame.slug, list, pairs, from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_hypotheses_need_no_naming_and_all_of_them_do() {
        for (list, query, from, address) in [
            (List::Hypotheses, "stage=evidence_gathered&stage=idea&stage=prioritised", None, "/holm/hypotheses"),
            (List::Hypotheses, "", None, "/holm/hypotheses?stage=all"),
            (List::Hypotheses, "stage=idea&q=a b", Some(7), "/holm/hypotheses?stage=idea&q=a%20b&view=7"),
            (List::Tests, "", None, "/holm/tests"),
            (List::Learnings, "outcome=win", Some(1), "/holm/learnings?outcome=win&view=1"),
        ] {
            assert_eq!(page_of("holm", list, &text::address::pairs(query), from), address);
        }
    }
}
