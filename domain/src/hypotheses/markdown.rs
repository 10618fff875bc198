//! A hypothesis as Markdown, to be pasted where people talk.

use super::{Hypothesis, Part, sentence};
use crate::evidence::{Direction, LinkedEvidence};
use crate::sites::Catalogue;

/// Title, sentence, evidence and what is known of it; `address` is where it lies.
pub fn as_markdown(hypothesis: &Hypothesis, linked: &[LinkedEvidence], catalogue: &Catalogue, address: &str) -> String {
    let mut text = format!("## [{}]({address}) {}\n", hypothesis.number, hypothesis.title);
    let parts = sentence(&hypothesis.statement, hypothesis.site.as_deref(), catalogue);
    if !parts.is_empty() {
        let said: String = parts
            .into_iter()
            .map(|part| match part {
                Part::Glue(words) => words,
                Part::Said(words) => format!("**{}**", words.replace('*', "\\*")),
            })
            .collect();
        text.push_str(&format!("\n{said}.\n"));
    }
    let line = |name: &str, value: Option<String>| value.map(|value| format!("- {name}: {value}\n"));
    let score = hypothesis
        .score
        .as_ref()
        .map(|score| format!("{:.1} ({} of {} scorers)", score.value, score.model.slug().to_uppercase(), score.scorers));
    let facts = [
        line("Stage", Some(hypothesis.stage.name().to_owned())),
        line("Area", hypothesis.area.as_deref().map(|slug| catalogue.area_name(slug).to_owned())),
        line("Score", score),
        line("Evidence", Some(format!("{}, confidence {:.1}", hypothesis.evidence.strength, hypothesis.evidence.confidence))),
        line("Owner", hypothesis.owner_name.clone()),
    ];
    text.push('\n');
    text.extend(facts.into_iter().flatten());
    for one in linked {
        let sign = if one.link.direction == Direction::Contradicts { "against" } else { "for" };
        text.push_str(&format!("  - {sign}: {} {}\n", one.evidence.number, one.evidence.title));
    }
    if let Some(details) = &hypothesis.details {
        text.push_str(&format!("\n{details}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hypotheses::{EvidenceSummary, Readiness, Stage, Statement};

    #[test]
    fn it_reads_well_where_it_is_pasted() {
        let statement =
            Statement { because: Some("buyers ring *twice*".into()), change: Some("showing stock".into()), ..Statement::default() };
        let hypothesis = Hypothesis {
            number: "H-7".into(),
            title: "Show stock".into(),
            statement,
            site: None,
            area: Some("search".into()),
            devices: Vec::new(),
            audience: None,
            guard_rails: Vec::new(),
            stage: Stage::Idea,
            owner: None,
            owner_name: Some("Tom Reyes".into()),
            tags: Vec::new(),
            effort: crate::hypotheses::Effort::default(),
            parent: None,
            differs_because: None,
            merged_into: None,
            details: Some("See *below*.".into()),
            evidence: EvidenceSummary { confidence: 3.6, strength: "fair".into(), ..EvidenceSummary::default() },
            score: None,
            expected_value: None,
            readiness: Readiness::default(),
            rank: None,
            archived: false,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
        };
        let text = as_markdown(&hypothesis, &[], &Catalogue::default(), "/holm/hypotheses/H-7");
        let expected = "## [H-7](/holm/hypotheses/H-7) Show stock\n\n\
            Because **buyers ring \\*twice\\***, we believe that **showing stock**.\n\n\
            - Stage: Idea\n- Area: search\n- Evidence: fair, confidence 3.6\n- Owner: Tom Reyes\n\nSee *below*.\n";
        assert_eq!(text, expected);
    }
}
