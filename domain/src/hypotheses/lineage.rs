//! Where a hypothesis came from and what came of it: growing out of another, splitting one in two, merging two into
//! one. Knows which merges make sense, not how things move.

use super::{HypothesisDraft, Stage};
use crate::errors::FieldErrors;
use crate::experiments::Outcome;
use crate::text;
use serde::{Deserialize, Serialize};

/// Why a thing stands below another in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// It grew out of what was learned.
    LedTo,
    /// It waits for what it grew out of, which is not decided yet.
    Next,
    SplitFrom,
    MergedInto,
}

impl Edge {
    /// As it stands on the line between the two.
    pub fn words(self) -> &'static str {
        match self {
            Edge::LedTo => "led to",
            Edge::Next => "next",
            Edge::SplitFrom => "split off",
            Edge::MergedInto => "merged in",
        }
    }

    /// The edge below something in this stage.
    pub fn below(parent: Stage, split: bool) -> Edge {
        match parent {
            _ if split => Edge::SplitFrom,
            Stage::Decided | Stage::Shipped => Edge::LedTo,
            _ => Edge::Next,
        }
    }
}

/// A hypothesis, or the learning that one grew out of, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineageNode {
    /// `H-12` or `L-4`.
    pub number: String,
    pub title: String,
    /// None for a learning.
    pub stage: Option<Stage>,
    pub archived: bool,
    /// What its last concluded test found, or what the learning says.
    pub outcome: Option<Outcome>,
    /// None at the root.
    pub edge: Option<Edge>,
    /// By number.
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub children: Vec<LineageNode>,
}

/// The whole tree that a hypothesis stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lineage {
    pub root: LineageNode,
    /// True when the tree has more than is told.
    pub cut: bool,
}

impl Lineage {
    /// Whether there is anything to show beside the hypothesis itself.
    pub fn is_alone(&self) -> bool {
        self.root.children.is_empty()
    }
}

/// A part that becomes a hypothesis of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct SplitDraft {
    pub title: String,
    /// The change that goes with it; without it the part says what the whole says.
    pub change: Option<String>,
    /// The change that stays behind; without it nothing is changed there.
    pub keeps: Option<String>,
}

impl SplitDraft {
    /// The new hypothesis, which takes over everything else, and what stays behind if that changes.
    pub fn of(&self, whole: &HypothesisDraft, number: &str) -> Result<(HypothesisDraft, Option<HypothesisDraft>), FieldErrors> {
        let mut errors = FieldErrors::default();
        let title = text::required_line(&mut errors, "title", "The title", &self.title);
        errors.require(title.is_empty() || title != whole.title, "title", "Give the part a title of its own.");
        let change = text::optional_text(&mut errors, "change", "The change", self.change.as_deref());
        let keeps = text::optional_text(&mut errors, "keeps", "The change", self.keeps.as_deref());
        errors.into_result(())?;
        let mut part = HypothesisDraft { title, parent: Some(number.to_owned()), differs_because: None, ..whole.clone() };
        if change.is_some() {
            part.statement.change = change;
        }
        let rest = keeps.filter(|keeps| Some(keeps) != whole.statement.change.as_ref()).map(|keeps| {
            let mut rest = whole.clone();
            rest.statement.change = Some(keeps);
            rest
        });
        Ok((part, rest))
    }
}

/// Which hypothesis takes another in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct MergeDraft {
    /// `H-12`.
    pub into: String,
    pub reason: Option<String>,
}

/// One of the two that are merged.
#[derive(Debug, Clone, Copy)]
pub struct MergeSide<'a> {
    pub number: &'a str,
    pub stage: Stage,
    pub archived: bool,
    /// Whether it has a test that started.
    pub tested: bool,
    /// The hypotheses that it grew out of, up to the root.
    pub ancestors: &'a [String],
}

/// Whether `part` may be merged into `whole`; the findings are about `into`.
pub fn check_merge(part: MergeSide<'_>, whole: MergeSide<'_>) -> Result<(), FieldErrors> {
    let refuse = |message: String| Err(FieldErrors::one("into", message));
    let (from, into) = (part.number, whole.number);
    let grew = |child: &MergeSide<'_>, parent: &str| child.ancestors.iter().any(|number| number == parent);
    if from == into {
        refuse(format!("{from} cannot be merged with itself."))
    } else if grew(&part, into) {
        refuse(format!("{from} grew out of {into}; what grew out of a thing cannot be merged back into it."))
    } else if grew(&whole, from) {
        refuse(format!("{into} grew out of {from}; a thing cannot be merged into what grew out of it."))
    } else if part.archived {
        refuse(format!("{from} is archived. Restore it first."))
    } else if whole.archived {
        refuse(format!("{into} is archived. Restore it first."))
    } else if part.tested || !Stage::BY_HAND.contains(&part.stage) {
        refuse(format!("{from} has been tested; its results belong to what was tested. Iterate from it instead."))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hypotheses::StatementDraft;

    fn side<'a>(number: &'a str, ancestors: &'a [String]) -> MergeSide<'a> {
        MergeSide { number, stage: Stage::Idea, archived: false, tested: false, ancestors }
    }

    #[test]
    fn only_merges_that_make_sense_are_done() {
        let none: &[String] = &[];
        let from_one = ["H-1".to_owned()];
        assert!(check_merge(side("H-2", none), side("H-1", none)).is_ok());
        let whole = MergeSide { stage: Stage::Decided, tested: true, ..side("H-1", none) };
        assert!(check_merge(side("H-2", none), whole).is_ok());
        for (part, whole, word) in [
            (side("H-1", none), side("H-1", none), "itself"),
            (side("H-2", &from_one), side("H-1", none), "merged back"),
            (side("H-1", none), side("H-2", &from_one), "grew out of it"),
            (MergeSide { archived: true, ..side("H-2", none) }, side("H-1", none), "H-2 is archived"),
            (side("H-2", none), MergeSide { archived: true, ..side("H-1", none) }, "H-1 is archived"),
            (MergeSide { tested: true, ..side("H-2", none) }, side("H-1", none), "has been tested"),
            (MergeSide { stage: Stage::Shipped, ..side("H-2", none) }, side("H-1", none), "has been tested"),
        ] {
            let errors = check_merge(part, whole).unwrap_err();
            assert!(errors.of("into").is_some_and(|message| message.contains(word)), "{errors:?}");
        }
    }

    #[test]
    fn a_part_takes_over_what_it_does_not_change() {
        let whole = HypothesisDraft {
            tags: vec!["b2b".into()],
            differs_because: Some("bigger".into()),
            statement: StatementDraft { because: Some("seen".into()), change: Some("adding a and b".into()), ..StatementDraft::default() },
            ..HypothesisDraft::titled("Add a and b")
        };
        let split = SplitDraft { title: "Add b".into(), change: Some("adding b".into()), keeps: Some("adding a".into()) };
        let (part, rest) = split.of(&whole, "H-1").unwrap();
        assert_eq!((part.title.as_str(), part.parent.as_deref(), part.differs_because), ("Add b", Some("H-1"), None));
        assert_eq!((part.statement.because.as_deref(), part.statement.change.as_deref()), (Some("seen"), Some("adding b")));
        assert_eq!(rest.unwrap().statement.change.as_deref(), Some("adding a"));
        let (_, rest) = SplitDraft { keeps: whole.statement.change.clone(), ..split.clone() }.of(&whole, "H-1").unwrap();
        assert_eq!(rest, None);
        let same = SplitDraft { title: "Add a and b".into(), ..split };
        assert!(same.of(&whole, "H-1").unwrap_err().of("title").is_some());
    }
}
