//! Entering the demo company, person by person and day by day.

use super::company::{ChangeEntry, CommentEntry, Company, EvidenceEntry, HypothesisEntry, ScoreEntry, SiteEntry, TestEntry};
use chrono::{DateTime, Duration, Utc};
use domain::accounts::MemberDraft;
use domain::activity::Subject;
use domain::comments::CommentDraft;
use domain::evidence::{EvidenceDraft, SourceDraft};
use domain::hypotheses::{HandMove, HypothesisDraft};
use domain::scoring::ScoreDraft;
use domain::sites::{AreaDraft, SiteChangeDraft, SiteDraft};
use std::collections::HashMap;
use store::{Actor, AddMembers, Configure, Contribute, Own, Scope, Store, StoreError};

type Result<T> = std::result::Result<T, StoreError>;

/// Fills an empty workspace with the demo company. Its members get this password, or none and cannot sign in.
pub async fn load(store: &Store, workspace: &str, password: Option<&str>) -> Result<()> {
    let company: Company = serde_json::from_str(include_str!("holm.json"))?;
    let mut loading = Loading { store, workspace, now: Utc::now(), numbers: HashMap::new() };
    loading.people(&company, password).await?;
    for site in &company.sites {
        loading.site(site).await?;
    }
    for entry in &company.evidence {
        loading.evidence(entry).await?;
    }
    let mut entries: Vec<&HypothesisEntry> = company.hypotheses.iter().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.created_days_ago));
    for entry in entries {
        loading.hypothesis(entry).await?;
    }
    let mut tests: Vec<&TestEntry> = company.tests.iter().collect();
    tests.sort_by_key(|entry| std::cmp::Reverse(entry.start_days_ago));
    for entry in tests {
        loading.test(entry, &company).await?;
    }
    for entry in &company.site_changes {
        loading.site_change(entry).await?;
    }
    for entry in &company.comments {
        loading.comment(entry).await?;
    }
    loading.attachments().await?;
    loading.signals().await?;
    loading.views().await
}

pub(super) struct Loading<'a> {
    store: &'a Store,
    workspace: &'a str,
    now: DateTime<Utc>,
    /// The number that each key got.
    pub(super) numbers: HashMap<String, String>,
}

