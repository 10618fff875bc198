//! The views that the demo company shares, and one that its lead keeps.

use super::load::Loading;
use domain::views::{List, ViewDraft};
use store::{KeepViews, StoreError};

/// Whose, since how many days, of which list, name, typed query, and whether it is shared.
const VIEWS: [(&str, i64, List, &str, &str, bool); 4] = [
    (
        "lead@holm.example",
        90,
        List::Hypotheses,
        "Mobile quick wins",
        "q=device:mobile+score:>=6+stage:idea,evidence_gathered,prioritised",
        true,
    ),
    ("lead@holm.example", 60, List::Hypotheses, "Mine without evidence", "q=owner:me+evidence:none,weak", false),
    ("sam@holm.example", 45, List::Evidence, "Fresh from checkout", "q=area:checkout+freshness:fresh", true),
    ("lead@holm.example", 30, List::Learnings, "What trust taught", "q=lever:trust", true),
];

impl Loading<'_> {
    pub(super) async fn views(&self) -> Result<(), StoreError> {
        for (by, days_ago, list, name, query, shared) in VIEWS {
            let scope = self.scope::<KeepViews>(by, days_ago).await?;
            scope.create_view(&ViewDraft { name: name.into(), list, query: query.into(), shared }).await?;
        }
        Ok(())
    }
}
