//! Bodies: JSON that is read strictly, and merge patches (RFC 7396). What does not fit is named by its path.

use super::problem::{Kind, Problem};
use crate::site::Site;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use domain::attachments::FILE_LIMIT;
use domain::errors::FieldErrors;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use serde_json::{Map, Value};

/// The largest JSON body, in bytes.
pub const JSON_LIMIT: usize = 4 * 1024 * 1024;

/// The largest body of a POST to this address: files have more than JSON.
pub fn limit_of(path: &str) -> usize {
    if path.ends_with("/attachments") { FILE_LIMIT } else { JSON_LIMIT }
}

/// Reads a body that is a file, and no further than a file may be long.
pub async fn file_of(mut request: Request, site: &Site) -> Result<Vec<u8>, Problem> {
    DefaultBodyLimit::max(FILE_LIMIT).apply(&mut request);
    let read = Bytes::from_request(request, site).await.map(Vec::from);
    read.map_err(|refused| match refused.status().as_u16() {
        413 => super::attachments::too_large(),
        _ => Problem::saying(Kind::Unreadable, "The body ended before it was whole."),
    })
}

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let bytes = bytes_of(request, site).await?;
        read(&bytes).map(Body)
    }
}

/// Reads a body whole, up to the limit.
async fn bytes_of(mut request: Request, site: &Site) -> Result<Bytes, Problem> {
    DefaultBodyLimit::max(JSON_LIMIT).apply(&mut request);
    Bytes::from_request(request, site).await.map_err(|refused| match refused.status().as_u16() {
        413 => Problem::saying(Kind::TooLarge, format!("A body holds at most {JSON_LIMIT} bytes here.")),
        _ => Problem::saying(Kind::Unreadable, "The body ended before it was whole."),
    })
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // A list would be taken for the fields of an object in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice::<IgnoredAny>(bytes).map_err(|error| refusal(".", &error))?;
        return Err(FieldErrors::one("body", "This should be an object, not a list.").into());
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| refusal(&error.path().to_string(), error.inner()))?;
    json.end().map_err(|error| refusal(".", &error))?;
    Ok(value)
}

/// A change: only what it names is changed; null takes a value away.
#[derive(Debug)]
pub struct Patch(Map<String, Value>);

impl FromRequest<Site> for Patch {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        Body::from_request(request, site).await.map(|Body(changes)| Patch(changes))
    }
}

impl Patch {
    /// The draft with the changes made.
    pub fn onto<T: Serialize + DeserializeOwned>(self, draft: &T) -> Result<T, Problem> {
        let mut value = serde_json::to_value(draft).map_err(Problem::failed)?;
        merge(&mut value, Value::Object(self.0));
        serde_path_to_error::deserialize(value).map_err(|error| refusal(&error.path().to_string(), error.inner()))
    }

    /// Takes out a text that goes with the change without being part of the draft.
    pub fn take_text(&mut self, name: &str) -> Result<Option<String>, Problem> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(FieldErrors::one(name, "This should be text.").into()),
        }
    }

    /// Whether the change names this field; dots lead inside.
    pub fn names(&self, path: &str) -> bool {
        let mut parts = path.split('.');
        let first = parts.next().and_then(|name| self.0.get(name));
        parts.try_fold(first, |value, name| value.map(|value| value.get(name))).flatten().is_some()
    }
}

