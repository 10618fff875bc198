//! The signal inventory: where people leave, and what they do just before. Knows how a row is checked, what follows
//! from it beside the site's other pages, and how it becomes evidence; where rows are kept it does not know.
//!
//! A behaviour is counted among exits: of the visits that ended on the page, those that showed it in their last
//! [`SECONDS`] seconds. It can therefore never be more than the exits.

mod draft;
mod evidence;
mod form;
mod query;
mod reading;
mod usual;
mod worth;

pub use draft::{PERIOD_LIMIT, SignalContent, SignalDraft, overlap};
pub use evidence::evidence_of;
pub use form::SignalForm;
pub use query::{Devices, Period, SignalQuery, SortKey};
pub use reading::{BehaviourShare, Change, Rate, Reading, per_week, rate, reading};
pub use usual::{AVERAGE_PAGES, PAGES_COMPARED, Peer, RANGE_PAGES, Usual};
pub use worth::{CouldBeWorth, Need, ValueInputs, could_be_worth};

use crate::sites::Device;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// So many seconds before an exit belong to it.
pub const SECONDS: u32 = 30;

/// What people do just before they leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SignalBehaviour))]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// A long pause on one section.
    Hesitation,
    /// The same section three times.
    ScrollLoop,
    /// The pointer on its way out of the page.
    ExitIntent,
}

impl Behaviour {
    pub const ALL: [Behaviour; 3] = [Behaviour::Hesitation, Behaviour::ScrollLoop, Behaviour::ExitIntent];

    pub fn slug(self) -> &'static str {
        match self {
            Behaviour::Hesitation => "hesitation",
            Behaviour::ScrollLoop => "scroll_loop",
            Behaviour::ExitIntent => "exit_intent",
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Behaviour::Hesitation => "Hesitation",
            Behaviour::ScrollLoop => "Scroll loop",
            Behaviour::ExitIntent => "Exit intent",
        }
    }

    /// "after a scroll loop".
    pub fn after(self) -> &'static str {
        match self {
            Behaviour::Hesitation => "after a hesitation",
            Behaviour::ScrollLoop => "after a scroll loop",
            Behaviour::ExitIntent => "after a sign of leaving",
        }
    }
}

/// Exits with each behaviour, in the order of [`Behaviour::ALL`]; none where it was not measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Behaviours(pub [Option<i64>; 3]);

impl Behaviours {
    /// Each behaviour with its count.
    pub fn each(self) -> impl Iterator<Item = (Behaviour, Option<i64>)> {
        Behaviour::ALL.into_iter().zip(self.0)
    }
}

/// A row of the inventory as everybody reads it: what was counted, and what follows from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Signal {
    /// Counts up per workspace.
    pub id: i64,
    /// The page's name.
    pub page: String,
    /// Where it lies: `/trade-prices`.
    pub path: String,
    pub site: String,
    pub area: Option<String>,
    /// None for all devices together.
    pub device: Option<Device>,
    /// The first day of the period.
    pub from: NaiveDate,
    /// The last day of the period.
    pub to: NaiveDate,
    /// Visits that saw the page.
    pub visits: i64,
    /// Those of them that ended on it.
    pub exits: i64,
    /// Exits with a hesitation in their last 30 seconds; null where not measured.
    pub hesitation: Option<i64>,
    /// Exits with a scroll loop in their last 30 seconds; null where not measured.
    pub scroll_loop: Option<i64>,
    /// Exits with a sign of leaving in their last 30 seconds; null where not measured.
    pub exit_intent: Option<i64>,
    /// What the list is sorted by, to the whole exit.
    pub exits_per_week: i64,
    /// Whether it is the newest row of its page on this device.
    pub latest: bool,
    pub reading: Reading,
    /// The evidence made of it: `E-12`.
    pub evidence: Option<String>,
    pub archived: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl Signal {
    pub fn behaviours(&self) -> Behaviours {
        Behaviours([self.hesitation, self.scroll_loop, self.exit_intent])
    }

    /// How many days the period has.
    pub fn days(&self) -> i64 {
        days(self.from, self.to)
    }
}

/// Days from the first to the last, both counted.
pub fn days(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days() + 1
}

/// "on desktop", "on all devices".
pub fn on_device(device: Option<Device>) -> &'static str {
    match device {
        Some(Device::Desktop) => "on desktop",
        Some(Device::Mobile) => "on mobile",
        Some(Device::Tablet) => "on tablet",
        None => "on all devices",
    }
}
