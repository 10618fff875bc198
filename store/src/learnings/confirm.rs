//! "Still true": a learning that somebody has looked at again needs no re-check until its areas change once more.

use super::rows::learning;
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::errors::Result;
use crate::sites::today_at;
use crate::time::{from_day, to_day, to_micros};
use domain::activity::Subject;
use domain::evidence::StillTrue;
use domain::learnings::Learning;
use sea_orm::{ActiveValue::Set, EntityTrait};

impl Scope<Contribute> {
    /// Keeps that a learning holds as of today at its site; the note stays in its history.
    pub async fn confirm_learning(&self, number: &str, said: &StillTrue) -> Result<Learning> {
        let tx = self.begin().await?;
        let row = self.learning_row(&tx, number).await?;
        let note = said.check()?;
        let today = today_at(&self.catalogue_from(&tx).await?, row.site.as_deref(), self.now());
        let changed = learning::ActiveModel {
            id: Set(row.id),
            confirmed_day: Set(Some(to_day(today))),
            version: Set(row.version + 1),
            updated_at: Set(to_micros(self.now())),
            ..learning::ActiveModel::default()
        };
        learning::Entity::update(changed).exec(&tx).await?;
        let told = format!("Still true on {}", today.format("%-d %b %Y"));
        let event = NewEvent::new(Subject::Learning, number, "confirmed", told).because(note);
        self.record(&tx, event.changes(Some(&row.confirmed_day.map(from_day)), Some(&today))?).await?;
        tx.commit().await?;
        self.learning(number).await
    }
}
