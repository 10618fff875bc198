//! Amounts of work, such as "3 days", "2 weeks" or "Aufwand (PT)", as days of one person.

use super::field::Field;
use super::vocabulary::plain;

/// Days in a unit, and the words for the unit.
const UNITS: [(f64, &str); 4] = [
    (
        1.0,
        " day days d pd md mandays tag tage tagen personentage personentag manntage pt jour jours j jh dia dias dag dagen dage giorno giorni giornate giornata gg journee journees jornada jornadas ",
    ),
    (5.0, " week weeks w wk wks pw woche wochen semaine semaines semana semanas weken uge uger settimana settimane "),
    (20.0, " month months monat monate mois mes meses maand maanden maaned mesi "),
    (0.125, " hour hours h hr hrs stunde stunden std heure heures hora horas uur uren time timer ora ore "),
];
/// Words that make an amount the work's.
const WORK: &str = " effort aufwand charge esfuerzo inspanning indsats sforzo work werk arbeit travail trabajo lavoro arbejde person persons \
                    people man mensch dev development developer build engineering eng tech entwicklung developpement desarrollo ontwikkeling \
                    sviluppo udvikling pt pd md pw jh estimate estimation schaetzung ";
const DESIGN: &str = " design designer ux ui konzept gestaltung conception diseno ontwerp progettazione grafik maquette maquettes mockup mockups wireframe wireframes prototype ";
/// Words of amounts of time that are no work.
const WAITING: &str = " run running runtime duration dauer laufzeit duree duracion duur durata varighed test live since age lead cycle sample waiting \
                       ago old per to until till left sales ";

/// The field for a heading that counts work, such as "Dev days"; none for other headings.
pub fn field(header: &str) -> Option<Field> {
    let words = words_of(header);
    let has = |list: &str| words.iter().any(|word| list.contains(&format!(" {word} ")));
    unit(header)?;
    let bare = words.len() == 1;
    match (has(DESIGN), has(WORK) || is_compound(&words)) {
        _ if has(WAITING) => None,
        (true, _) => Some(Field::DesignDays),
        (false, true) => Some(Field::DevelopmentDays),
        (false, false) => (bare && words.iter().any(|word| word.len() > 3)).then_some(Field::DevelopmentDays),
    }
}

/// Whether a heading is about work, such as "Dev estimate"; its cells must name the unit then.
pub fn is_work(header: &str) -> bool {
    let words = words_of(header);
    words.iter().any(|word| WORK.contains(&format!(" {word} "))) && !words.iter().any(|word| WAITING.contains(&format!(" {word} ")))
}

/// "Entwicklungsaufwand", "Personentage".
fn is_compound(words: &[String]) -> bool {
    words.iter().any(|word| word.ends_with("aufwand") || word.starts_with("personen") || word.starts_with("entwicklung"))
}

fn words_of(text: &str) -> Vec<String> {
    plain(text).split(' ').map(str::to_owned).collect()
}

/// The days in the unit that a heading names; where it names two, as in "j/h", the longer name of work wins.
fn unit(header: &str) -> Option<f64> {
    let words = words_of(header);
    // A lone letter among many words is none: "What we'd do about it".
    let counts = |word: &&String| word.len() > 1 || words.len() <= 3;
    let named = |(_, names): &&(f64, &str)| words.iter().filter(counts).any(|word| names.contains(&format!(" {word} ")));
    UNITS.iter().find(named).map(|(days, _)| *days)
}

/// The days that a cell counts: in its own unit, else in that of its heading, else in days.
pub fn days(cell: &str, header: &str) -> Option<f64> {
    let text = cell.trim().replace(',', ".").to_lowercase();
    let text = text.trim_start_matches(['~', '≈', '<', '>']).trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let number: f64 = number.parse().ok()?;
    let rest = rest.trim().trim_end_matches('.');
    let factor = if rest.is_empty() { unit(header).unwrap_or(1.0) } else { unit(rest).filter(|_| words_of(rest).len() <= 2)? };
    Some(number * factor).filter(|days| days.is_finite() && (0.0..=10_000.0).contains(days))
}

/// Whether the cell says just this number of days.
pub fn is_plain(cell: &str, days: f64) -> bool {
    super::scale::rating(cell).is_some_and(|value| (value - days).abs() < 1e-9)
}

/// "1 day", "2.5 days".
pub fn in_words(days: f64) -> String {
    if (days - 1.0).abs() < 1e-9 { "1 day".to_owned() } else { format!("{days} days") }
}

/// Whether the cell names a time with its unit, such as "3 days".
pub fn is_span(cell: &str) -> bool {
    cell.contains(char::is_alphabetic) && days(cell, "").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_work_are_told_from_other_times() {
        for (header, wanted) in [
            ("Aufwand (PT)", Some(Field::DevelopmentDays)),
            ("Charge (j/h)", Some(Field::DevelopmentDays)),
            ("Werk (dagen)", Some(Field::DevelopmentDays)),
            ("Person-days", Some(Field::DevelopmentDays)),
            ("Effort (person-weeks)", Some(Field::DevelopmentDays)),
            ("Days", Some(Field::DevelopmentDays)),
            ("Design days", Some(Field::DesignDays)),
            ("UX effort in days", Some(Field::DesignDays)),
            ("Test duration (days)", None),
            ("Days to convert", None),
            ("Effort", None),
            ("H", None),
            ("What we'd do about it", None),
        ] {
            assert_eq!(field(header), wanted, "{header}");
        }
    }

    #[test]
    fn every_unit_becomes_days() {
        for (cell, header, wanted) in [
            ("3,5", "Aufwand (PT)", Some(3.5)),
            ("2", "Effort (person-weeks)", Some(10.0)),
            ("2 weeks", "Effort", Some(10.0)),
            ("4h", "Effort (days)", Some(0.5)),
            ("0.5 j/h", "Charge", Some(0.5)),
            ("~3", "Days", Some(3.0)),
            ("a lot", "Days", None),
            ("2 or 3 sprints", "Days", None),
            ("-2", "Days", None),
        ] {
            assert_eq!(days(cell, header), wanted, "{cell} under {header}");
        }
    }
}
