//! Where an imported test comes from, and what its file said beside the counts.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The file's own words about a test. Details are kept as they were written; none of them is an outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TestOrigin))]
pub struct Origin {
    pub file_name: String,
    /// The test's id in the file.
    pub id: String,
    /// What the file says of the whole test, by heading.
    pub details: BTreeMap<String, String>,
    /// What it says of single variants, by their keys and by heading.
    pub variants: BTreeMap<String, BTreeMap<String, String>>,
}
