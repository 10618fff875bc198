//! The statement as a sentence: the words between the parts, and the parts that are still blank.

use super::{Effect, Statement};
use crate::sites::{Catalogue, Direction};
use serde::{Deserialize, Serialize};

/// A piece of the sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Words that every statement has.
    Glue(String),
    /// Words that someone wrote.
    Said(String),
}

/// The sentence as far as it has been written; empty without because and change.
pub fn sentence(statement: &Statement, site: Option<&str>, catalogue: &Catalogue) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut add = |first: &str, later: &str, said: Option<String>| {
        if let Some(said) = said {
            let glue = if parts.is_empty() { first } else { later };
            parts.push(Part::Glue(glue.to_owned()));
            parts.push(Part::Said(said.trim_end_matches('.').to_owned()));
        }
    };
    add("Because ", " because ", statement.because.clone());
    add("We believe that ", ", we believe that ", statement.change.clone());
    let audience = statement.audience.as_deref().map(|words| catalogue.audience_name(words).to_owned());
    add("For ", " for ", audience.map(|name| decapitalise(&name)));
    add("It will ", " will ", statement.effect.as_ref().map(|effect| effect_words(effect, site, catalogue)));
    let lever = statement.lever.as_deref().map(|slug| catalogue.lever_name(slug).to_lowercase());
    let since = match (lever, statement.reason.clone()) {
        (Some(lever), Some(reason)) => Some(format!("{reason} ({lever})")),
        (lever, reason) => reason.or(lever),
    };
    add("Since ", " since ", since);
    add("We will know when ", ", and we will know when ", statement.measure.clone());
    parts
}

/// "raise orders per visitor by 2 to 5%".
fn effect_words(effect: &Effect, site: Option<&str>, catalogue: &Catalogue) -> String {
    let verb = match effect.direction {
        Direction::Up => "raise",
        Direction::Down => "lower",
    };
    let metric = decapitalise(catalogue.metric_name(site, &effect.metric));
    let size = match (effect.low, effect.high) {
        (Some(low), Some(high)) if low < high => format!(" by {} to {}%", percent(low), percent(high)),
        (Some(size), _) | (None, Some(size)) => format!(" by {}%", percent(size)),
        (None, None) => String::new(),
    };
    format!("{verb} {metric}{size}")
}

/// A fraction as a percentage without needless zeros: 0.025 reads "2.5".
fn percent(fraction: f64) -> String {
    let rounded = (fraction * 10_000.0).round() / 100.0;
    rounded.to_string()
}

pub(super) fn decapitalise(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_statement_reads_as_one_sentence() {
        let text = |words: &str| Some(words.to_owned());
        let statement = Statement {
            because: text("buyers ring the branch to check stock"),
            change: text("adding a stock filter"),
            audience: text("Trade buyers"),
            effect: Some(Effect { metric: "Orders per visitor".into(), direction: Direction::Up, low: Some(0.02), high: Some(0.055) }),
            lever: text("findability"),
            reason: text("they see at once what they can collect"),
            measure: text("orders differ after 3 full weeks."),
        };
        let said: String = sentence(&statement, None, &Catalogue::default())
            .into_iter()
            .map(|part| match part {
                Part::Glue(words) | Part::Said(words) => words,
            })
            .collect();
        assert_eq!(
            said,
            "Because buyers ring the branch to check stock, we believe that adding a stock filter for trade buyers will \
             raise orders per visitor by 2 to 5.5% since they see at once what they can collect (findability), and we will know \
             when orders differ after 3 full weeks"
        );
    }

    #[test]
    fn an_idea_has_no_sentence() {
        assert!(sentence(&Statement::default(), None, &Catalogue::default()).is_empty());
    }
}
