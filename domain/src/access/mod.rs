//! Who may do what: roles, permissions, token scopes. The same functions hide a button and refuse a request.

use serde::{Deserialize, Serialize};

/// A member's role in a workspace; each may do all that the one before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Viewer,
    Contributor,
    Lead,
    Owner,
}

/// What a request wants to do, as coarse as the role table of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read everything.
    Read,
    /// Keep views of one's own.
    KeepViews,
    /// Create and edit evidence and hypotheses, score, enter results, move stages by hand.
    Contribute,
    /// Plan, start, stop and conclude tests, overrule, rollouts.
    RunTests,
    /// The catalogue and the settings.
    Configure,
    /// Import and its undo.
    Import,
    /// Add members up to lead.
    AddMembers,
    /// Owners, erasing, security.
    Own,
}

/// What an API token may do at most; the member's role limits it further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    Read,
    Write,
    Admin,
}

impl Role {
    pub const ALL: [Role; 4] = [Role::Viewer, Role::Contributor, Role::Lead, Role::Owner];

    pub fn slug(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Contributor => "contributor",
            Role::Lead => "lead",
            Role::Owner => "owner",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.slug() == slug)
    }

    pub fn permits(self, permission: Permission) -> bool {
        self >= permission.least_role()
    }

    /// Whether a member of this role may give someone else `other`: leads add up to lead, owners anyone.
    pub fn may_grant(self, other: Role) -> bool {
        self.permits(Permission::AddMembers) && (other <= Role::Lead || self == Role::Owner)
    }
}

impl Permission {
    pub const ALL: [Permission; 8] = [
        Permission::Read,
        Permission::KeepViews,
        Permission::Contribute,
        Permission::RunTests,
        Permission::Configure,
        Permission::Import,
        Permission::AddMembers,
        Permission::Own,
    ];

    pub fn slug(self) -> &'static str {
        match self {
            Permission::Read => "read",
            Permission::KeepViews => "keep_views",
            Permission::Contribute => "contribute",
            Permission::RunTests => "run_tests",
            Permission::Configure => "configure",
            Permission::Import => "import",
            Permission::AddMembers => "add_members",
            Permission::Own => "own",
        }
    }

    fn least_role(self) -> Role {
        match self {
            Permission::Read | Permission::KeepViews => Role::Viewer,
            Permission::Contribute => Role::Contributor,
            Permission::RunTests | Permission::Configure | Permission::Import | Permission::AddMembers => Role::Lead,
            Permission::Own => Role::Owner,
        }
    }
}

impl TokenScope {
    pub const ALL: [TokenScope; 3] = [TokenScope::Read, TokenScope::Write, TokenScope::Admin];

    pub fn slug(self) -> &'static str {
        match self {
            TokenScope::Read => "read",
            TokenScope::Write => "write",
            TokenScope::Admin => "admin",
        }
    }

    pub fn from_slug(slug: &str) -> Option<TokenScope> {
        TokenScope::ALL.into_iter().find(|scope| scope.slug() == slug)
    }

    /// Read is a viewer's rights, whose own views are among them; write a lead's except settings, members and import; admin all of the role's.
    pub fn permits(self, permission: Permission) -> bool {
        match self {
            TokenScope::Read => Role::Viewer.permits(permission),
            TokenScope::Write => Role::Viewer.permits(permission) || matches!(permission, Permission::Contribute | Permission::RunTests),
            TokenScope::Admin => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_table_is_that_of_the_product() {
        let allowed = |role: Role| Permission::ALL.into_iter().filter(|p| role.permits(*p)).count();
        assert_eq!(Role::ALL.map(allowed), [2, 3, 7, 8]);
    }

    #[test]
    fn a_lead_adds_up_to_lead_and_only_an_owner_adds_owners() {
        assert!(Role::Lead.may_grant(Role::Lead));
        assert!(!Role::Lead.may_grant(Role::Owner));
        assert!(Role::Owner.may_grant(Role::Owner));
        assert!(!Role::Contributor.may_grant(Role::Viewer));
    }

    #[test]
    fn a_write_token_may_neither_configure_nor_import_nor_add_people() {
        let refused: Vec<_> = Permission::ALL.into_iter().filter(|p| !TokenScope::Write.permits(*p)).collect();
        assert_eq!(refused, [Permission::Configure, Permission::Import, Permission::AddMembers, Permission::Own]);
    }
}
