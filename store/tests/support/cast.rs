//! The people of the tests: a team of every role, and an outsider with a workspace of their own.

use super::{Database, Prepared};
use domain::accounts::{MemberDraft, SetUpDraft};
use domain::hypotheses::{EffectDraft, Hypothesis, HypothesisDraft, StatementDraft};
use domain::scoring::ScoreDraft;
use domain::sites::SiteDraft;
use store::{Actor, AddMembers, Configure, Contribute, Own, Read, Right, Scope};

/// The team's workspace.
pub const HERE: &str = "holm-group";
/// The outsider's workspace.
pub const THERE: &str = "rival";
/// The team's site.
pub const SHOP: &str = "north-shop";
/// The owner's password; nobody else has one.
pub const PASSWORD: &str = "nine green bottles";

/// A database with a team, its site, and an outsider.
#[derive(Clone)]
pub struct Library {
    pub database: Database,
    pub owner: Actor,
    pub lead: Actor,
    pub contributor: Actor,
    pub viewer: Actor,
    pub outsider: Actor,
}

impl Prepared for Library {
    async fn prepare(database: Database) -> Self {
        let store = &database.store;
        let set_up = SetUpDraft {
            name: "Olive Owner".into(),
            email: "owner@holm.example".into(),
            password: PASSWORD.into(),
            workspace: "Holm Group".into(),
        };
        let (_, session) = store.set_up(&set_up).await.unwrap();
        let owner = store.actor_of_session(&session.secret).await.unwrap();
        let lead = add(&database, HERE, "Leo Lead", "lead").await;
        let contributor = add(&database, HERE, "Cora Contributor", "contributor").await;
        let viewer = add(&database, HERE, "Vera Viewer", "viewer").await;
        store.add_workspace("Rival", THERE).await.unwrap();
        let outsider = add(&database, THERE, "Oscar Outsider", "owner").await;
        let library = Self { database, owner, lead, contributor, viewer, outsider };
        library.add_site(SHOP).await;
        library
    }
}

async fn add(database: &Database, workspace: &str, name: &str, role: &str) -> Actor {
    let email = email_of(name);
    let scope = database.store.scope::<AddMembers>(&Actor::Operator, workspace).await.unwrap();
    scope.add_member(&MemberDraft { name: name.into(), email: email.clone(), role: role.into() }).await.unwrap();
    person(database, &email).await
}

/// "Leo Lead" has the address lead@holm.example.
fn email_of(name: &str) -> String {
    format!("{}@holm.example", name.rsplit(' ').next().unwrap_or(name).to_lowercase())
}

async fn person(database: &Database, email: &str) -> Actor {
    Actor::Person { id: database.number("SELECT id FROM person WHERE email = $1", [email.into()]).await }
}

impl Library {
    /// The scope of an actor who is known to have it.
    pub async fn scope<R: Right>(&self, actor: &Actor) -> Scope<R> {
        self.database.store.scope::<R>(actor, HERE).await.unwrap()
    }

    pub async fn contribute(&self) -> Scope<Contribute> {
        self.scope(&self.contributor).await
    }

    pub async fn configure(&self) -> Scope<Configure> {
        self.scope(&self.lead).await
    }

    pub async fn read(&self) -> Scope<Read> {
        self.scope(&self.viewer).await
    }

    pub async fn own(&self) -> Scope<Own> {
        self.scope(&self.owner).await
    }

    /// The outsider's right in the outsider's workspace.
    pub async fn elsewhere<R: Right>(&self) -> Scope<R> {
        self.database.store.scope::<R>(&self.outsider, THERE).await.unwrap()
    }

    pub async fn add_member(&self, name: &str, role: &str) -> Actor {
        add(&self.database, HERE, name, role).await
    }

    pub async fn add_site(&self, slug: &str) {
        let draft = SiteDraft { name: slug.to_uppercase(), slug: Some(slug.into()), currency: "GBP".into(), ..SiteDraft::default() };
        self.configure().await.create_site(&draft).await.unwrap();
    }

    pub async fn add_idea(&self, title: &str) -> Hypothesis {
        self.contribute().await.create_hypothesis(&idea(title)).await.unwrap()
    }

    pub async fn score(&self, by: &Actor, number: &str, levels: [i64; 3]) -> Hypothesis {
        let [impact, confidence, ease] = levels;
        let draft = ScoreDraft::ice(impact, confidence, ease);
        self.scope::<Contribute>(by).await.score_hypothesis(number, &draft).await.unwrap()
    }
}

/// A title alone.
pub fn idea(title: &str) -> HypothesisDraft {
    HypothesisDraft::titled(title)
}

/// Every field filled.
pub fn whole(title: &str) -> HypothesisDraft {
    let some = |text: &str| Some(text.to_owned());
    HypothesisDraft {
        site: some(SHOP),
        area: some("checkout"),
        devices: vec!["mobile".into(), "desktop".into()],
        statement: StatementDraft {
            because: some("people leave at the delivery step"),
            change: some("show the delivery date"),
            audience: some("New"),
            effect: Some(EffectDraft { metric: some("conversion-rate"), direction: some("up"), low: Some(0.02), high: Some(0.05) }),
            lever: some("clarity"),
            reason: some("a date is a promise"),
            measure: some("more purchases after two weeks"),
        },
        guard_rails: vec!["average-order-value".into()],
        owner: some("lead@holm.example"),
        tags: vec!["delivery".into(), "mobile first".into()],
        details: some("# Notes\n\nAsked for twice."),
        differs_because: some("it names the day"),
        ..idea(title)
    }
}
