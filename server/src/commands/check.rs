//! `check`: whether everything stored is true.

use super::Stop;
use super::place::Place;
use store::Store;

/// So many findings are listed; the rest is counted.
const LISTED: usize = 200;

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn print(line: &str) {
    println!("{line}");
}

/// Lists what is off on standard output and refuses if anything is. Changes nothing.
pub async fn run(place: &Place) -> Result<(), Stop> {
    let findings = Store::open_as_it_is(&place.url).await?.with_files_in(&place.folder).check().await?;
    if findings.is_empty() {
        print("All is well: the database, what is derived in it, the search index, and the files of attachments.");
        return Ok(());
    }
    findings.iter().take(LISTED).for_each(|finding| print(finding));
    let more = findings.len().saturating_sub(LISTED);
    let more = if more > 0 { format!(", of which {more} are not listed") } else { String::new() };
    let count = findings.len();
    Err(Stop::Refused(format!("{count} {} off{more}.", if count == 1 { "thing is" } else { "things are" })))
}
