//! The table of signals, and its columns set from checked content.

use crate::accounts::rows::entity;
use crate::time::{from_day, to_day};
use domain::signals::{Behaviours, Devices, Peer, SignalContent, per_week};
use domain::sites::Device;
use sea_orm::ActiveValue::Set;

entity!(signal, "signal", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    seniority: i64,
    page: String,
    path: String,
    site: String,
    area: Option<String>,
    device: i64,
    period_from: i64,
    period_to: i64,
    visits: i64,
    exits: i64,
    hesitation: Option<i64>,
    scroll_loop: Option<i64>,
    exit_intent: Option<i64>,
    evidence_id: Option<i64>,
    archived: bool,
    version: i64,
    created_at: i64,
    updated_at: i64,
    latest: bool,
    exits_per_week: i64,
    exit_rate: i64,
});

/// The columns that people fill, and those that are sorted by.
pub fn said(content: &SignalContent) -> signal::ActiveModel {
    let [hesitation, scroll_loop, exit_intent] = content.behaviours.0;
    signal::ActiveModel {
        page: Set(content.page.clone()),
        path: Set(content.path.clone()),
        site: Set(content.site.clone()),
        area: Set(content.area.clone()),
        device: Set(Devices(content.device).bit()),
        period_from: Set(to_day(content.from)),
        period_to: Set(to_day(content.to)),
        visits: Set(content.visits),
        exits: Set(content.exits),
        hesitation: Set(hesitation),
        scroll_loop: Set(scroll_loop),
        exit_intent: Set(exit_intent),
        exits_per_week: Set(whole(per_week(content.exits, content.from, content.to))),
        exit_rate: Set(millionths(content.exits, content.visits)),
        ..signal::ActiveModel::default()
    }
}

/// What is sorted by: exits a week and the exit rate, as they follow from a row.
pub fn sorted_by(row: &signal::Model) -> (i64, i64) {
    let weekly = per_week(row.exits, from_day(row.period_from), from_day(row.period_to));
    (whole(weekly), millionths(row.exits, row.visits))
}

fn millionths(part: i64, all: i64) -> i64 {
    if all > 0 { whole(part as f64 * 1e6 / all as f64) } else { 0 }
}

fn whole(number: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 stops at the ends of i64")]
    let whole = number.round() as i64;
    whole
}

pub fn to_device(bit: i64) -> Option<Device> {
    Device::ALL.into_iter().find(|device| i64::from(device.bit()) == bit)
}

pub fn behaviours(row: &signal::Model) -> Behaviours {
    Behaviours([row.hesitation, row.scroll_loop, row.exit_intent])
}

pub fn to_peer(row: &signal::Model) -> Peer {
    Peer { visits: row.visits, exits: row.exits, behaviours: behaviours(row) }
}
