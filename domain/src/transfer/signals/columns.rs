//! Which column holds what, by its heading, in English and German.

use super::SignalColumn;
use crate::errors::FieldErrors;
use crate::signals::Behaviour;
use crate::text::one_line;
use crate::transfer::records::Record;
use crate::transfer::vocabulary::plain;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Page,
    Path,
    Site,
    Area,
    Device,
    Period,
    From,
    To,
    Visits,
    Exits,
    Behaviour(Behaviour),
}

/// What a column of a behaviour counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Exits, as far as its cells are no shares.
    Count,
    /// A share of the exits, by its heading.
    ShareOfExits,
    /// A share of something else, which cannot be turned into exits.
    ShareOfOther,
}

#[rustfmt::skip]
const HEADINGS: [(Role, &str); 10] = [
    (Role::Page, "|page|page name|page title|screen|exit page|name|title|seite|seitenname|seitentitel|ausstiegsseite|bezeichnung|"),
    (Role::Path, "|path|page path|url|page url|address|screen path|landing page path|pfad|seitenpfad|adresse|seiten url|page path and screen class|page location|"),
    (Role::Site, "|site|shop|website|property|auftritt|webseite|"),
    (Role::Area, "|area|bereich|section of the site|seitenbereich|"),
    (Role::Device, "|device|devices|device type|device category|geraet|geraete|geraetetyp|geraetekategorie|"),
    (Role::Period, "|period|date range|dates|zeitraum|periode|"),
    (Role::From, "|from|start|start date|first day|period from|von|ab|beginn|startdatum|"),
    (Role::To, "|to|until|end|end date|last day|period to|bis|ende|enddatum|"),
    (Role::Visits, "|visits|visit|sessions|page visits|views|page views|pageviews|visitors|besuche|besuch|sitzungen|aufrufe|seitenaufrufe|besucher|"),
    (Role::Exits, "|exits|exit|exited|visits that ended here|ausstiege|ausstieg|absprungseite|ausgestiegen|"),
];

/// The words of a behaviour within a heading.
const BEHAVIOURS: [(Behaviour, &[&str]); 3] = [
    (Behaviour::Hesitation, &["hesitation", "hesitations", "hesitated", "hesitate", "zoegern", "gezoegert"]),
    (Behaviour::ScrollLoop, &["scroll loop", "scroll loops", "scrollschleife", "scrollschleifen", "scroll schleife", "scroll schleifen"]),
    (
        Behaviour::ExitIntent,
        &["exit intent", "exit intents", "intent to exit", "leave intent", "ausstiegsabsicht", "exit absicht", "verlassensabsicht"],
    ),
];

/// The columns of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    names: Vec<String>,
    roles: Vec<Option<Role>>,
    measures: Vec<Measure>,
}

impl Layout {
    /// How many headings a record has.
    pub fn known(record: &Record) -> usize {
        record.cells.iter().filter(|cell| role_of(cell).is_some()).count()
    }

    /// The columns below these headings; refused where what a row needs is missing.
    pub fn of(header: &Record) -> Result<Layout, FieldErrors> {
        let mut roles: Vec<Option<Role>> = Vec::new();
        let mut errors = FieldErrors::default();
        for cell in &header.cells {
            let role = role_of(cell);
            if let Some(twin) = role.and_then(|role| roles.iter().position(|one| *one == Some(role))) {
                let first = header.cells.get(twin).map(|name| one_line(name)).unwrap_or_default();
                let message = format!("Line {}: the columns “{first}” and “{}” say the same. Leave one out.", header.line, one_line(cell));
                errors.add("file", message);
            }
            roles.push(role);
        }
        let names = header.cells.iter().map(|cell| one_line(cell)).collect();
        let measures = header.cells.iter().map(|cell| measure_of(cell)).collect();
        let layout = Layout { names, roles, measures };
        let has = |role: Role| layout.column(role).is_some();
        errors.require(has(Role::Page) || has(Role::Path), "file", format!("Line {}: no column is headed page or path.", header.line));
        errors.require(has(Role::Visits), "file", format!("Line {}: no column is headed visits.", header.line));
        errors.require(has(Role::Exits), "file", format!("Line {}: no column is headed exits.", header.line));
        errors.into_result(layout)
    }

    pub fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|one| *one == Some(role))
    }

    pub fn columns(&self, roles: &[Role]) -> Vec<usize> {
        roles.iter().filter_map(|role| self.column(*role)).collect()
    }

    /// What people call the column of a role; empty where there is none.
    pub fn name(&self, role: Role) -> String {
        self.column(role).and_then(|column| self.names.get(column)).cloned().unwrap_or_default()
    }

    pub fn measure(&self, role: Role) -> Measure {
        self.column(role).and_then(|column| self.measures.get(column)).copied().unwrap_or(Measure::Count)
    }

    /// Whether the heading of a column itself says that its numbers are percents.
    pub fn in_percent(&self, role: Role) -> bool {
        self.name(role).contains('%') || plain(&self.name(role)).split(' ').any(|word| matches!(word, "percent" | "prozent"))
    }

    /// The columns as a person sees them.
    pub fn shown(&self) -> Vec<SignalColumn> {
        let named = self.names.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let field = |role: Role| match role {
            Role::Page => "page",
            Role::Path => "path",
            Role::Site => "site",
            Role::Area => "area",
            Role::Device => "device",
            Role::Period => "period",
            Role::From => "from",
            Role::To => "to",
            Role::Visits => "visits",
            Role::Exits => "exits",
            Role::Behaviour(behaviour) => behaviour.slug(),
        };
        named
            .map(|(column, header)| SignalColumn {
                header: header.clone(),
                field: self.roles.get(column).copied().flatten().map(|role| field(role).to_owned()),
            })
            .collect()
    }
}

fn role_of(cell: &str) -> Option<Role> {
    let name = plain(cell);
    if name.is_empty() || name.len() > 80 {
        return None;
    }
    let padded = format!(" {name} ");
    let said = |words: &[&str]| words.iter().any(|word| padded.contains(&format!(" {word} ")));
    if let Some((behaviour, _)) = BEHAVIOURS.iter().find(|(_, words)| said(words)) {
        return Some(Role::Behaviour(*behaviour));
    }
    let wanted = format!("|{name}|");
    HEADINGS.iter().find(|(_, names)| names.contains(&wanted)).map(|(role, _)| *role)
}

/// "Scroll loop, % of exits" is a share of the exits; "% of visits" one of something else.
fn measure_of(cell: &str) -> Measure {
    let name = format!(" {} ", plain(cell));
    let has = |words: &[&str]| words.iter().any(|word| name.contains(&format!(" {word} ")));
    let share = cell.contains('%') || has(&["share", "rate", "percent", "anteil", "quote", "prozent"]);
    let of_exits = has(&["of exits", "of all exits", "der ausstiege", "aller ausstiege", "an den ausstiegen"]);
    let of_visits = has(&["of visits", "of all visits", "of sessions", "of views", "der besuche", "aller besuche", "der sitzungen"]);
    match (share, of_exits, of_visits) {
        (true, true, false) => Measure::ShareOfExits,
        (true, _, _) => Measure::ShareOfOther,
        (false, _, _) => Measure::Count,
    }
}
