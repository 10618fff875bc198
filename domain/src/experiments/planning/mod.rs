//! What a plan needs, before there is a test: sample, days, weeks, the effect that each number of weeks can show, and
//! which tests it would run into. The rules are those of every plan; this only asks them.

mod collisions;
mod draft;
mod inputs;
mod reach;
mod variants;

pub use collisions::{Collision, Slot};
pub use draft::{PlanDraft, PlanGuardRail};
pub use reach::MdeByWeeks;
pub use variants::PlanVariants;

use super::{Schedule, Test};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a plan needs and what it meets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanAnswer {
    #[serde(flatten)]
    pub schedule: Schedule,
    /// Visitors that each variant needs, in the order given; their sum is `sample`.
    pub per_variant: Option<Vec<u64>>,
    /// Whether fewer visitors come in these weeks than are needed; null where nobody can say.
    pub under_power: Option<bool>,
    /// The smallest effect on the metric that so many weeks can show; empty where baseline or traffic is unknown.
    pub mde_by_weeks: Vec<MdeByWeeks>,
    /// Planned and open tests on the same area, device and dates; null without site and area.
    pub collisions: Option<Vec<Collision>>,
}

/// A plan that was worked out; what else runs there is still to be looked up.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkedOut {
    schedule: Schedule,
    per_variant: Option<Vec<u64>>,
    mde_by_weeks: Vec<MdeByWeeks>,
    /// Where and when it would run; none while site or area is unknown.
    pub slot: Option<Slot>,
    /// The test whose plan this is, which does not collide with itself.
    of_test: Option<String>,
}

impl WorkedOut {
    /// The answer; `others` are at least the planned and open tests of the slot's area, `today` is the day there.
    pub fn answer(self, others: &[Test], today: NaiveDate) -> PlanAnswer {
        let others = others.iter().filter(|other| Some(&other.number) != self.of_test.as_ref());
        let collisions = self.slot.map(|slot| others.filter_map(|other| slot.collision(other, today)).collect());
        PlanAnswer {
            under_power: self.schedule.under_power().filter(|_| self.schedule.sample.is_some()),
            schedule: self.schedule,
            per_variant: self.per_variant,
            mde_by_weeks: self.mde_by_weeks,
            collisions,
        }
    }
}
