//! Evidence: the list, the record, the form, and what a hypothesis page and a picker show of it.

mod bearing;
mod cells;
mod explain;
mod filters;
mod form;
mod inventory;
mod item;
mod link_form;
mod list;
mod picker;
mod section;
mod server_fns;
mod still_true;
mod versions;

pub use cells::{Fresh, Kinds};
pub use filters::Views;
pub use form::{EditEvidencePage, NewEvidencePage};
pub use inventory::EvidenceInventoryPage;
pub use item::EvidenceItemPage;
pub use list::{EvidencePage, Table as EvidenceTable};
pub use picker::Picker;
pub use section::EvidenceSection;
pub use server_fns::*;
pub use still_true::StillTrueForm;
