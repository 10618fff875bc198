//! Which column of a paste holds what: by its headings, or by its values where there are none.

use crate::errors::FieldErrors;
use crate::text::{one_line, parse_number, whole_count};
use crate::transfer::records::{Record, forgiving};
use crate::transfer::vocabulary::plain;
use crate::transfer::words;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Variant,
    Metric,
    Device,
    Visitors,
    Conversions,
    Mean,
    Sd,
}

#[rustfmt::skip]
const HEADINGS: [(Role, &str); 7] = [
    (Role::Variant, "|variant|variants|variation|variations|variante|varianten|arm|group|gruppe|groupe|grupo|groep|version|treatment|branch|experience|name|variant name|variation name|bucket|cohort|cell|recipe|opcion|test group|varianter|experiment group|"),
    (Role::Metric, "|metric|metrics|goal|goals|kpi|metrik|kennzahl|ziel|indicateur|objectif|metrique|metrica|objetivo|indicador|doel|metriek|maltal|mal|event|metric name|goal name|"),
    (Role::Device, "|device|devices|device type|device category|geraet|geraete|geraetetyp|appareil|appareils|dispositivo|dispositivos|apparaat|enhed|segment|platform|plattform|"),
    (Role::Visitors, "|visitors|visitor|unique visitors|users|user|n|sessions|visits|impressions|exposures|participants|sample|sample size|total users|total visitors|besucher|nutzer|sitzungen|visiteurs|utilisateurs|visites|sessions uniques|visitantes|usuarios|visitas|bezoekers|gebruikers|besoegende|brugere|trials|count|entrants|uniques|unique users|subjects|"),
    (Role::Conversions, "|conversions|conversion|conv|converted|converters|orders|purchases|transactions|clicks|successes|goals completed|completions|signups|sign ups|leads|bestellungen|konversionen|kaeufe|klicks|abschluesse|conversions totales|commandes|achats|clics|conversiones|pedidos|compras|conversies|bestellingen|aankopen|konverteringer|ordrer|koeb|x|unique conversions|total conversions|"),
    (Role::Mean, "|mean|average|avg|moyenne|mittelwert|durchschnitt|media|promedio|gemiddelde|gennemsnit|middelvaerdi|mean value|per user value|peruservalue|mean per user|mean per visitor|value per visitor|value per user|"),
    (Role::Sd, "|sd|std|stdev|std dev|stddev|standard deviation|ecart type|standardabweichung|desviacion estandar|desviacion tipica|standaardafwijking|standaarddeviatie|standardafvigelse|standard dev|s d|st dev|peruservaluestddev|per user value std dev|sigma|"),
];

/// The lines of a paste as cells; blank lines are left out.
pub fn cut(text: &str) -> Vec<Record> {
    let full = |delimiter: char, text: &str| -> Vec<Record> { forgiving(text, delimiter).into_iter().filter(|r| !r.is_blank()).collect() };
    if text.contains('\t') {
        return full('\t', text);
    }
    let by_gaps = |gap: &str| {
        let line = |line: &str| line.trim().split(gap).map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("\t");
        full('\t', &text.lines().map(line).collect::<Vec<_>>().join("\n"))
    };
    let cuts = [full(';', text), full('|', text), by_gaps("  "), full(',', text), by_gaps(" ")];
    let narrowest = |records: &Vec<Record>| records.iter().map(|record| record.cells.len()).min().unwrap_or(0);
    cuts.into_iter().find(|records| narrowest(records) >= 3).unwrap_or_else(|| full('\t', text))
}

/// The roles of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub header: bool,
    names: Vec<String>,
    roles: Vec<Option<Role>>,
}

impl Layout {
    /// None when there are no rows to look at.
    pub fn find(records: &[Record]) -> Option<Layout> {
        let first = records.first()?;
        let known = first.cells.iter().filter(|cell| heading(cell).is_some()).count();
        let counts = first.cells.iter().filter(|cell| whole_count(cell).is_some()).count();
        if known >= 2 && counts == 0 { Some(Self::by_headings(first)) } else { Self::by_values(records) }
    }

    fn by_headings(header: &Record) -> Layout {
        let mut roles: Vec<Option<Role>> = Vec::new();
        for cell in &header.cells {
            let role = heading(cell).filter(|role| !roles.contains(&Some(*role)));
            roles.push(role);
        }
        // Where no heading says variant, the first column that says nothing else is it.
        if !roles.contains(&Some(Role::Variant))
            && let Some(free) = roles.iter_mut().find(|role| role.is_none())
        {
            *free = Some(Role::Variant);
        }
        Layout { header: true, names: header.cells.iter().map(|cell| one_line(cell)).collect(), roles }
    }

