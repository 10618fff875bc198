//! What an import by command line says: what was understood, what is wrong, what was made.

use domain::transfer::{ArmsPreview, ArmsTarget, Grouped, Imported, Preview, Remark, grouped};

/// What the tests of a file come to, before anything is written.
pub fn computed(preview: &ArmsPreview) -> String {
    let summary = preview.summary();
    let outcomes: Vec<String> =
        summary.outcomes.iter().map(|(outcome, count)| format!("{count} {}", outcome.name().to_lowercase())).collect();
    let ArmsTarget { site, metric } = &preview.target;
    let mut lines = vec![
        format!("Conversions are: {metric} of the site {site}"),
        format!(
            "Tests: {} with {} arms; the first arm of each stands as comparison, not as a documented control",
            summary.tests, summary.arms
        ),
        format!("Outcomes, computed from the counts: {}", outcomes.join(", ")),
        format!("Not split equally (p < 0.001): {} of {}", summary.split_fails, summary.tests),
    ];
    for (heading, counts) in &summary.split_by {
        lines.extend(counts.iter().map(|one| format!("  {heading} {}: {} of {}", one.value, one.fail, one.tests)));
    }
    lines.push("They stay out of the win rate and of impact until somebody says that one counts.".into());
    lines.join("\n")
}

pub fn site_added(site: &str) -> String {
    format!("The workspace had no site: “{site}” was added, in GBP. Change it on the settings page.")
}

/// What was understood of the file, before anything is written.
pub fn understood<R>(preview: &Preview<R>) -> String {
    let delimiter = match preview.delimiter {
        '\t' => "tab".to_owned(),
        ',' => "comma".to_owned(),
        ';' => "semicolon".to_owned(),
        other => format!("“{other}”"),
    };
    let header = if preview.header_line == 0 { "none".to_owned() } else { format!("line {}", preview.header_line) };
    let mark = if preview.bom { " with its mark" } else { "" };
    let mut lines =
        vec![format!("Encoding: {}{mark}; delimiter: {delimiter}; header: {header}", preview.encoding.slug()), "Columns:".into()];
    for (column, read) in preview.columns.iter().enumerate() {
        lines.push(format!("  {} -> {}", preview.column_name(column), read.field.slug()));
    }
    lines.extend(preview.rescales.iter().map(|rescale| format!("{}: {}", rescale.column, rescale.message)));
    lines.push(format!("Rows: {}, of which {} can be imported", preview.records, preview.rows.len()));
    lines.extend(grouped(&preview.notices).iter().map(|notice| format!("Note, {}", said(&notice.where_said(), notice))));
    lines.join("\n")
}

fn said(place: &str, remark: &Grouped) -> String {
    let column = if remark.column.is_empty() { String::new() } else { format!(", column \"{}\"", remark.column) };
    format!("{place}{column}: {}", remark.message)
}

pub fn refusal<R>(preview: &Preview<R>) -> String {
    let line = |error: &Remark| {
        let one = Grouped { column: error.column.clone(), message: error.message.clone(), lines: vec![error.line] };
        said(&one.where_said(), &one)
    };
    let mut lines: Vec<String> = preview.errors.iter().map(line).collect();
    let count = lines.len();
    lines.push(format!("Nothing was written: {count} {}.", if count == 1 { "error" } else { "errors" }));
    lines.join("\n")
}

pub fn hypotheses(count: usize) -> String {
    format!("{count} {}", if count == 1 { "hypothesis" } else { "hypotheses" })
}

/// "H-1 to H-12".
pub fn span(numbers: &[String]) -> String {
    match numbers {
        [first, .., last] => format!("{first} to {last}"),
        [one] => one.clone(),
        [] => String::new(),
    }
}

pub fn told(done: &Imported, person: Option<&str>, named: bool) -> String {
    let mut lines = Vec::new();
    if let Some(site) = &done.new_site {
        lines.push(site_added(site));
    }
    if let (Some(person), false) = (person, named) {
        lines.push(format!("Done in the name of {person}, the workspace’s first owner. Name somebody else with --as."));
    }
    let scored = if done.scored > 0 { format!(", {} of them scored", done.scored) } else { String::new() };
    lines.push(format!("Import {}: made {}{scored}: {}", done.number, hypotheses(done.hypotheses.len()), span(&done.hypotheses)));
    lines.join("\n")
}

pub fn findings(count: usize) -> String {
    format!("{count} {} of evidence", if count == 1 { "piece" } else { "pieces" })
}
