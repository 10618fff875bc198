//! The gate: who asks, what they may do, and the scope that proves it. Every query starts from a scope's workspace.

use crate::accounts::rows::{member, person, workspace};
use crate::connection::Store;
use crate::errors::{Result, StoreError};
use crate::json;
use chrono::{DateTime, Utc};
use domain::access::{Permission, Role, TokenScope};
use domain::accounts::{Workspace, WorkspaceSettings};
use domain::text::is_slug;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};
use std::marker::PhantomData;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody that we know.
    Anonymous,
    /// A person with a session.
    Person { id: i64 },
    /// A program with a token, which belongs to one workspace.
    Program { person_id: i64, workspace_id: i64, scope: TokenScope },
    /// Whoever runs the command line on the machine itself.
    Operator,
}

/// A right that a scope carries in its type.
pub trait Right: Send + Sync + 'static {
    const PERMISSION: Permission;
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;
        impl Right for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )+};
}

rights! {
    /// Reading.
    Read,
    /// Keeping views of one's own.
    KeepViews,
    /// Writing evidence and hypotheses, scoring, results.
    Contribute,
    /// Planning, starting, stopping and concluding tests.
    RunTests,
    /// The catalogue and the settings.
    Configure,
    /// Imports.
    Import,
    /// Adding people.
    AddMembers,
    /// What only owners may do.
    Own,
}

/// Proof that an actor may do `R` in one workspace; all rows are reached through it.
pub struct Scope<R> {
    pub(crate) store: Store,
    pub(crate) workspace_id: i64,
    pub(crate) person_id: Option<i64>,
    role: Role,
    token: Option<TokenScope>,
    workspace: Workspace,
    person_name: Option<String>,
    at: Option<DateTime<Utc>>,
    right: PhantomData<R>,
}

/// What an actor is in a workspace.
struct Standing {
    person_id: Option<i64>,
    role: Role,
    token: Option<TokenScope>,
    person_name: Option<String>,
}

impl Store {
    /// The scope of this right in this workspace. Outsiders get `NotFound`, members without the right `Forbidden`.
    pub async fn scope<R: Right>(&self, actor: &Actor, slug: &str) -> Result<Scope<R>> {
        if !is_slug(slug) {
            return Err(StoreError::NotFound);
        }
        let found = workspace::Entity::find().filter(workspace::Column::Slug.eq(slug)).one(&self.read).await?;
        let row = found.ok_or(StoreError::NotFound)?;
        let Standing { person_id, role, token, person_name } = self.standing(actor, row.id).await?;
        if !role.permits(R::PERMISSION) || token.is_some_and(|scope| !scope.permits(R::PERMISSION)) {
            return Err(StoreError::Forbidden);
        }
        let settings: WorkspaceSettings = json::from_text(&row.settings)?;
        let workspace = Workspace { slug: row.slug, name: row.name, settings, version: row.version };
        Ok(Scope {
            store: self.clone(),
            workspace_id: row.id,
            person_id,
            role,
            token,
            workspace,
            person_name,
            at: None,
            right: PhantomData,
        })
    }

    async fn standing(&self, actor: &Actor, workspace_id: i64) -> Result<Standing> {
        let (person_id, token) = match actor {
            Actor::Operator => return Ok(Standing { person_id: None, role: Role::Owner, token: None, person_name: None }),
            Actor::Person { id } => (*id, None),
            Actor::Program { person_id, workspace_id: theirs, scope } if *theirs == workspace_id => (*person_id, Some(*scope)),
            Actor::Anonymous | Actor::Program { .. } => return Err(StoreError::NotFound),
        };
        let person: RelationDef = member::Entity::belongs_to(person::Entity).from(member::Column::PersonId).to(person::Column::Id).into();
        let found: Option<(String, String)> = member::Entity::find_by_id((workspace_id, person_id))
            .select_only()
            .column(member::Column::Role)
            .column(person::Column::Name)
            .join(JoinType::InnerJoin, person)
            .into_tuple()
            .one(&self.read)
            .await?;
        let (role, name) = found.ok_or(StoreError::NotFound)?;
        let role = Role::from_slug(&role).ok_or_else(|| StoreError::Internal(format!("unknown role {role}")))?;
        Ok(Standing { person_id: Some(person_id), role, token, person_name: Some(name) })
    }
}

impl Scope<RunTests> {
    /// The same actor as a contributor: whoever may run tests, by role and by token, may contribute.
    pub(crate) fn as_contributor(&self) -> Scope<Contribute> {
        Scope {
            store: self.store.clone(),
            workspace_id: self.workspace_id,
            person_id: self.person_id,
            role: self.role,
            token: self.token,
            workspace: self.workspace.clone(),
            person_name: self.person_name.clone(),
            at: self.at,
            right: PhantomData,
        }
    }
}

impl<R> Scope<R> {
    /// The workspace as its members see it.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    pub fn role(&self) -> Role {
        self.role
    }

    /// The asking person's name; none for the command line.
    pub fn person_name(&self) -> Option<&str> {
        self.person_name.as_deref()
    }

    /// What the token behind this scope may do at most; none without a token.
    pub fn token_scope(&self) -> Option<TokenScope> {
        self.token
    }

    /// The same asker with another right, if they have it: an import also makes sites, ideas and scores.
    pub(crate) fn with_right<S: Right>(&self) -> Result<Scope<S>> {
        if !self.may(S::PERMISSION) {
            return Err(StoreError::Forbidden);
        }
        Ok(Scope {
            store: self.store.clone(),
            workspace_id: self.workspace_id,
            person_id: self.person_id,
            role: self.role,
            token: self.token,
            workspace: self.workspace.clone(),
            person_name: self.person_name.clone(),
            at: self.at,
            right: PhantomData,
        })
    }

    /// The command line in the name of a member; nobody else may speak for others.
    pub(crate) fn speak_for(&mut self, person_id: i64, name: &str) -> Result<()> {
        if self.person_id.is_some() {
            return Err(StoreError::Forbidden);
        }
        self.person_id = Some(person_id);
        self.person_name = Some(name.to_owned());
        Ok(())
    }

    /// Whether this actor may also do that; what a page asks before it draws a button.
    pub fn may(&self, permission: Permission) -> bool {
        self.role.permits(permission) && self.token.is_none_or(|scope| scope.permits(permission))
    }

    /// Whether this actor sees money.
    pub fn sees_money(&self) -> bool {
        self.role >= Role::Lead || self.workspace.settings.money_for_all
    }

    /// The same scope at another time: what demo and import use to enter what happened earlier.
    #[must_use]
    pub fn at(mut self, at: DateTime<Utc>) -> Self {
        self.at = Some(at);
        self
    }

    /// Changes the time of an existing scope.
    pub fn set_time(&mut self, at: DateTime<Utc>) {
        self.at = Some(at);
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.at.unwrap_or_else(Utc::now)
    }

    /// The settings as they stand within this write. Those of [`Scope::workspace`] are as old as the scope, and what
    /// is computed from them and stored would stay wrong.
    pub(crate) async fn settings_now(&self, tx: &DatabaseTransaction) -> Result<WorkspaceSettings> {
        let row = workspace::Entity::find_by_id(self.workspace_id).one(tx).await?.ok_or(StoreError::NotFound)?;
        json::from_text(&row.settings)
    }

    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        self.store.begin(self.workspace_id).await
    }
}
