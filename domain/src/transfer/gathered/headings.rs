//! What teams write above the columns of a research log, and which column therefore says what. All in the form of
//! [`plain`].

use crate::transfer::field::Field::{self, *};
use crate::transfer::guess::Seen;
use crate::transfer::vocabulary::{meanings, plain};
use std::collections::BTreeMap;

/// Headings separated by bars, what they mean of evidence, and how strongly.
#[rustfmt::skip]
const HEADINGS: &[(&str, Field, u8)] = &[
    ("evidence title|finding title|insight title|headline", Title, 100),
    ("finding|findings|observation|observations|insight|insights|what we saw|what did we see|what we learned|what we learnt|what we found|key finding|key findings|key insight|evidence|erkenntnis|erkenntnisse|befund|befunde|beobachtung|beobachtungen|constat|constats|hallazgo|hallazgos|bevinding|bevindingen|osservazione|osservazioni|observacion|observaciones|fund", Finding, 90),
    ("description|details|notes|finding details|full finding|beschreibung|descripcion|beschrijving|beskrivelse", Finding, 50),
    ("kind|kind of evidence|evidence kind|evidence type|type of evidence|type of research|research type|source type|research method|art der evidenz|art des belegs|type de preuve|tipo de evidencia|soort bewijs", Kind, 100),
    ("type|method|methodology|methode|methode de recherche|metodo|art|typ|tipo|soort|research", Kind, 80),
    ("category|channel", Kind, 40),
    ("source|sources|source name|tool|tools|study|study name|tool or study|data source|quelle|quellen|studie|outil|etude|fuente|estudio|herramienta|bron|fonte|strumento|kilde", Source, 90),
    ("link|links|url|source link|source url|link to source|link to the source|report|report link|link to report|lien|enlace|verknuepfung", Link, 90),
    ("observed from|from|start|start date|first observed|first seen|period start|date from|from date|period|observed|observed between|date range|dates|zeitraum|von|seit|beginn|periode|periodo|du|desde|vanaf", ObservedFrom, 90),
    ("observed to|observed until|to|until|end|end date|last observed|last seen|period end|date to|to date|bis|ende|au|hasta|tot", ObservedTo, 90),
    ("observed on|date observed|observation date|research date|date of research|date|when|month|date published|published on|datum|fecha|dato|data|wann|quand", ObservedTo, 70),
    ("sample size|sample|n|respondents|participants|responses|sessions|number of respondents|number of participants|number of users|number of responses|base size|stichprobe|stichprobengroesse|teilnehmer|echantillon|taille de l echantillon|muestra|tamano de la muestra|steekproef|campione|antal svar", SampleSize, 90),
    ("supports|supporting|supports hypothesis|supports hypotheses|for hypothesis|for hypotheses|hypothesis supported|hypotheses supported|unterstuetzt|belegt|soutient|apoya|ondersteunt", Supports, 100),
    ("hypothesis|hypotheses|hypothesis id|hypothesis number|linked hypothesis|linked hypotheses|related hypothesis|related hypotheses|linked to", Supports, 60),
    ("contradicts|contradicting|contradicts hypothesis|contradicts hypotheses|against|against hypothesis|refutes|speaks against|widerspricht|contredit|contradice|weerspreekt", Contradicts, 100),
];
/// Headings that by themselves say that the rows are evidence.
const TELLING: &str = "|kind of evidence|evidence kind|evidence type|type of evidence|evidence title|finding title|";
/// What only plans have, and evidence never.
const OF_PLANS: [Field; 10] = [Change, Metric, Effect, Measure, Lever, Stage, Impact, Confidence, Ease, Effort];

fn known(heading: &str) -> Option<(Field, u8)> {
    let bare = heading.split(['(', '[']).next().unwrap_or(heading);
    let find = |name: String| HEADINGS.iter().find(|(names, _, _)| names.split('|').any(|one| one == name));
    let found = find(plain(heading)).or_else(|| find(plain(bare)));
    found.map(|(_, field, strength)| (*field, *strength))
}

/// Whether a cell reads like a heading of evidence that no backlog has, for telling the line of the headings.
pub fn is_heading(cell: &str) -> bool {
    matches!(known(cell), Some((Kind | Source | SampleSize | Supports | Contradicts | ObservedFrom | ObservedTo, 90..)))
}

/// Whether these are the headings of a file of evidence rather than of a backlog.
pub fn is_evidence(header: &[String]) -> bool {
    let telling = header.iter().any(|heading| TELLING.contains(&format!("|{}|", plain(heading))));
    let has =
        |wanted: Field| header.iter().any(|heading| known(heading).is_some_and(|(field, strength)| field == wanted && strength >= 80));
    let plans = |heading: &String| {
        let first = meanings(heading).into_iter().next();
        first.is_some_and(|meaning| meaning.strength >= 80 && OF_PLANS.contains(&meaning.field)) && known(heading).is_none()
    };
    let marks = [Kind, Source, SampleSize, ObservedFrom, ObservedTo, Supports, Contradicts];
    let marks = marks.into_iter().filter(|field| has(*field)).count();
    !header.iter().any(plans) && (telling || (has(Finding) && marks >= 2) || (has(Kind) && marks >= 3))
}

/// The field of every column. `said` stands; of several columns the one that says it most clearly gets the field.
pub fn guess(columns: &[Seen], said: &BTreeMap<usize, Field>) -> BTreeMap<usize, Field> {
    let mut claims: Vec<(usize, Field, u8)> = Vec::new();
    for (column, seen) in columns.iter().enumerate().filter(|(column, _)| !said.contains_key(column)) {
        claims.extend(claim(seen).map(|(field, strength)| (column, field, strength)));
    }
    claims.sort_by_key(|(column, _, strength)| (std::cmp::Reverse(*strength), *column));
    let mut fields = said.clone();
    for (column, field, _) in claims {
        let count = 1 + fields.values().filter(|one| **one == field).count();
        if field.takes(count) {
            fields.insert(column, field);
        }
    }
    for column in 0..columns.len() {
        fields.entry(column).or_insert(Details);
    }
    // A log without titles has findings that are short enough to be them.
    let titled = fields.values().any(|field| *field == Title);
    let finding = fields.iter().find(|(column, field)| **field == Finding && !said.contains_key(column)).map(|(column, _)| *column);
    if let Some(column) = finding.filter(|_| !titled) {
        fields.insert(column, Title);
    }
    fields
}

/// What a column may fill by its heading, and by its cells where those must bear it out.
fn claim(seen: &Seen) -> Option<(Field, u8)> {
    let own = known(seen.header).filter(|(field, strength)| !matches!(field, Supports | Contradicts) || *strength > 60 || names_some(seen));
    own.or_else(|| {
        let meaning = meanings(seen.header).into_iter().next()?;
        let field = match meaning.field {
            Because => Finding,
            Created => return Some((ObservedTo, 30)),
            field @ (Title | Site | Area | Device | Audience | Tags | Ignore) => field,
            _ => return None,
        };
        Some((field, meaning.strength))
    })
}

/// Whether cells name hypotheses by number.
fn names_some(seen: &Seen) -> bool {
    seen.cells.iter().any(|cell| super::row::is_number(cell.split([',', ' ', ';']).next().unwrap_or_default()))
}