impl Loading<'_> {
    pub(super) fn day(&self, days_ago: i64) -> DateTime<Utc> {
        self.now - Duration::days(days_ago)
    }

    /// The scope of this person on that day.
    pub(super) async fn scope<R: store::Right>(&self, email: &str, days_ago: i64) -> Result<Scope<R>> {
        let operator = self.store.scope::<Own>(&Actor::Operator, self.workspace).await?;
        let actor = operator.acting_as(email).await?;
        Ok(self.store.scope::<R>(&actor, self.workspace).await?.at(self.day(days_ago)))
    }

    pub(super) fn number(&self, key: &str) -> Result<&str> {
        self.numbers.get(key).map(String::as_str).ok_or_else(|| StoreError::Internal(format!("the demo names {key} before it is made")))
    }

    async fn people(&self, company: &Company, password: Option<&str>) -> Result<()> {
        let scope = self.store.scope::<AddMembers>(&Actor::Operator, self.workspace).await?;
        for person in &company.people {
            let draft = MemberDraft { name: person.name.clone(), email: person.email.clone(), role: person.role.clone() };
            scope.add_member(&draft).await?;
            if let Some(password) = password {
                self.store.set_password_of(&person.email, password).await?;
            }
        }
        Ok(())
    }

    async fn site(&self, entry: &SiteEntry) -> Result<()> {
        let scope = self.store.scope::<Configure>(&Actor::Operator, self.workspace).await?;
        let draft = SiteDraft {
            name: entry.name.clone(),
            slug: Some(entry.slug.clone()),
            currency: entry.currency.clone(),
            time_zone: Some(entry.time_zone.clone()),
            margin: Some(entry.margin),
            url: Some(entry.url.clone()),
        };
        scope.create_site(&draft).await?;
        for area in &entry.areas {
            let draft = AreaDraft { name: area.name.clone(), slug: Some(area.slug.clone()), visitors: area.visitors };
            scope.save_area(&entry.slug, &draft).await?;
        }
        Ok(())
    }

    /// Logged on the day on which it went live.
    async fn site_change(&self, entry: &ChangeEntry) -> Result<()> {
        let scope = self.scope::<Configure>(&entry.by, entry.days_ago).await?;
        let date = self.day(entry.days_ago).date_naive().to_string();
        let draft = SiteChangeDraft { title: entry.title.clone(), date, site: entry.site.clone(), areas: entry.areas.clone() };
        scope.create_site_change(&draft).await?;
        Ok(())
    }

    async fn comment(&self, entry: &CommentEntry) -> Result<()> {
        let scope = self.scope::<Contribute>(&entry.by, entry.days_ago).await?;
        let draft = CommentDraft { body: entry.body.clone() };
        scope.add_comment(Subject::Hypothesis, self.number(&entry.on)?, &draft).await?;
        Ok(())
    }

    async fn evidence(&mut self, entry: &EvidenceEntry) -> Result<()> {
        let scope = self.scope::<Contribute>(&entry.by, entry.observed_days_ago).await?;
        let draft = EvidenceDraft {
            title: entry.title.clone(),
            kind: entry.kind.clone(),
            finding: Some(entry.finding.clone()),
            source: Some(SourceDraft { name: Some(entry.source.name.clone()), url: entry.source.url.clone() }),
            observed_to: Some(self.day(entry.observed_days_ago).date_naive().to_string()),
            sample_size: entry.sample_size,
            site: Some(entry.site.clone()),
            areas: entry.areas.clone(),
            devices: entry.devices.clone(),
            audiences: entry.audiences.clone(),
            tags: entry.tags.clone(),
            ..EvidenceDraft::default()
        };
        let made = scope.create_evidence(&draft).await?;
        self.numbers.insert(entry.key.clone(), made.number);
        Ok(())
    }

    async fn hypothesis(&mut self, entry: &HypothesisEntry) -> Result<()> {
        let by = entry.owner.as_deref().unwrap_or("lead@holm.example");
        let scope = self.scope::<Contribute>(by, entry.created_days_ago).await?;
        let draft = HypothesisDraft {
            title: entry.title.clone(),
            site: entry.site.clone(),
            area: entry.area.clone(),
            devices: entry.devices.clone(),
            audience: entry.audience.clone(),
            statement: entry.statement.clone(),
            guard_rails: entry.guard_rails.clone(),
            owner: entry.owner.clone(),
            tags: entry.tags.clone(),
            effort: entry.effort,
            parent: entry.parent.as_deref().map(|key| self.number(key).map(str::to_owned)).transpose()?,
            ..HypothesisDraft::default()
        };
        let number = scope.create_hypothesis(&draft).await?.number;
        self.numbers.insert(entry.key.clone(), number.clone());
        for link in &entry.evidence {
            scope.link_evidence(&number, self.number(&link.key)?, &link.draft()).await?;
        }
        for score in &entry.scores {
            self.score(&number, score).await?;
        }
        if let Some(stage) = &entry.stage {
            scope.move_hypothesis(&number, &HandMove { stage: stage.clone(), reason: entry.stage_reason.clone() }).await?;
        }
        Ok(())
    }

    async fn score(&self, number: &str, entry: &ScoreEntry) -> Result<()> {
        let scope = self.scope::<Contribute>(&entry.by, entry.days_ago).await?;
        let draft = ScoreDraft { reason: entry.reason.clone(), ..ScoreDraft::ice(entry.impact, entry.confidence, entry.ease) };
        scope.score_hypothesis(number, &draft).await?;
        Ok(())
    }
}
