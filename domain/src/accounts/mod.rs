//! People, workspaces and what is asked when they are made. Knows no passwords' digests and no sessions.

use crate::access::Role;
use crate::errors::FieldErrors;
use crate::evidence::Weights;
use crate::scoring::{CombineRule, ScoringSettings, Shapes};
use crate::search::ThesaurusEdits;
use crate::text;
use serde::{Deserialize, Serialize};

/// The shortest password taken, in characters.
pub const PASSWORD_MINIMUM: usize = 10;
/// The longest password taken, in bytes; a limit, so that a request cannot make hashing slow.
pub const PASSWORD_MAXIMUM: usize = 256;

/// Workspace slugs that are addresses of the site itself.
const RESERVED: [&str; 16] = [
    "api",
    "pkg",
    "fonts",
    "sign-in",
    "sign-out",
    "set-up",
    "set-password",
    "password",
    "account",
    "healthz",
    "readyz",
    "metrics",
    "favicon",
    "icons",
    "signals",
    "new",
];

/// Preferences of a workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkspaceSettings {
    /// How the three criteria of ICE, and of PIE, become one number.
    pub combine: CombineRule,
    /// Whether viewers and contributors see money.
    pub money_for_all: bool,
    /// What evidence weighs.
    #[serde(default)]
    pub evidence: Weights,
    /// What the team changes of the thesaurus by which ideas said in other words are found.
    #[serde(default)]
    pub thesaurus: ThesaurusEdits,
    /// Which model scores what, and how.
    #[serde(default)]
    pub scoring: ScoringSettings,
}

impl Default for WorkspaceSettings {
    fn default() -> Self {
        Self {
            combine: CombineRule::Mean,
            money_for_all: true,
            evidence: Weights::default(),
            thesaurus: ThesaurusEdits::default(),
            scoring: ScoringSettings::default(),
        }
    }
}

impl WorkspaceSettings {
    /// All models as this workspace has them.
    pub fn shapes(&self) -> Shapes {
        Shapes::new(&self.scoring, self.combine)
    }
}

/// A workspace as its members see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Workspace {
    pub slug: String,
    pub name: String,
    pub settings: WorkspaceSettings,
    /// Counts the changes of name and settings.
    pub version: i64,
}

/// A person in a workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    pub email: String,
    pub name: String,
    pub role: Role,
    /// False until the person has set a password.
    pub can_sign_in: bool,
}

/// What the set-up page asks for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SetUpDraft {
    pub name: String,
    pub email: String,
    pub password: String,
    pub workspace: String,
}

/// A set-up that can be carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct SetUp {
    pub name: String,
    pub email: String,
    pub password: String,
    pub workspace: String,
    pub slug: String,
}

impl SetUpDraft {
    pub fn check(&self) -> Result<SetUp, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = text::required_line(&mut errors, "name", "Your name", &self.name);
        let email = text::required_email(&mut errors, "email", &self.email);
        let workspace = text::required_line(&mut errors, "workspace", "The workspace’s name", &self.workspace);
        check_password(&mut errors, "password", &self.password);
        let slug = free_slug(&workspace);
        errors.into_result(SetUp { name, email, password: self.password.clone(), workspace, slug })
    }
}

/// A slug for a workspace of this name that collides with no address of the site.
pub fn free_slug(name: &str) -> String {
    let slug = text::slug_of(name);
    if slug.is_empty() || RESERVED.contains(&slug.as_str()) { format!("team-{slug}").trim_end_matches('-').to_owned() } else { slug }
}

/// Whether a workspace may have this slug.
pub fn check_workspace_slug(errors: &mut FieldErrors, field: &str, raw: &str) -> String {
    let slug = text::required_slug(errors, field, raw);
    errors.require(!RESERVED.contains(&slug.as_str()), field, format!("“{slug}” is an address of the site itself. Choose another."));
    slug
}

/// Length is the only rule: rules about signs make passwords that people cannot keep in mind.
pub fn check_password(errors: &mut FieldErrors, field: &str, password: &str) {
    let long_enough = password.chars().count() >= PASSWORD_MINIMUM;
    errors.require(long_enough, field, format!("Use at least {PASSWORD_MINIMUM} characters. A few words in a row are good."));
    errors.require(password.len() <= PASSWORD_MAXIMUM, field, format!("At most {PASSWORD_MAXIMUM} bytes."));
}

/// Someone to be added to a workspace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct MemberDraft {
    pub name: String,
    pub email: String,
    pub role: String,
}

impl MemberDraft {
    /// The checked name, e-mail and role.
    pub fn check(&self) -> Result<(String, String, Role), FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = text::required_line(&mut errors, "name", "The name", &self.name);
        let email = text::required_email(&mut errors, "email", &self.email);
        let role = Role::from_slug(self.role.trim());
        errors.require(role.is_some(), "role", "Choose one of viewer, contributor, lead and owner.");
        errors.into_result((name, email, role.unwrap_or(Role::Viewer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_set_up_is_named_at_once() {
        let errors = SetUpDraft { email: "x".into(), password: "short".into(), ..SetUpDraft::default() }.check().unwrap_err();
        let fields: Vec<_> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "email", "workspace", "password"]);
    }

    #[test]
    fn a_workspace_called_api_gets_another_address() {
        assert_eq!(free_slug("API"), "team-api");
        assert_eq!(free_slug("日本"), "team");
        assert_eq!(free_slug("Holm Group"), "holm-group");
    }
}
