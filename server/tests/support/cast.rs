//! A library with a workspace, one member of every role, and an outsider who owns another workspace.

use super::client::{Reply, Request};
use axum::Router;
use domain::access::TokenScope;
use domain::accounts::{MemberDraft, SetUpDraft};
use serde_json::{Value, json};
use server::{Listed, Site, SiteConfig};
use store::{Actor, AddMembers, NewToken, Own, Store};
use tempfile::TempDir;

/// The workspace of the tests, and the one of the outsider.
pub const HERE: &str = "holm";
pub const THERE: &str = "brookside";
pub const SHOP: &str = "shop";
pub const PASSWORD: &str = "correct horse battery";

/// A person with ways in.
#[derive(Debug, Clone)]
pub struct Person {
    pub email: String,
    /// The secret of a session.
    pub session: String,
    /// A token of scope admin in [`HERE`], the outsider's in [`THERE`].
    pub token: String,
}

/// The running site.
pub struct World {
    pub router: Router,
    pub listed: Vec<Listed>,
    pub store: Store,
    pub owner: Person,
    pub lead: Person,
    pub contributor: Person,
    pub viewer: Person,
    pub outsider: Person,
    _folder: TempDir,
}

impl World {
    pub async fn new() -> Self {
        Self::at("http://localhost").await
    }

