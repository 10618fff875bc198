//! Rows from a file or a paste: seen before, then all or none of them behind one event.

use super::latest::PATHS;
use super::rows::{signal, to_device};
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::errors::Result;
use crate::sites::today_at;
use crate::time::from_day;
use crate::transfer::shown_name;
use domain::activity::Subject;
use domain::signals::overlap;
use domain::transfer::Remark;
use domain::transfer::signals::{SignalDefaults, SignalsPreview, preview};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeSet, HashMap};

use signal::Column;

impl Scope<Contribute> {
    /// What an import would do; rows that cover days of a stored one are errors too.
    pub async fn preview_signals(&self, bytes: &[u8], defaults: &SignalDefaults) -> Result<SignalsPreview> {
        self.read_signals_of(&self.store.read, bytes, defaults).await
    }

    /// Keeps every row of a file, or none; answers the numbers of the first and the last.
    pub async fn import_signals(&self, file_name: &str, bytes: &[u8], defaults: &SignalDefaults) -> Result<(i64, i64)> {
        let tx = self.begin().await?;
        let found = self.read_signals_of(&tx, bytes, defaults).await?;
        let rows = found.ready()?;
        let contents: Vec<_> = rows.iter().map(|row| row.content.clone()).collect();
        let first = self.insert_signals(&tx, &contents).await?;
        let last = first + i64::try_from(contents.len()).unwrap_or(1) - 1;
        self.renew_latest(&tx, &contents.iter().map(|content| content.path.clone()).collect()).await?;
        let number = if first == last { first.to_string() } else { format!("{first}–{last}") };
        let file_name = shown_name(file_name);
        let rows = if first == last { "1 row".to_owned() } else { format!("{} rows", contents.len()) };
        let event = NewEvent::new(Subject::Signal, &number, "imported", format!("{rows} from {file_name}"));
        self.record(&tx, event.changes(None::<&()>, Some(defaults))?).await?;
        tx.commit().await?;
        Ok((first, last))
    }

    async fn read_signals_of(&self, db: &impl ConnectionTrait, bytes: &[u8], defaults: &SignalDefaults) -> Result<SignalsPreview> {
        let catalogue = self.catalogue_from(db).await?;
        let now = self.now();
        let mut found = preview(bytes, defaults, &catalogue, |site| today_at(&catalogue, Some(site), now))?;
        self.name_overlaps(db, &mut found).await?;
        Ok(found)
    }

    async fn name_overlaps(&self, db: &impl ConnectionTrait, found: &mut SignalsPreview) -> Result<()> {
        let paths: BTreeSet<&str> = found.rows.iter().map(|row| row.content.path.as_str()).collect();
        let paths: Vec<&str> = paths.into_iter().collect();
        let mut held: HashMap<_, Vec<_>> = HashMap::new();
        for some in paths.chunks(PATHS) {
            let here = signal::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id)).filter(Column::Archived.eq(false));
            for row in here.filter(Column::Path.is_in(some.iter().copied())).all(db).await? {
                let period = (from_day(row.period_from), from_day(row.period_to));
                held.entry((row.site, row.path, to_device(row.device))).or_default().push(period);
            }
        }
        let mut errors = Vec::new();
        for row in &found.rows {
            let content = &row.content;
            let key = (content.site.clone(), content.path.clone(), content.device);
            let periods = held.get(&key).map(Vec::as_slice).unwrap_or_default();
            if let Some((from, to)) = periods.iter().find(|(from, to)| *from <= content.to && content.from <= *to) {
                errors.push(Remark { line: row.line, column: String::new(), message: overlap(content, *from, *to) });
            }
        }
        found.errors.extend(errors);
        found.errors.sort_by_key(|error| error.line);
        Ok(())
    }
}