fn merge(target: &mut Value, change: Value) {
    let Value::Object(changes) = change else {
        *target = change;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(fields) = target else { return };
    for (name, value) in changes {
        if value.is_null() {
            fields.remove(&name);
        } else {
            merge(fields.entry(name).or_insert(Value::Null), value);
        }
    }
}

/// What is wrong with JSON: 400 if it is none, else 422 with the field's path.
fn refusal(path: &str, error: &serde_json::Error) -> Problem {
    if error.classify() != Category::Data {
        return Problem::saying(Kind::Unreadable, format!("The body is not JSON: {error}."));
    }
    let whole = error.to_string();
    let said = whole.rsplit_once(" at line ").map_or(whole.as_str(), |(said, _)| said);
    let quoted = said.split('`').nth(1).unwrap_or_default();
    // `variants[0].share` is `variants.0.share`, as the checks name it.
    let here = if path == "." { String::new() } else { path.replace('[', ".").replace(']', "") };
    let (field, message) = if said.starts_with("missing field") {
        (joined(&here, quoted), "This is missing.".to_owned())
    } else if said.starts_with("unknown field") {
        let field = if here.ends_with(quoted) { here } else { joined(&here, quoted) };
        (field, format!("There is no field “{quoted}” here{}.", choices(said)))
    } else if said.starts_with("unknown variant") {
        (here, format!("“{quoted}” cannot be chosen{}.", choices(said)))
    } else {
        (here, sentence(said))
    };
    let field = if field.is_empty() { "body".to_owned() } else { field };
    Problem::invalid(FieldErrors::one(field, message))
}

fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// "; use one of a, b" from serde's "expected one of `a`, `b`".
fn choices(said: &str) -> String {
    let expected = said.split_once(", expected ").map(|(_, names)| names.trim_start_matches("one of ").replace('`', ""));
    expected.map(|names| format!("; use {names}")).unwrap_or_default()
}

/// "invalid type: string "x", expected f64" for people.
fn sentence(said: &str) -> String {
    let Some((found, wanted)) = said.split_once(", expected ") else { return format!("This cannot be read: {said}.") };
    let found = found.trim_start_matches("invalid type: ").trim_start_matches("invalid value: ").replace('`', "");
    let wanted = match wanted {
        "f64" | "f32" => "a number",
        "i64" | "i32" | "u64" | "u32" | "u16" | "u8" => "a whole number",
        "a string" => "text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        other if other.starts_with("struct") || other == "a map" => "an object",
        other => other,
    };
    format!("This should be {wanted}, not {found}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::evidence::EvidenceDraft;
    use domain::experiments::TestDraft;
    use domain::hypotheses::HypothesisDraft;
    use domain::scoring::ScoreDraft;

    fn body<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
        read(text.as_bytes())
    }

    fn fields(problem: &Problem) -> Vec<(&str, &str)> {
        problem.errors.0.iter().map(|error| (error.field.as_str(), error.message.as_str())).collect()
    }

    #[test]
    fn text_that_is_no_json_is_400_and_json_that_does_not_fit_is_422() {
        for text in ["", "{", "{\"title\": \"a\"", "nonsense", "{\"title\":\"a\"} x", "{\"title\": \"\\ud800\"}"] {
            assert_eq!(body::<HypothesisDraft>(text).unwrap_err().kind, Kind::Unreadable, "{text}");
        }
        for text in ["[]", "3", "{\"title\": 3}", "{\"titel\": \"a\"}"] {
            assert_eq!(body::<HypothesisDraft>(text).unwrap_err().kind, Kind::Invalid, "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_path() {
        let problem = body::<HypothesisDraft>("{\"statement\": {\"effect\": {\"lo\": 1}}}").unwrap_err();
        assert_eq!(fields(&problem), [("statement.effect.lo", "There is no field “lo” here; use metric, direction, low, high.")]);
        let problem = body::<HypothesisDraft>("{\"statement\": {\"effect\": {\"low\": \"much\"}}}").unwrap_err();
        assert_eq!(fields(&problem), [("statement.effect.low", "This should be a number, not string \"much\".")]);
        let problem = body::<TestDraft>("{\"variants\": [{}, {\"sahre\": 1}]}").unwrap_err();
        assert_eq!(fields(&problem)[0].0, "variants.1.sahre");
        let problem = body::<EvidenceDraft>("{\"sample_size\": 8.5}").unwrap_err();
        assert_eq!(fields(&problem), [("sample_size", "This should be a whole number, not floating point 8.5.")]);
        let problem = body::<ScoreDraft>("{\"lift_low\": \"much\"}").unwrap_err();
        assert_eq!(fields(&problem), [("lift_low", "This should be a number, not string \"much\".")]);
        let problem = body::<HypothesisDraft>("[]").unwrap_err();
        assert_eq!(fields(&problem)[0].0, "body");
    }

    #[test]
    fn a_patch_changes_only_what_it_names() {
        let mut draft = HypothesisDraft::titled("Old");
        draft.tags = vec!["a".into()];
        draft.statement.because = Some("a reason".into());
        draft.statement.change = Some("a change".into());
        let patch = |text: &str| Patch(serde_json::from_str(text).unwrap());
        let changed = patch("{\"title\": \"New\", \"statement\": {\"because\": null}}").onto(&draft).unwrap();
        assert_eq!((changed.title.as_str(), changed.statement.because), ("New", None));
        assert_eq!((changed.statement.change.as_deref(), changed.tags.len()), (Some("a change"), 1));
        let refused = patch("{\"statement\": {\"becuase\": \"x\"}}").onto(&draft).unwrap_err();
        assert_eq!(fields(&refused)[0].0, "statement.becuase");
        assert!(patch("{\"statement\": {\"audience\": null}}").names("statement.audience"));
        assert!(!patch("{\"statement\": {}}").names("statement.audience"));
    }
}
