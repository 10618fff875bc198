//! Attaching, taking away and bringing back.

use super::files::{Files, THUMBNAIL, Unnamed, hash_of};
use super::picture::picture;
use super::rows::attachment;
use crate::access::{Contribute, Scope};
use crate::activity::NewEvent;
use crate::connection::Store;
use crate::errors::{Result, StoreError};
use crate::time::to_micros;
use domain::attachments::{AttachedTo, Attachment, FIELD, MOST, Media, check_length, display_name, recognise, too_many};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use attachment::Column;

/// A file as it arrives: what it is called, and all of its bytes.
#[derive(Debug, Clone)]
pub struct NewFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A file that was looked through and lies on the disk without a name.
struct Ready {
    name: String,
    media: Media,
    size: i64,
    hash: String,
    sides: Option<(i64, i64)>,
    unnamed: Vec<Unnamed>,
}

impl Store {
    /// Removes what was left behind by uploads that broke off; answers how many files that were.
    pub async fn sweep_attachments(&self) -> Result<u64> {
        let files = self.files.clone();
        aside(move || files.sweep()).await
    }
}

impl Scope<Contribute> {
    /// Attaches a file. What it is follows from its content; a refusal says why beside `file`.
    pub async fn attach(&self, to: &AttachedTo, file: NewFile) -> Result<Attachment> {
        self.find_attached_to(&self.store.read, to).await?;
        check_length(file.bytes.len())?;
        let mut ready = {
            // Pictures take memory; few are drawn at once.
            let turn = self.store.drawing.acquire().await;
            let _turn = turn.map_err(|error| StoreError::Internal(error.to_string()))?;
            let (files, to) = (self.store.files.clone(), to.clone());
            aside(move || made_ready(&files, &to, file)).await?
        };
        self.check_room(&self.store.read, to, Some(&ready.hash)).await?;
        // No write waits for the disk: a file gets its name before. One that the write then refuses stays, as a hash that
        // no row knows.
        let unnamed = std::mem::take(&mut ready.unnamed);
        aside(move || unnamed.into_iter().try_for_each(Unnamed::name)).await?;
        let tx = self.begin().await?;
        self.find_attached_to(&tx, to).await?;
        self.check_room(&tx, to, Some(&ready.hash)).await?;
        let event = NewEvent::new(to.subject, &to.number, "attached", told(&ready.name, to));
        let id = attachment::Entity::insert(self.row_of_attachment(to, ready)).exec(&tx).await?.last_insert_id;
        self.record(&tx, event).await?;
        tx.commit().await?;
        self.attachment(id).await
    }

    fn row_of_attachment(&self, to: &AttachedTo, ready: Ready) -> attachment::ActiveModel {
        let Ready { name, media, size, hash, sides, unnamed: _ } = ready;
        attachment::ActiveModel {
            workspace_id: Set(self.workspace_id),
            subject: Set(to.subject.slug().to_owned()),
            number: Set(to.number.clone()),
            variant: Set(to.variant.clone()),
            name: Set(name),
            media_type: Set(media.mime().to_owned()),
            size: Set(size),
            hash: Set(hash),
            width: Set(sides.map(|(width, _)| width)),
            height: Set(sides.map(|(_, height)| height)),
            person_id: Set(self.person_id),
            archived: Set(false),
            created_at: Set(to_micros(self.now())),
            ..attachment::ActiveModel::default()
        }
    }

    /// Takes an attachment away.
    pub async fn archive_attachment(&self, id: i64) -> Result<Attachment> {
        self.put_attachment_archived(id, true).await
    }

    /// Brings an attachment back.
    pub async fn restore_attachment(&self, id: i64) -> Result<Attachment> {
        self.put_attachment_archived(id, false).await
    }

    async fn put_attachment_archived(&self, id: i64, archived: bool) -> Result<Attachment> {
        let tx = self.begin().await?;
        let present = self.attachment_within(&tx, id).await?;
        if present.archived != archived {
            let to = present.attached_to();
            if !archived {
                self.check_room(&tx, &to, None).await?;
            }
            let changed = attachment::ActiveModel { id: Set(id), archived: Set(archived), ..attachment::ActiveModel::default() };
            attachment::Entity::update(changed).exec(&tx).await?;
            let action = if archived { "took away" } else { "brought back" };
            self.record(&tx, NewEvent::new(to.subject, &to.number, action, told(&present.name, &to))).await?;
        }
        tx.commit().await?;
        self.attachment(id).await
    }

    /// Refuses one too many, and content that hangs there already.
    async fn check_room(&self, db: &impl ConnectionTrait, to: &AttachedTo, hash: Option<&str>) -> Result<()> {
        let here = self.hanging_on(to).filter(Column::Archived.eq(false));
        if let Some(hash) = hash
            && let Some(same) = here.clone().filter(Column::Hash.eq(hash)).one(db).await?
        {
            return Err(StoreError::field(FIELD, format!("The same file is attached here already, as {}.", same.name)));
        }
        if here.count(db).await? >= MOST {
            return Err(too_many().into());
        }
        Ok(())
    }
}

/// "basket.png", or "basket.png to variant B".
fn told(name: &str, to: &AttachedTo) -> String {
    to.variant.as_ref().map_or_else(|| name.to_owned(), |key| format!("{name}, variant {key}"))
}

/// Looks through a file and writes it, and its thumbnail, to the disk.
fn made_ready(files: &Files, to: &AttachedTo, file: NewFile) -> Result<Ready> {
    let NewFile { name, bytes } = file;
    let media = recognise(&bytes)?;
    to.check(media)?;
    let name = display_name(&name, media)?;
    let picture = picture(&bytes, media)?;
    let hash = hash_of(&bytes);
    let mut unnamed = vec![files.write(&hash, &bytes)?];
    if let Some(picture) = &picture {
        unnamed.push(files.write(&format!("{hash}{THUMBNAIL}"), &picture.thumbnail)?);
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let sides = picture.map(|picture| (i64::from(picture.width), i64::from(picture.height)));
    Ok(Ready { name, media, size, hash, sides, unnamed })
}

/// Does what takes long, or waits for a disk, where it holds up nobody.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| StoreError::Internal(error.to_string()))?
}
