//! A large plausible library for measuring, through the operations, so that every derived column is true.

use crate::access::{Configure, Contribute, Own, Scope};
use crate::errors::{Result, StoreError};
use crate::scoring::Scored;
use chrono::Duration;
use domain::sites::SiteDraft;
use domain::transfer::{Numbers, sample, sample_finding};

/// How many hypotheses one transaction writes.
const BATCH: u64 = 2000;
/// How far apart the hypotheses were had, in minutes.
const APART: i64 = 5;

impl Scope<Own> {
    /// Adds `count` hypotheses made from `seed`, about two thirds of them scored by a member of the workspace, and so many
    /// pieces of evidence, which are linked to nothing.
    pub async fn fill(&self, count: u64, evidence: u64, seed: u64) -> Result<()> {
        let people = self.people().await?;
        let person = people.keys().min().copied().ok_or_else(|| StoreError::conflict("Add a member first, whose scores these are."))?;
        let site = self.site_to_fill().await?;
        let catalogue = self.catalogue().await?;
        let shapes = self.workspace().settings.shapes();
        let mut numbers = Numbers::new(seed);
        let mut scope = self.with_right::<Contribute>()?;
        let now = scope.now();
        let mut index = 0;
        while index < count {
            let tx = self.begin().await?;
            for _ in 0..BATCH.min(count - index) {
                index += 1;
                let (draft, score) = sample(&mut numbers, &site, index);
                let ago = i64::try_from(count - index).unwrap_or(0).saturating_mul(APART);
                scope.set_time(now - Duration::minutes(ago));
                let (id, number) = scope.insert_known(&tx, &draft, &catalogue, &people).await?;
                if let Some(score) = score {
                    let scored = Scored { id, number: &format!("H-{number}"), site: draft.site.as_deref(), person_id: person };
                    scope.put_score(&tx, &scored, &score, &shapes).await?;
                }
            }
            tx.commit().await?;
        }
        scope.set_time(now);
        let mut index = 0;
        while index < evidence {
            let tx = self.begin().await?;
            for _ in 0..BATCH.min(evidence - index) {
                index += 1;
                scope.insert_evidence(&tx, &sample_finding(&mut numbers, &site, index)).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn site_to_fill(&self) -> Result<String> {
        if let Some(site) = self.sites().await?.into_iter().next() {
            return Ok(site.slug);
        }
        let draft = SiteDraft { name: "Shop".into(), currency: "GBP".into(), ..SiteDraft::default() };
        Ok(self.with_right::<Configure>()?.create_site(&draft).await?.slug)
    }
}
