//! Operations on stored things. The connection is private to this crate, so a row is reachable only through a
//! [`Scope`], which only an entitled actor gets.

mod access;
mod accounts;
mod activity;
mod attachments;
mod comments;
mod connection;
mod counters;
mod errors;
mod evidence;
mod experiments;
mod hypotheses;
mod idempotency;
mod impact;
mod json;
mod learnings;
mod paging;
mod scoring;
mod search;
mod signals;
mod sites;
mod time;
mod transfer;
mod upkeep;
mod views;

pub use access::{Actor, AddMembers, Configure, Contribute, Import, KeepViews, Own, Read, Right, RunTests, Scope};
pub use accounts::{NewToken, Session, SignedIn, TokenInfo};
pub use attachments::{NewFile, StoredFile};
pub use connection::{OpenError, Store};
pub use errors::StoreError;
pub use idempotency::{Claim, KeptAnswer, KeyedRequest};
pub use paging::PageRequest;
pub use transfer::Upload;
pub use upkeep::{BackedUp, Exported, Restored, UpkeepError, back_up, open_backed_up, restore, sqlite_file};
