//! The design system: props in, view out. Knows no domain type and fetches nothing.

mod copy;
mod dialogs;
mod drafts;
mod facet;
mod field;
mod icon;
mod keys;
mod listbox;
mod prose;
mod state;
mod toast;
mod words;

pub use copy::Copy;
pub use dialogs::Dialogs;
pub use drafts::{Drafts, KeptLine};
pub use facet::{Facet, Facets, NoMatch};
pub use field::{Checkboxes, Choice, Field, FieldNote, Findings, SelectField, Submit, TextArea};
pub use icon::{Avatar, Icon, Mark};
pub use keys::Keys;
pub use listbox::{Listbox, Offer};
pub use prose::{Prose, html_of};
pub use state::{Empty, ErrorState, NothingHere};
pub use toast::Toast;
pub use words::{age, date, initials, number, plural, time_of_day, trim_number};
