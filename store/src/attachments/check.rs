//! Whether every attachment has its file.

use super::files::THUMBNAIL;
use super::rows::attachment;
use crate::access::{Read, Scope};
use crate::errors::Result;
use crate::upkeep::CHUNK;
use domain::attachments::Media;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use attachment::Column;

impl Scope<Read> {
    /// Says of every attachment whose file is not there, or not as long as it was. Nothing is said where it is not
    /// known in which folder the files lie.
    pub(crate) async fn check_attachments(&self, db: &impl ConnectionTrait, said: &mut Vec<String>) -> Result<()> {
        if !self.store.files.have_a_place() {
            return Ok(());
        }
        let mut after = 0;
        loop {
            let here = attachment::Entity::find().filter(Column::WorkspaceId.eq(self.workspace_id)).filter(Column::Id.gt(after));
            let rows = here.order_by_asc(Column::Id).limit(CHUNK).all(db).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.id;
            for row in &rows {
                self.check_files(row, said)?;
            }
        }
    }

    fn check_files(&self, row: &attachment::Model, said: &mut Vec<String>) -> Result<()> {
        let which = format!("{}: the file of attachment {}, {},", row.number, row.id, row.name);
        match self.store.files.path(&row.hash)?.metadata() {
            Err(_) => said.push(format!("{which} is missing.")),
            Ok(found) if i64::try_from(found.len()) != Ok(row.size) => {
                said.push(format!("{which} has {} bytes; it had {}.", found.len(), row.size));
            }
            Ok(_) => {}
        }
        let is_image = Media::from_mime(&row.media_type).is_some_and(Media::is_image);
        if is_image && !self.store.files.path(&format!("{}{THUMBNAIL}", row.hash))?.is_file() {
            said.push(format!("{}: the thumbnail of attachment {}, {}, is missing.", row.number, row.id, row.name));
        }
        Ok(())
    }
}