    fn by_values(records: &[Record]) -> Option<Layout> {
        let width = records.iter().map(|record| record.cells.len()).max()?;
        let cells = |column: usize| records.iter().map(move |record| record.cell(column)).filter(|cell| !cell.is_empty());
        let most = |column: usize, test: &dyn Fn(&str) -> bool| cells(column).filter(|cell| test(cell)).count() * 2 > cells(column).count();
        let is_figure =
            |cell: &str| !cell.contains('%') && (whole_count(cell).is_some() || parse_number(cell.trim_matches(['£', '€', '$'])).is_some());
        let mut roles = vec![None; width];
        let device = (0..width).find(|column| most(*column, &|cell| words::device(cell).is_some()));
        let mut words =
            (0..width).filter(|column| Some(*column) != device && most(*column, &|cell| !is_figure(cell) && !cell.contains('%')));
        let variant = words.next().unwrap_or(0);
        let metric = words.next();
        let mut figures = (0..width).filter(|column| *column != variant && most(*column, &is_figure));
        let mut set = |column: Option<usize>, role: Role| {
            if let Some(place) = column.and_then(|column| roles.get_mut(column)) {
                *place = Some(role);
            }
        };
        set(Some(variant), Role::Variant);
        set(device, Role::Device);
        set(metric, Role::Metric);
        set(figures.next(), Role::Visitors);
        let (second, third) = (figures.next(), figures.next());
        let whole = second.is_none_or(|column| cells(column).all(|cell| whole_count(cell).is_some()));
        if whole || third.is_none() {
            set(second, Role::Conversions);
        } else {
            set(second, Role::Mean);
            set(third, Role::Sd);
        }
        Some(Layout { header: false, names: vec![String::new(); width], roles })
    }

    /// Refuses a paste that lacks what figures need.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let has = |role: Role| self.column(role).is_some();
        let figures = has(Role::Conversions) || (has(Role::Mean) && has(Role::Sd));
        let message = "Each row needs a variant, visitors and conversions, or a variant, n, mean and sd.";
        if has(Role::Variant) && has(Role::Visitors) && figures { Ok(()) } else { Err(FieldErrors::one("results", message)) }
    }

    pub fn column(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|one| *one == Some(role))
    }

    pub fn columns(&self, roles: &[Role]) -> Vec<usize> {
        roles.iter().filter_map(|role| self.column(*role)).collect()
    }

    /// The columns that hold nothing of use.
    pub fn left_out(&self) -> Vec<usize> {
        self.roles.iter().enumerate().filter(|(_, role)| role.is_none()).map(|(column, _)| column).collect()
    }

    /// What people call the columns that are left out.
    pub fn ignored(&self) -> Vec<String> {
        self.left_out()
            .into_iter()
            .map(|column| self.names.get(column).filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| (column + 1).to_string()))
            .collect()
    }

    /// What people call the column of a role.
    pub fn name(&self, role: Role) -> String {
        let column = self.column(role);
        let name = column.and_then(|column| self.names.get(column)).filter(|name| !name.is_empty()).cloned();
        name.or_else(|| column.map(|column| format!("column {}", column + 1))).unwrap_or_else(|| "the row".to_owned())
    }
}

fn heading(cell: &str) -> Option<Role> {
    let name = plain(cell);
    let wanted = format!("|{name}|");
    let found = HEADINGS.iter().find(|(_, names)| !name.is_empty() && names.contains(&wanted));
    found.map(|(role, _)| *role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pastes_are_cut_by_whatever_parts_them() {
        for text in
            ["A\t10\t1\nB\t10\t2", "A;10;1\nB;10;2", "A | 10 | 1\nB | 10 | 2", "A  10   1\nB  10   2", "A,10,1\nB,10,2", "A 10 1\nB 10 2"]
        {
            let cells: Vec<Vec<String>> =
                cut(text).iter().map(|record| (0..3).map(|column| record.cell(column).to_owned()).collect()).collect();
            assert_eq!(cells, [["A", "10", "1"], ["B", "10", "2"]], "{text}");
        }
    }

    #[test]
    fn numbered_arms_need_no_header() {
        let layout = Layout::find(&cut("0\t100\t3\n1\t101\t5")).unwrap();
        assert_eq!(layout.columns(&[Role::Variant, Role::Visitors, Role::Conversions]), [0, 1, 2]);
        assert!(!layout.header);
    }
}
