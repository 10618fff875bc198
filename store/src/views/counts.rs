//! How many things a view finds: the total of its list, counted as the list counts it.

use crate::access::{Right, Scope};
use crate::errors::Result;
use domain::evidence::EvidenceQuery;
use domain::experiments::TestQuery;
use domain::hypotheses::BacklogQuery;
use domain::learnings::LearningQuery;
use domain::text;
use domain::views::{Count, List};

impl<R: Right> Scope<R> {
    /// What the list finds under this query for whoever asks. A query that this version of the list cannot read is an
    /// `Invalid`.
    pub async fn count_view(&self, list: List, query: &str) -> Result<Count> {
        let pairs = text::address::pairs(query);
        let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let (count, is_minimum) = match list {
            List::Hypotheses => self.backlog_total(&BacklogQuery::from_pairs(pairs)?).await?,
            List::Evidence => self.evidence_list_total(&EvidenceQuery::from_pairs(pairs)?).await?,
            List::Tests => self.tests_total(&TestQuery::from_pairs(pairs)?).await?,
            List::Learnings => self.learnings_total(&LearningQuery::from_pairs(pairs)?).await?,
        };
        Ok(Count { count, is_minimum })
    }
}
