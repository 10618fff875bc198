//! "Still true": evidence that somebody has looked at again counts from that day.

use super::renewal::Cause;
use super::rows::evidence;
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::json;
use crate::sites::today_at;
use crate::time::{from_day, to_day, to_micros};
use domain::activity::Subject;
use domain::evidence::{Evidence, StillTrue};
use sea_orm::{ActiveValue::Set, EntityTrait};

impl Scope<Contribute> {
    /// Dates a piece of evidence to today at its site; the earlier date and the note stay in its history.
    pub async fn confirm_evidence(&self, number: &str, said: &StillTrue) -> Result<Evidence> {
        let tx = self.begin().await?;
        let row = self.evidence_row(&tx, number).await?;
        let note = said.check()?;
        if row.archived {
            return Err(StoreError::conflict(format!("{number} is archived. Restore it before you say that it is still true.")));
        }
        let today = today_at(&self.catalogue_from(&tx).await?, row.site.as_deref(), self.now());
        let areas: Vec<String> = json::from_text(&row.areas)?;
        let by = self.live_changes(&tx).await?.halving(row.site.as_deref(), &areas, today);
        let changed = evidence::ActiveModel {
            id: Set(row.id),
            observed_to: Set(Some(to_day(today))),
            observed_day: Set(to_day(today)),
            halved: Set(by.is_some()),
            halved_by: Set(by),
            version: Set(row.version + 1),
            updated_at: Set(to_micros(self.now())),
            ..evidence::ActiveModel::default()
        };
        evidence::Entity::update(changed).exec(&tx).await?;
        let told = format!("Still true: observed {} → {}", from_day(row.observed_day).format("%-d %b %Y"), today.format("%-d %b %Y"));
        let event = NewEvent::new(Subject::Evidence, number, "confirmed", told).because(note);
        self.record(&tx, event.changes(Some(&from_day(row.observed_day)), Some(&today))?).await?;
        Box::pin(self.renew_users(&tx, row.id, &Cause::Evidence { number, action: "confirmed" })).await?;
        tx.commit().await?;
        self.evidence(number).await
    }
}
