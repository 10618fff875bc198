//! What an import says of small files with one peculiarity each, and what it takes from them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod transfer_cast;

use chrono::NaiveDate;
use domain::transfer::{Field, Mapping, Preview, preview};
use transfer_cast::{catalogue, members};

fn read(file: &str) -> Preview {
    let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
    preview(file.as_bytes(), None, &catalogue(), &members(), today).unwrap_or_else(|errors| panic!("{file}: {errors}"))
}

/// All sentences about the file: errors, then notices.
fn said(found: &Preview) -> String {
    found.errors.iter().chain(&found.notices).map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_peculiar_is_said() {
    for (file, wanted) in [
        (
            "Title,Potential,Importance,Ease\nShow prices,8,7,6\n",
            "These are PIE scores (potential, importance, ease). A file brings scores by ICE alone for now",
        ),
        ("Title,Impact,Confidence,Doable\nShow prices,8,7,6\n", "The file has no column for ease; “Doable” could be it."),
        (
            "Title,Impact,Confidence,Ease\nA,8?,7-8,6\n",
            "Line 2, Impact: “8?” is read as 8.\nLine 2, Confidence: “7-8” is read as 7.5, rounded to 8.",
        ),
        ("Title,Impact,Confidence,Ease\nA,8,tbc,6\nB,1,2,9\n", "Line 2, Confidence: “tbc” counts as empty, so there is no score"),
        (
            "Title,Impact,Confidence,Ease\nA,8,7,60\nB,1,2,9\n",
            "Line 2, Ease: 60 is outside 1 to 10. A rating from 1 to 10 is meant; days of work have a field of their own",
        ),
        (
            "Title,Impact,Confidence,Effort\nA,8,7,60\nB,1,2,90\n",
            "Effort is a rating from 1 to 10, and this is none, so it is kept in the details. For days of work choose",
        ),
        ("Ref,Title,Because\nA-1,One,x\nA-1,Two,y\n", "Line 3, Ref: “A-1” stands on line 2 as well; both rows are imported."),
        (
            "Title,KPI,Uplift\nA,Nights slept,+3%\n",
            "Line 2, Uplift: An effect needs a metric that is known here; this one is kept as text in the details.",
        ),
        ("Title,Created\nA,w/c 9 Feb 2026\n", "Line 2, Created: “w/c 9 Feb 2026” is read as 2026-02-09, the Monday of that week."),
        ("Title,Created\nA,Feb 2026\nB,TBC\n", "Line 2, Created: “Feb 2026” is read as 2026-02-01, the first of that month."),
        ("Title,Created\nA,soon\nB,later\nC,2026-02-03\n", "Line 1, Created: 2 cells are no dates, so the column is kept in the details."),
        ("Title,Created\nA,04/05/2026\n", "Say which under Dates above the table, or as day_first in the file for --map."),
        ("Title,Because\nA,CafÃ© guests leave\n", "Line 2: Some letters look wrong, as if the file were in another encoding."),
        ("Title,Status\nA,Done - won\n", "“Done - won” follows from a test and cannot be imported: it becomes Idea"),
        ("Title,Dev days\nA,a lot\nB,3\n", "Line 2, Dev days: “a lot” is no number of days; it is kept in the details."),
    ] {
        let told = said(&read(file));
        assert!(told.contains(wanted), "{file}\n{told}");
    }
}

#[test]
fn words_for_nothing_are_nothing() {
    let found = read("Title,Because,Owner,Created,Metric,Uplift,Device\nA,tbc,TBC,n/a,?,?,k. A.\n");
    assert_eq!(said(&found), "");
    assert_eq!((&found.rows[0].draft.statement.because, &found.rows[0].draft.details), (&None, &None));
}

#[test]
fn notes_below_the_table_are_no_ideas() {
    let row = |title: &str| format!("{title},Survey says so,Show it,8,7,6\n");
    let table = format!("Title,Because,Change,Impact,Confidence,Ease\n{}{}", row("Show prices"), row("Show stock"));
    let found = read(&format!("{table},,,,,\nNOTES,,,,,\nTotal ideas: 2,,,,,\n"));
    assert_eq!((found.rows.len(), found.records), (2, 2));
    let lines: Vec<usize> =
        found.notices.iter().filter(|notice| notice.message.contains("reads as a note")).map(|notice| notice.line).collect();
    assert_eq!(lines, [5, 6]);
    // Without blank rows above it, a bare title is an idea somebody has only just had.
    assert_eq!(read(&format!("{table}Show both,,,,,\n")).rows.len(), 3);
}

#[test]
fn links_are_never_a_part_of_the_statement() {
    let found = read("Idea,Evidence,Reason\nShow the price on the tile,https://a.example/1,https://b.example/1\n");
    assert_eq!(found.columns.iter().map(|column| column.field).collect::<Vec<_>>(), [Field::Title, Field::Details, Field::Details]);
}

#[test]
fn days_and_both_ends_of_an_effect_are_taken() {
    let found = read("Title,Metric,Lowest uplift %,Highest uplift %,UX days,Build (weeks)\nShow prices,Conversion rate,2%,5%,1.5,2\n");
    let draft = &found.rows[0].draft;
    let effect = draft.statement.effect.as_ref().unwrap();
    assert_eq!((effect.low, effect.high), (Some(0.02), Some(0.05)));
    assert_eq!((draft.effort.design_days, draft.effort.development_days), (Some(1.5), Some(10.0)));
}

#[test]
fn a_wrong_name_in_a_mapping_names_the_right_ones() {
    let error = serde_json::from_str::<Mapping>(r#"{"headers":{"Our idea":"titel"}}"#).unwrap_err().to_string();
    assert!(error.starts_with("a column cannot become “titel”; choose one of title, because, change"), "{error}");
}
