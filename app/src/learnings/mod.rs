//! Learnings: cards, table, one learning for a room, and the form for those that ran elsewhere.

mod card;
mod form;
mod list;
mod new;
mod record;
mod server_fns;

pub use card::{day, next_words, scale_of, span};
pub use form::LearningForm;
pub use list::LearningsPage;
pub use new::NewLearningPage;
pub use record::LearningPage;
pub use server_fns::*;
