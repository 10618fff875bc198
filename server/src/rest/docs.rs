//! The OpenAPI document, and a page made from it for people. The page has no script: a policy of its own forbids any.

use super::problem::Kind;
use crate::routes::{Access, Routes};
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::Value;
use std::fmt::Write;
use std::sync::Arc;

const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the two addresses of the document.
pub fn add(routes: &mut Routes, document: Value) {
    let page: Arc<str> = page(&document).into();
    let text: Arc<str> = document.to_string().into();
    routes.get("/api/openapi.json", Access::Public, async move || {
        ([(header::CONTENT_TYPE, "application/json")], text.to_string()).into_response()
    });
    routes.get("/api/docs", Access::Public, async move || {
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, POLICY)], page.to_string()).into_response()
    });
}

/// The document as HTML. Writing to a `String` cannot fail, so the results of `write!` are let go.
fn page(document: &Value) -> String {
    let mut html = String::from(HEAD);
    let _ =
        write!(html, "<p>{}</p><p><a href=\"/api/openapi.json\">OpenAPI document</a></p>", escape(text(&document["info"]["description"])));
    html.push_str(HABITS);
    let mut tag = "";
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let here = text(&operation["tags"][0]);
            if here != tag {
                tag = here;
                let _ = write!(html, "<h2 id=\"{0}\">{0}</h2>", escape(tag));
            }
            one_operation(&mut html, method, path, operation);
        }
    }
    html.push_str("<h2 id=\"shapes\">Shapes</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let _ = write!(html, "<h3 id=\"{0}\">{0}</h3><p>{1}</p>", escape(name), escape(text(&schema["description"])));
        fields(&mut html, schema);
    }
    problems(&mut html);
    html.push_str("</main></body></html>");
    html
}

const HEAD: &str = "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>REST · Hypotheca</title>\
    <link rel=\"stylesheet\" href=\"/pkg/hypotheca.css\"><link rel=\"icon\" href=\"/favicon.svg\"></head>\
    <body><main class=\"page\"><h1>REST</h1>";

const HABITS: &str = "<h2 id=\"habits\">Habits of all addresses</h2><ul>\
    <li>Send <code>Authorization: Bearer hyp_…</code>; a token belongs to one member of one workspace.</li>\
    <li>Bodies are JSON; a file is a body by itself, named by <code>?name=</code>, and is what its content says, whatever \
    its <code>Content-Type</code>. A field that is not known is refused by name, so that a misspelling never goes unseen.</li>\
    <li>Lists answer <code>items</code>, <code>next</code> and <code>total</code>; give <code>next</code> back as <code>cursor</code>. \
    Above 10,000 the total is a minimum and says so.</li>\
    <li>PATCH is a JSON merge patch and needs <code>If-Match: \"version\"</code>; the ETag of a read is that version.</li>\
    <li>POST honours <code>Idempotency-Key</code> for 24 hours.</li></ul>";

fn one_operation(html: &mut String, method: &str, path: &str, operation: &Value) {
    let (id, summary) = (escape(text(&operation["operationId"])), escape(text(&operation["summary"])));
    let _ = write!(html, "<h3 id=\"{id}\"><code>{} {}</code></h3><p>{summary}.</p>", method.to_uppercase(), escape(path));
    let named = operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] != "path");
    let rows: Vec<String> = named.map(|one| term(text(&one["name"]), &escape(text(&one["description"])))).collect();
    if !rows.is_empty() {
        let _ = write!(html, "<dl>{}</dl>", rows.concat());
    }
    for (_, media) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ = write!(html, "<p>Body: {}</p>", kind_of(&media["schema"]));
    }
    let responses = operation["responses"].as_object().into_iter().flatten();
    for (status, response) in responses.filter(|(status, _)| status.starts_with('2')) {
        let schema = &response["content"]["application/json"]["schema"];
        let shape = if schema.is_null() { String::new() } else { format!(": {}", kind_of(schema)) };
        let _ = write!(html, "<p>Answers {status}{shape}</p>");
    }
}

/// The fields of an object, or the values of a choice.
fn fields(html: &mut String, schema: &Value) {
    let parts = schema["allOf"].as_array().map_or_else(|| vec![schema], |parts| parts.iter().collect());
    for part in parts {
        if part.get("$ref").is_some() || part.get("enum").is_some() {
            let _ = write!(html, "<p>{}</p>", kind_of(part));
        }
        let rows = part["properties"].as_object().into_iter().flatten();
        let rows = rows.map(|(name, field)| term(name, &format!("{} {}", kind_of(field), escape(text(&field["description"])))));
        let rows: Vec<String> = rows.collect();
        if !rows.is_empty() {
            let _ = write!(html, "<dl>{}</dl>", rows.concat());
        }
    }
}

fn problems(html: &mut String) {
    html.push_str("<h2 id=\"problems\">Problems</h2><dl>");
    for kind in Kind::ALL {
        let (status, name, title, usual) = kind.row();
        let _ = write!(html, "<dt id=\"problem-{name}\">{} {}</dt><dd>{}</dd>", status.as_u16(), escape(title), escape(usual));
    }
    html.push_str("</dl>");
}

fn term(name: &str, meaning: &str) -> String {
    format!("<dt><code>{}</code></dt><dd>{meaning}</dd>", escape(name))
}

/// The type of a value in a word or two, as HTML; a named shape is a link.
fn kind_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#{0}\">{0}</a>", escape(name));
    }
    if let Some(choices) = schema["enum"].as_array() {
        let words: Vec<String> = choices.iter().filter_map(Value::as_str).map(|word| format!("<code>{}</code>", escape(word))).collect();
        return words.join(", ");
    }
    if let Some(either) = schema["oneOf"].as_array() {
        return either.iter().map(kind_of).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::String(kind) if kind == "array" => format!("list of {}", kind_of(&schema["items"])),
        Value::String(kind) => escape(kind),
        Value::Array(kinds) => kinds.iter().map(|kind| escape(text(kind))).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
