//! The title of a file that has no heading for it: by what the texts are like.

use super::evidence::Evidence;
use super::field::Field;
use super::guess::Seen;
use super::vocabulary::{meanings, plain};
use std::collections::BTreeMap;

/// Gives the title a column. A change without anything shorter beside it names the hypothesis itself.
pub(super) fn find(columns: &[Seen], evidence: &[Evidence], said: &BTreeMap<usize, Field>, fields: &mut [Field]) {
    let free = |column: &usize| !said.contains_key(column);
    let unclaimed = |column: &usize| {
        let header = columns.get(*column).map_or("", |seen| seen.header);
        free(column) && fields.get(*column) == Some(&Field::Details) && !plain(header).is_empty() && meanings(header).is_empty()
    };
    let seen = |column: &usize| evidence.get(*column).copied().unwrap_or_default();
    let short = |column: &usize| unclaimed(column) && is_short(&seen(column));
    let telling = |column: &usize| unclaimed(column) && is_telling(&seen(column));
    let change = fields.iter().position(|field| *field == Field::Change).filter(free);
    let all = || 0..columns.len();
    let found = all().find(short).filter(|_| change.is_some()).or(change).or_else(|| all().find(telling));
    if let Some(place) = found.and_then(|column| fields.get_mut(column)) {
        *place = Field::Title;
    }
}

/// Different texts of a few words each, as names are.
fn is_short(evidence: &Evidence) -> bool {
    let texts = evidence.numbers + evidence.links + evidence.days < 0.2;
    texts && evidence.filled > 0 && evidence.different > 0.9 && (1.8..=8.0).contains(&evidence.words) && evidence.sentences < 0.2
}

fn is_telling(evidence: &Evidence) -> bool {
    evidence.filled > 0 && evidence.words > 2.4 && evidence.links < 0.5 && evidence.different > 0.5
}
