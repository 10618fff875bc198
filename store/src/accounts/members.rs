//! The people of a workspace.

use super::rows::{member, person, person_of};
use super::sessions::new_password_link;
use super::workspaces::insert_member;
use crate::access::{Actor, AddMembers, Own, Right, Scope};
use crate::activity::NewEvent;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use domain::access::Role;
use domain::accounts::{Member, MemberDraft};
use domain::activity::Subject;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, JoinType, PaginatorTrait, QueryFilter,
    QuerySelect, RelationDef,
};
use std::collections::HashMap;

impl<R: Right> Scope<R> {
    /// Everybody, by name.
    pub async fn members(&self) -> Result<Vec<Member>> {
        let mut members: Vec<Member> = self.people().await?.into_values().collect();
        members.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.email.cmp(&b.email)));
        Ok(members)
    }

    /// Everybody, by id.
    pub(crate) async fn people(&self) -> Result<HashMap<i64, Member>> {
        let membership: RelationDef =
            person::Entity::belongs_to(member::Entity).from(person::Column::Id).to(member::Column::PersonId).into();
        let rows: Vec<(i64, String, String, bool, String)> = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Email, person::Column::Name])
            .expr_as(Expr::col((person::Entity, person::Column::PasswordHash)).is_not_null(), "can_sign_in")
            .column(member::Column::Role)
            .join(JoinType::InnerJoin, membership)
            .filter(member::Column::WorkspaceId.eq(self.workspace_id))
            .into_tuple()
            .all(&self.store.read)
            .await?;
        let member = |(id, email, name, can_sign_in, role): (i64, String, String, bool, String)| {
            (id, Member { email, name, role: Role::from_slug(&role).unwrap_or(Role::Viewer), can_sign_in })
        };
        Ok(rows.into_iter().map(member).collect())
    }

    /// The asking person as a member; none for the command line.
    pub async fn me(&self) -> Result<Option<Member>> {
        Ok(match self.person_id {
            Some(id) => self.people().await?.remove(&id),
            None => None,
        })
    }
}

impl Scope<Own> {
    /// A member as the actor of further operations: what the command line enters in somebody's name.
    pub async fn acting_as(&self, email: &str) -> Result<Actor> {
        let people = self.people().await?;
        let found = people.into_iter().find(|(_, member)| member.email == email);
        found.map(|(id, _)| Actor::Person { id }).ok_or(StoreError::NotFound)
    }
}

impl Scope<AddMembers> {
    /// Adds someone, or changes the role of someone who is here, and answers the secret of a link with which they
    /// set a password; none if they have one, or got their link from another workspace.
    pub async fn add_member(&self, draft: &MemberDraft) -> Result<Option<String>> {
        let (name, email, role) = draft.check()?;
        if !self.role().may_grant(role) {
            return Err(StoreError::field("role", "Only an owner makes somebody an owner."));
        }
        let now = to_micros(self.now());
        let tx = self.begin().await?;
        let person = put_person(&tx, &email, &name, now).await?;
        match member::Entity::find_by_id((self.workspace_id, person.id)).one(&tx).await? {
            Some(present) => self.change_role(&tx, &present, role).await?,
            None => insert_member(&tx, self.workspace_id, person.id, role, now).await?,
        }
        let needs_link = person.password_hash.is_none() && self.may_hand_out_link(&tx, person.id).await?;
        let link = if needs_link { Some(new_password_link(&tx, person.id).await?) } else { None };
        let summary = format!("{} is {} now", person.name, role.slug());
        self.record(&tx, NewEvent::new(Subject::Member, &email, "added", summary)).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// A fresh link for somebody who has no password yet, or has forgotten it.
    pub async fn renew_link(&self, email: &str) -> Result<String> {
        let tx = self.begin().await?;
        let person = person_of(&tx, email).await?.ok_or(StoreError::NotFound)?;
        let row = member::Entity::find_by_id((self.workspace_id, person.id)).one(&tx).await?.ok_or(StoreError::NotFound)?;
        let theirs = Role::from_slug(&row.role).unwrap_or(Role::Owner);
        if !self.role().may_grant(theirs) || !self.may_hand_out_link(&tx, person.id).await? {
            return Err(StoreError::Forbidden);
        }
        let link = new_password_link(&tx, person.id).await?;
        self.record(&tx, NewEvent::new(Subject::Member, &person.email, "invited", "Made a link to set a password")).await?;
        tx.commit().await?;
        Ok(link)
    }

    /// Whoever holds the link becomes the person, in every workspace: one workspace may not take over a member of
    /// another. The command line may.
    async fn may_hand_out_link(&self, tx: &DatabaseTransaction, person_id: i64) -> Result<bool> {
        let elsewhere = member::Entity::find()
            .filter(member::Column::PersonId.eq(person_id))
            .filter(member::Column::WorkspaceId.ne(self.workspace_id))
            .count(tx)
            .await?;
        Ok(elsewhere == 0 || self.person_id.is_none())
    }

    async fn change_role(&self, tx: &DatabaseTransaction, present: &member::Model, role: Role) -> Result<()> {
        let old = Role::from_slug(&present.role).unwrap_or(Role::Owner);
        if !self.role().may_grant(old) {
            return Err(StoreError::field("role", "Only an owner changes an owner’s role."));
        }
        if old == Role::Owner && role != Role::Owner {
            // Writes to a workspace follow each other, so two owners cannot step down past each other.
            let owners = member::Entity::find()
                .filter(member::Column::WorkspaceId.eq(self.workspace_id))
                .filter(member::Column::Role.eq(Role::Owner.slug()))
                .count(tx)
                .await?;
            if owners < 2 {
                return Err(StoreError::field("role", "A workspace always keeps one owner."));
            }
        }
        let change = member::Entity::update_many().col_expr(member::Column::Role, Expr::val(role.slug()));
        let here = member::Column::WorkspaceId.eq(self.workspace_id).and(member::Column::PersonId.eq(present.person_id));
        change.filter(here).exec(tx).await?;
        Ok(())
    }
}

/// The person with this address, made if there is none. Two workspaces may do so at once.
async fn put_person(tx: &impl ConnectionTrait, email: &str, name: &str, now: i64) -> Result<person::Model> {
    let row = person::ActiveModel {
        email: Set(email.to_owned()),
        name: Set(name.to_owned()),
        password_hash: Set(None),
        created_at: Set(now),
        ..person::ActiveModel::default()
    };
    let there_already = OnConflict::column(person::Column::Email).do_nothing().to_owned();
    person::Entity::insert_many([row]).on_conflict(there_already).exec_without_returning(tx).await?;
    person_of(tx, email).await?.ok_or_else(|| StoreError::Internal("a person was not kept".into()))
}
