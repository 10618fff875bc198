//! Tests that would see the same visitors: on the same area, a device in common, dates that overlap.

use super::super::{State, Test};
use crate::sites::Device;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Where and when a test runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub site: String,
    pub area: String,
    /// Empty: all devices.
    pub devices: Vec<Device>,
    pub first: NaiveDate,
    /// The last day, which is part of it.
    pub last: NaiveDate,
}

/// A test that would meet the same visitors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Collision {
    /// `T-3`.
    pub number: String,
    pub title: String,
    pub state: State,
    /// The devices in common.
    pub devices: Vec<Device>,
    /// Null for a planned test: it has no date yet and may start any day.
    pub starts_on: Option<NaiveDate>,
    /// The last day as planned, today if that is over and the test still runs.
    pub ends_on: Option<NaiveDate>,
}

impl Slot {
    /// How this test gets in the way, if it does. Drafts cannot start and what is concluded or cancelled is over; a test
    /// without numbers takes no share of the visitors.
    pub fn collision(&self, other: &Test, today: NaiveDate) -> Option<Collision> {
        let here = other.site.as_ref() == Some(&self.site) && other.area.as_ref() == Some(&self.area);
        let may_run = other.state == State::Planned || other.state.is_open();
        let devices = in_common(&self.devices, &other.plan.devices);
        if !here || !may_run || devices.is_empty() || !other.kind.has_numbers() {
            return None;
        }
        let (starts_on, ends_on) = days_of(other, today);
        let apart = starts_on.is_some_and(|first| first > self.last) || ends_on.is_some_and(|last| last < self.first);
        (!apart).then(|| Collision {
            number: other.number.clone(),
            title: other.title.clone(),
            state: other.state,
            devices,
            starts_on,
            ends_on,
        })
    }
}

/// First and last day, as far as they are known.
fn days_of(test: &Test, today: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let planned_end = |first: NaiveDate| first.checked_add_days(Days::new(test.schedule.planned_days().saturating_sub(1).into()));
    let until = test.stopped_on.or_else(|| Some(planned_end(test.started_on?)?.max(today)));
    (test.started_on, until)
}

/// An empty list stands for all devices.
fn in_common(some: &[Device], others: &[Device]) -> Vec<Device> {
    let holds = |list: &[Device], device: &Device| list.is_empty() || list.contains(device);
    Device::ALL.into_iter().filter(|device| holds(some, device) && holds(others, device)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::TestKind;
    use super::super::super::cast::{day, planned_test};
    use super::*;

    fn slot() -> Slot {
        let (first, last) = (day("2026-12-01"), day("2026-12-14"));
        Slot { site: "shop".into(), area: "checkout".into(), devices: vec![Device::Mobile], first, last }
    }

    fn meets(change: impl FnOnce(&mut Test)) -> Option<Collision> {
        let mut other = planned_test();
        change(&mut other);
        slot().collision(&other, day("2026-11-20"))
    }

    /// Running from this day for two weeks.
    fn running(from: &str) -> impl FnOnce(&mut Test) {
        let from = day(from);
        move |test| {
            test.state = State::Running;
            test.started_on = Some(from);
            test.schedule.weeks = 2;
        }
    }

    #[test]
    fn a_planned_test_may_start_any_day() {
        let met = meets(|_| {}).unwrap();
        assert_eq!((met.number.as_str(), met.starts_on, met.ends_on), ("T-1", None, None));
        assert_eq!(met.devices, [Device::Mobile]);
    }

    #[test]
    fn what_runs_elsewhere_or_not_at_all_does_not_collide() {
        let apart: [fn(&mut Test); 8] = [
            |test| test.area = Some("basket".into()),
            |test| test.area = None,
            |test| test.site = Some("portal".into()),
            |test| test.plan.devices = vec![Device::Desktop, Device::Tablet],
            |test| test.state = State::Draft,
            |test| test.state = State::Concluded,
            |test| test.state = State::Cancelled,
            |test| test.kind = TestKind::Interviews,
        ];
        for (index, change) in apart.into_iter().enumerate() {
            assert_eq!(meets(change), None, "{index}");
        }
        assert!(meets(|test| test.plan.devices = vec![Device::Desktop, Device::Mobile]).is_some());
    }

    #[test]
    fn the_last_day_of_one_may_not_be_the_first_of_the_other() {
        for (from, meets_it) in [("2026-11-17", false), ("2026-11-18", true), ("2026-12-14", true), ("2026-12-15", false)] {
            assert_eq!(meets(running(from)).is_some(), meets_it, "{from}");
        }
        let met = meets(running("2026-11-18")).unwrap();
        assert_eq!((met.starts_on, met.ends_on), (Some(day("2026-11-18")), Some(day("2026-12-01"))));
    }

    #[test]
    fn a_test_that_overruns_ends_today_at_the_earliest() {
        let mut other = planned_test();
        running("2026-10-01")(&mut other);
        assert_eq!(slot().collision(&other, day("2026-11-30")), None);
        let met = slot().collision(&other, day("2026-12-01")).unwrap();
        assert_eq!(met.ends_on, Some(day("2026-12-01")));
        other.state = State::Stopped;
        other.stopped_on = Some(day("2026-11-15"));
        assert_eq!(slot().collision(&other, day("2026-12-01")), None, "stopped is over, however long it was to run");
    }
}
