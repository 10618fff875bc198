//! The views that every workspace has: the same kind of thing as a saved one, a name and a query, that nobody stored.

use super::List;

/// A view that is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadyView {
    pub name: &'static str,
    /// As the list always writes it, without an order: it is the same view however it is sorted.
    pub query: &'static str,
}

const fn view(name: &'static str, query: &'static str) -> ReadyView {
    ReadyView { name, query }
}

const HYPOTHESES: [ReadyView; 7] = [
    view("All open", "stage=evidence_gathered&stage=idea&stage=prioritised"),
    view("Ready to test", "stage=prioritised"),
    view("Needs my score", "stage=evidence_gathered&stage=idea&stage=prioritised&unscored=me"),
    view("In test", "stage=in_test"),
    view("Decided", "stage=decided&stage=shipped"),
    view("Parked", "stage=parked"),
    view("All", ""),
];

const EVIDENCE: [ReadyView; 8] = [
    view("All", ""),
    view("Test", "class=test"),
    view("User research", "class=user_research"),
    view("Behaviour", "class=behaviour"),
    view("Customer voice", "class=customer_voice"),
    view("Opinion", "class=opinion"),
    view("Stale", "freshness=stale"),
    view("Not used yet", "unused=true"),
];

const TESTS: [ReadyView; 7] = [
    view("All", ""),
    view("Running", "state=running"),
    view("Ready to decide", "imported=false&state=stopped"),
    view("Imported, no learning yet", "imported=true&state=stopped"),
    view("Planned", "state=draft&state=planned"),
    view("Concluded", "state=concluded"),
    view("Cancelled", "state=cancelled"),
];

const LEARNINGS: [ReadyView; 1] = [view("All", "")];

/// The views that this list always has, the usual one first.
pub fn ready(list: List) -> &'static [ReadyView] {
    match list {
        List::Hypotheses => &HYPOTHESES,
        List::Evidence => &EVIDENCE,
        List::Tests => &TESTS,
        List::Learnings => &LEARNINGS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Class;
    use crate::hypotheses::Stage;

    #[test]
    fn their_queries_are_written_as_the_lists_write_them() {
        for list in List::ALL {
            for view in ready(list) {
                assert_eq!(list.normal(view.query).as_deref(), Ok(view.query), "{}", view.name);
            }
        }
    }

    #[test]
    fn open_means_the_open_stages_and_each_class_of_evidence_has_its_view() {
        let open: Vec<String> = Stage::OPEN.iter().map(|stage| format!("stage={}", stage.slug())).collect();
        assert_eq!(List::Hypotheses.normal(&open.join("&")).as_deref(), Ok(HYPOTHESES[0].query));
        for class in Class::ALL {
            let query = format!("class={}", class.slug());
            assert!(EVIDENCE.iter().any(|view| (view.name, view.query) == (class.name(), query.as_str())), "{query}");
        }
    }
}
