//! A world in which everything has happened once: a test that was concluded, its learning and rollout, an import.

use super::cast::{HERE, SHOP, World};
use chrono::{Duration, Utc};
use serde_json::{Value, from_value, json};
use store::{Contribute, Import, Right, RunTests, Scope};

impl World {
    /// The furnished world with T-1, L-1, R-1 and the first import.
    pub async fn complete() -> Self {
        let world = Self::furnished().await;
        let hypothesis = world.post("/hypotheses", &json!({"title": "Show the delivery date", "site": SHOP})).await.expect(201);
        world.conclude_a_test(&hypothesis["number"]).await;
        let change = json!({"title": "Checkout relaunch", "date": "2025-02-01", "site": SHOP, "areas": ["checkout"]});
        world.post("/site-changes", &change).await.expect(201);
        let import = world.leads::<Import>().await;
        let preview = import.preview_import(b"Title,Impact\nShorter form,7\n".to_vec(), None).await.unwrap();
        import.import_backlog("ideas.csv", &preview).await.unwrap();
        world.post("/views", &json!({"name": "Ideas", "list": "hypotheses", "query": "stage=idea", "shared": true})).await.expect(201);
        world
    }

    async fn leads<R: Right>(&self) -> Scope<R> {
        let actor = self.store.actor_of_token(&self.lead.token).await.unwrap();
        self.store.scope(&actor, HERE).await.unwrap()
    }

    async fn conclude_a_test(&self, hypothesis: &Value) {
        let day = |days: i64| (Utc::now() - Duration::days(days)).format("%Y-%m-%d").to_string();
        let scope = self.leads::<RunTests>().await;
        let plan = json!({
            "title": "Delivery date", "kind": "ab", "hypotheses": [hypothesis], "site": SHOP, "primary_metric": "conversion-rate",
            "variants": [{"key": "A", "name": "Control", "share": 0.5}, {"key": "B", "name": "Date", "share": 0.5}],
        });
        let number = scope.create_test(&from_value(plan).unwrap()).await.unwrap().number;
        let start = json!({"on": day(28), "overrule_reason": "It only has to run."});
        scope.start_test(&number, &from_value(start).unwrap()).await.unwrap();
        let row = |variant: &str, orders: u32| json!({"variant": variant, "metric": "conversion-rate", "visitors": 100_000, "conversions": orders});
        let rows = [row("A", 2000), row("B", 3000)];
        let results = json!({"as_of": format!("{}T00:00:00Z", day(0)), "no_device_reason": "Not split.", "rows": rows});
        self.leads::<Contribute>().await.post_results(&number, &from_value(results).unwrap()).await.unwrap();
        scope.stop_test(&number, &from_value(json!({"on": day(0)})).unwrap()).await.unwrap();
        let conclusion = json!({
            "outcome": "win", "decisions": [{"kind": "ship", "variant": "B"}], "overrule_reason": "It only has to end.",
            "learning": {"sentence": "Buyers order more when they see the delivery date."},
        });
        scope.conclude_test(&number, &from_value(conclusion).unwrap()).await.unwrap();
    }
}
