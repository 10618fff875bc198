//! What a column of a backlog, or of a file of evidence, can stand for, and the mapping of columns to fields that a person
//! may correct.

use super::Format;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// A part of a hypothesis, or of a piece of evidence, that a column fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportField))]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Because,
    Change,
    Audience,
    Metric,
    Effect,
    Reason,
    Measure,
    Site,
    Area,
    Device,
    Lever,
    Stage,
    Owner,
    Tags,
    Impact,
    Confidence,
    Ease,
    /// A rating of the work that becomes ease, reversed; no number of days.
    Effort,
    DesignDays,
    /// Days of work in general stand here.
    DevelopmentDays,
    Created,
    Finding,
    Kind,
    Source,
    Link,
    ObservedFrom,
    ObservedTo,
    SampleSize,
    /// Numbers of hypotheses.
    Supports,
    Contradicts,
    /// Kept as a line "Header: value".
    Details,
    Ignore,
}

/// Every field with its slug and its name, in the order of a choice list.
const FIELDS: [(Field, &str, &str); 33] = [
    (Field::Title, "title", "Title"),
    (Field::Because, "because", "Because"),
    (Field::Change, "change", "Change"),
    (Field::Audience, "audience", "Audience"),
    (Field::Metric, "metric", "Metric"),
    (Field::Effect, "effect", "Expected effect"),
    (Field::Reason, "reason", "Reason"),
    (Field::Measure, "measure", "Measure of success"),
    (Field::Site, "site", "Site"),
    (Field::Area, "area", "Area"),
    (Field::Device, "device", "Device"),
    (Field::Lever, "lever", "Lever"),
    (Field::Stage, "stage", "Stage"),
    (Field::Owner, "owner", "Owner"),
    (Field::Tags, "tags", "Tags"),
    (Field::Impact, "impact", "Impact"),
    (Field::Confidence, "confidence", "Confidence"),
    (Field::Ease, "ease", "Ease"),
    (Field::Effort, "effort", "Effort (becomes ease, reversed)"),
    (Field::DesignDays, "design_days", "Design days"),
    (Field::DevelopmentDays, "development_days", "Development days"),
    (Field::Created, "created", "Created on"),
    (Field::Finding, "finding", "Finding"),
    (Field::Kind, "kind", "Kind of evidence"),
    (Field::Source, "source", "Source"),
    (Field::Link, "link", "Link to the source"),
    (Field::ObservedFrom, "observed_from", "Observed from"),
    (Field::ObservedTo, "observed_to", "Observed to"),
    (Field::SampleSize, "sample_size", "Sample size"),
    (Field::Supports, "supports", "Supports (H-numbers)"),
    (Field::Contradicts, "contradicts", "Contradicts (H-numbers)"),
    (Field::Details, "details", "Keep in details"),
    (Field::Ignore, "ignore", "Leave out"),
];

/// What a column of evidence can fill, in the order of a choice list.
const OF_EVIDENCE: [Field; 17] = [
    Field::Title,
    Field::Finding,
    Field::Kind,
    Field::Source,
    Field::Link,
    Field::ObservedFrom,
    Field::ObservedTo,
    Field::SampleSize,
    Field::Site,
    Field::Area,
    Field::Device,
    Field::Audience,
    Field::Tags,
    Field::Supports,
    Field::Contradicts,
    Field::Details,
    Field::Ignore,
];

impl Field {
    /// All fields, of whatever file.
    pub fn all() -> impl Iterator<Item = Field> {
        FIELDS.into_iter().map(|(field, _, _)| field)
    }

    /// The fields of a format, in the order of a choice list; arms have none to choose.
    pub fn of(format: Format) -> Vec<Field> {
        match format {
            Format::Backlog => Field::all().filter(|field| !field.is_of_evidence_alone()).collect(),
            Format::Evidence => OF_EVIDENCE.to_vec(),
            Format::Arms => Vec::new(),
        }
    }

    fn is_of_evidence_alone(self) -> bool {
        use Field::*;
        matches!(self, Finding | Kind | Source | Link | ObservedFrom | ObservedTo | SampleSize | Supports | Contradicts)
    }

    /// Whether it holds days.
    pub fn is_dated(self) -> bool {
        matches!(self, Field::Created | Field::ObservedFrom | Field::ObservedTo)
    }

    pub fn slug(self) -> &'static str {
        FIELDS.iter().find(|(field, _, _)| *field == self).map_or("", |(_, slug, _)| slug)
    }

    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, _, _)| *field == self).map_or("", |(_, _, name)| name)
    }

    /// The name in a choice list of this format.
    pub fn name_in(self, format: Format) -> &'static str {
        if self == Field::Details && format == Format::Evidence { "Keep in the finding" } else { self.name() }
    }

    pub fn from_slug(slug: &str) -> Option<Field> {
        FIELDS.iter().find(|(_, known, _)| *known == slug).map(|(field, _, _)| *field)
    }

    /// Whether several columns may fill it.
    pub fn takes_many(self) -> bool {
        matches!(self, Field::Tags | Field::Details | Field::Ignore)
    }

    /// Whether this many columns may fill it: an effect may have its two ends in two.
    pub fn takes(self, columns: usize) -> bool {
        self.takes_many() || columns <= if self == Field::Effect { 2 } else { 1 }
    }

    /// Whether it is part of a score.
    pub fn is_rating(self) -> bool {
        matches!(self, Field::Impact | Field::Confidence | Field::Ease | Field::Effort)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let slug = String::deserialize(deserializer)?;
        Field::from_slug(slug.trim()).ok_or_else(|| {
            let slugs: Vec<&str> = Field::all().map(Field::slug).collect();
            D::Error::custom(format!("a column cannot become “{slug}”; choose one of {}", slugs.join(", ")))
        })
    }
}

/// What a person says about the columns; what is left out is guessed. As JSON:
/// `{"columns": {"0": "title"}, "headers": {"Our idea": "title"}, "header_line": 3, "day_first": true}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ImportMapping))]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// Column, from 0, to field.
    pub columns: BTreeMap<usize, Field>,
    /// Header text to field, for people who write the file by hand; `columns` wins over it.
    pub headers: BTreeMap<String, Field>,
    /// The line of the header, from 1; 0 says that the file has none.
    pub header_line: Option<usize>,
    /// Whether 03/04/2025 is the 3rd of April.
    pub day_first: Option<bool>,
}

impl Mapping {
    /// What the person says of this column.
    pub fn choice(&self, column: usize, header: &str) -> Option<Field> {
        let by_header = || {
            let wanted = header.trim();
            self.headers.iter().find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, field)| *field)
        };
        self.columns.get(&column).copied().or_else(by_header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_lead_back_and_are_the_serialised_form() {
        for field in Field::all() {
            assert_eq!(Field::from_slug(field.slug()), Some(field));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{}\"", field.slug()));
        }
    }

    #[test]
    fn a_mapping_is_read_from_json() {
        let json = r#"{"columns":{"0":"title","4":"effort"},"headers":{"Wer":"owner"},"day_first":true}"#;
        let mapping: Mapping = serde_json::from_str(json).unwrap();
        assert_eq!(mapping.choice(4, ""), Some(Field::Effort));
        assert_eq!(mapping.choice(9, " wer"), Some(Field::Owner));
        let again: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
        assert_eq!(again, mapping);
        assert!(serde_json::from_str::<Mapping>(r#"{"columns":{"0":"titel"}}"#).is_err());
    }
}