    /// The site with this public address.
    pub async fn at(address: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("library.sqlite3").display())).await.unwrap();
        let set_up = SetUpDraft {
            name: "Olga Owner".into(),
            email: "owner@holm.example".into(),
            password: PASSWORD.into(),
            workspace: "Holm".into(),
        };
        let (_, session) = store.set_up(&set_up).await.unwrap();
        let token = token_of(&store, HERE, "owner@holm.example", TokenScope::Admin).await;
        let owner = Person { email: set_up.email, session: session.secret, token };
        store.add_workspace("Brookside", THERE).await.unwrap();
        let lead = added(&store, HERE, "Leo Lead", "lead").await;
        let contributor = added(&store, HERE, "Cora Contributor", "contributor").await;
        let viewer = added(&store, HERE, "Vic Viewer", "viewer").await;
        let outsider = added(&store, THERE, "Otto Outsider", "owner").await;
        let config = SiteConfig {
            address: address.to_owned(),
            address_given: address != "http://localhost",
            assets: folder.path().to_path_buf(),
            set_up_key: None,
        };
        let (router, listed) = server::router(Site::new(store.clone(), config));
        Self { router, listed, store, owner, lead, contributor, viewer, outsider, _folder: folder }
    }

    /// The same with a site, a hypothesis, H-1, with a comment, 1, a piece of evidence, E-1, with a
    /// picture, 1, and a row of the signal inventory, 1.
    pub async fn furnished() -> Self {
        let world = Self::new().await;
        let site = json!({"name": "Holm shop", "slug": SHOP, "currency": "GBP", "time_zone": "Europe/London", "margin": 0.4});
        world.post("/sites", &site).await.expect(201);
        world.post("/hypotheses", &json!({"title": "Show stock by branch", "site": SHOP})).await.expect(201);
        world.post("/evidence", &json!({"title": "People ring the branch", "kind": "analytics"})).await.expect(201);
        world.post("/hypotheses/H-1/comments", &json!({"body": "Ask the branches."})).await.expect(201);
        let picture = super::pictures::png(6, 4);
        let attached = world.api(&world.lead, "POST", "/evidence/E-1/attachments?name=phones.png").text("image/png", picture);
        attached.send().await.expect(201);
        let period = ("2025-01-01", "2025-01-28");
        let row = json!({"path": "/prices", "site": SHOP, "from": period.0, "to": period.1, "visits": 1000, "exits": 480});
        world.post("/signals", &row).await.expect(201);
        world
    }

    /// The furnished world with a running test, T-1, its results, a learning, L-1, and a rollout, R-1.
    pub async fn measured() -> Self {
        let world = Self::furnished().await;
        let variant = |key: &str| json!({"key": key, "name": key});
        let test = json!({
            "title": "Stock by branch", "kind": "ab", "hypotheses": ["H-1"], "site": SHOP,
            "variants": [variant("A"), variant("B")], "primary_metric": "conversion-rate",
        });
        world.post("/tests", &test).await.expect(201);
        world.post("/tests/T-1/start", &json!({"on": "2025-01-01", "overrule_reason": "It is a try."})).await.expect(200);
        let row = |key: &str| json!({"variant": key, "metric": "conversion-rate", "visitors": 1000, "conversions": 30});
        let results = json!({"as_of": "2025-01-20", "no_device_reason": "Not split.", "rows": [row("A"), row("B")]});
        world.post("/tests/T-1/results", &results).await.expect(201);
        world.post("/learnings", &json!({"sentence": "Dates are trusted."})).await.expect(201);
        world.post("/rollouts", &json!({"title": "New tax line", "reason": "The law asks for it."})).await.expect(201);
        world
    }

    /// The furnished world again, after somebody archived or unlinked what is in it; with the shared view of the complete one.
    pub async fn mend(&self) {
        let catalogue = ["sites/shop", "sites/shop/areas/checkout", "metrics/shop/conversion-rate", "levers/clarity", "audiences/new"];
        for thing in ["hypotheses/H-1", "evidence/E-1", "comments/1", "attachments/1", "signals/1", "site-changes/C-1", "views/1"]
            .into_iter()
            .chain(catalogue)
        {
            self.post(&format!("/{thing}/restore"), &json!({})).await.expect(200);
        }
        self.put("/hypotheses/H-1/evidence/E-1", &json!({"direction": "supports"})).await.expect(200);
    }

    /// A token of a member here.
    pub async fn token(&self, email: &str, scope: TokenScope) -> String {
        token_of(&self.store, HERE, email, scope).await
    }

    /// Any request.
    pub fn request(&self, method: &str, path: &str) -> Request {
        Request::new(self.router.clone(), method, path)
    }

    /// A request under this Host.
    pub fn named(&self, host: &str, method: &str, path: &str) -> Request {
        Request::named(self.router.clone(), host, method, path)
    }

    /// A request to the REST API of the workspace by this person's token.
    pub fn api(&self, by: &Person, method: &str, path: &str) -> Request {
        self.request(method, &format!("/api/v1/{HERE}{path}")).token(&by.token)
    }

    /// What the lead reads.
    pub async fn get(&self, path: &str) -> Reply {
        self.api(&self.lead, "GET", path).send().await
    }

    /// What the lead posts.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.api(&self.lead, "POST", path).json(body).send().await
    }

    /// What the lead puts.
    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        self.api(&self.lead, "PUT", path).json(body).send().await
    }

    /// What the lead changes, made from this version.
    pub async fn patch(&self, path: &str, version: &Value, body: &Value) -> Reply {
        self.api(&self.lead, "PATCH", path).header("if-match", &format!("\"{version}\"")).json(body).send().await
    }
}

async fn token_of(store: &Store, workspace: &str, email: &str, scope: TokenScope) -> String {
    let owner = store.scope::<Own>(&Actor::Operator, workspace).await.unwrap();
    owner.create_token(&NewToken { email: email.into(), name: "test".into(), scope, expires_in_days: None }).await.unwrap()
}

async fn added(store: &Store, workspace: &str, name: &str, role: &str) -> Person {
    let email = format!("{}@{workspace}.example", name.split_whitespace().last().unwrap().to_lowercase());
    let scope = store.scope::<AddMembers>(&Actor::Operator, workspace).await.unwrap();
    let draft = MemberDraft { name: name.into(), email: email.clone(), role: role.into() };
    let link = scope.add_member(&draft).await.unwrap().unwrap();
    let session = store.use_password_link(&link, PASSWORD).await.unwrap().secret;
    let token = token_of(store, workspace, &email, TokenScope::Admin).await;
    Person { email, session, token }
}
