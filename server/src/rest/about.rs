//! What a route takes and answers, said where it is added; it becomes the route's part of the OpenAPI document.

use domain::attachments::Media;
use domain::page::Page;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// The description of one operation.
#[derive(Default)]
pub struct About {
    summary: &'static str,
    /// Query names with what they mean.
    query: Vec<(&'static str, &'static str)>,
    body: Option<(&'static str, String)>,
    /// Whether the body, or the answer, is a file.
    file_in: bool,
    file_out: bool,
    answer: Option<(u16, Option<String>)>,
    /// What it answers in another case, and which that is.
    other: Option<(u16, String, &'static str)>,
    if_match: bool,
    /// The types that are named, with those inside.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

/// The description of an operation that does this.
pub fn about(summary: &'static str) -> About {
    About { summary, ..About::default() }
}

impl About {
    fn name<T: ToSchema>(&mut self) -> String {
        let name = T::name().into_owned();
        self.schemas.push((name.clone(), T::schema()));
        T::schemas(&mut self.schemas);
        name
    }

    /// The query names that the route knows.
    pub fn asks(mut self, query: &[(&'static str, &'static str)]) -> Self {
        self.query.extend_from_slice(query);
        self
    }

    /// A JSON body.
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.body = Some(("application/json", self.name::<T>()));
        self
    }

    /// A file as the body itself.
    pub fn takes_file(mut self) -> Self {
        self.file_in = true;
        self
    }

    /// A file.
    pub fn answers_file(mut self) -> Self {
        self.file_out = true;
        self
    }

    /// A merge patch of this draft, made from the version in If-Match.
    pub fn changes<T: ToSchema>(mut self) -> Self {
        self.body = Some(("application/merge-patch+json", self.name::<T>()));
        self.if_match = true;
        self
    }

    /// One object.
    pub fn answers<T: ToSchema>(mut self) -> Self {
        self.answer = Some((200, Some(self.name::<T>())));
        self
    }

    /// A created object.
    pub fn creates<T: ToSchema>(mut self) -> Self {
        self.answer = Some((201, Some(self.name::<T>())));
        self
    }

    /// A page of a list.
    pub fn lists<T: ToSchema>(mut self) -> Self {
        self.query.extend([("limit", "How many items, 1 to 200; 50 without it."), ("cursor", "`next` of the page before.")]);
        self.name::<T>();
        self.answer = Some((200, Some(self.name::<Page<T>>())));
        self
    }

    /// One object instead, in the case that `when` says.
    pub fn or_answers<T: ToSchema>(mut self, when: &'static str) -> Self {
        self.other = Some((200, self.name::<T>(), when));
        self
    }

    /// Nothing but that it is done.
    pub fn empties(mut self) -> Self {
        self.answer = Some((204, None));
        self
    }

    /// The operation object of this method at this path.
    pub fn operation(&self, method: &str, path: &str) -> Value {
        let inside = path.split(['{', '}']).skip(1).step_by(2);
        let mut parameters: Vec<Value> = inside.map(|name| parameter(name, "path", "")).collect();
        parameters.extend(self.query.iter().map(|(name, meaning)| parameter(name, "query", meaning)));
        if self.if_match {
            parameters.push(parameter("If-Match", "header", "The version that the change was made from, in quotes."));
        }
        if method == "post" {
            parameters.push(parameter("Idempotency-Key", "header", "Sent again within a day, the first answer is given again."));
        }
        let words = path.trim_start_matches("/api/v1/{workspace}/").replace(['{', '}'], "").replace(['/', '-'], "_");
        let tag = path.split('/').nth(4).unwrap_or_default();
        let mut operation = json!({
            "tags": [tag], "summary": self.summary, "operationId": format!("{method}_{words}"),
            "parameters": parameters, "responses": self.responses(),
        });
        if let Some((media, name)) = &self.body {
            operation["requestBody"] = json!({ "required": true, "content": { *media: { "schema": reference(name) } } });
        }
        if self.file_in {
            operation["requestBody"] = json!({ "required": true, "content": files() });
        }
        operation
    }

    fn responses(&self) -> Value {
        let nothing = if self.file_out { 200 } else { 204 };
        let (status, name) = self.answer.clone().unwrap_or((nothing, None));
        let body = |name: &str| json!({ "application/json": { "schema": reference(name) } });
        let content = name.as_deref().map(body);
        let mut done = json!({ "description": self.summary });
        if let Some(content) = content {
            done["content"] = content;
        }
        if self.file_out {
            done["content"] = files();
        }
        let refused = json!({ "$ref": "#/components/responses/Problem" });
        let mut responses = json!({ status.to_string(): done, "401": refused, "403": refused, "404": refused });
        if let Some((status, name, when)) = &self.other {
            responses[status.to_string()] = json!({ "description": when, "content": body(name) });
        }
        let more: &[&str] = if self.if_match { &["400", "409", "412", "413", "422", "428"] } else { &["400", "409", "413", "422"] };
        let more = if self.body.is_some() || self.file_in { more } else { &["409", "422"] };
        for status in more {
            responses[*status] = refused.clone();
        }
        responses
    }
}

/// Bytes of each sort that can be attached.
fn files() -> Value {
    let sorts = Media::ALL.map(|media| (media.mime().to_owned(), json!({ "schema": { "type": "string", "format": "binary" } })));
    Value::Object(sorts.into_iter().collect())
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn parameter(name: &str, place: &str, meaning: &str) -> Value {
    let required = place == "path" || name == "If-Match";
    let mut parameter = json!({ "name": name, "in": place, "required": required, "schema": { "type": "string" } });
    if !meaning.is_empty() {
        parameter["description"] = json!(meaning);
    }
    parameter
}
