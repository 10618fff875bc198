//! The table of rollouts, and a row as the domain reads it.

use crate::accounts::rows::entity;
use crate::errors::Result;
use crate::{json, time};
use domain::impact::{Cost, Input, Inputs, Lift, Money, Rollout, Worth, year_value};
use domain::sites::Device;

entity!(rollout, "rollout", {
    #[sea_orm(primary_key)] id: i64,
    workspace_id: i64,
    number: i64,
    seniority: i64,
    title: String,
    hypothesis_id: Option<i64>,
    hypothesis: Option<String>,
    test_id: Option<i64>,
    test: Option<String>,
    site: Option<String>,
    area: Option<String>,
    variant: Option<String>,
    devices: i64,
    shipped_day: i64,
    reason: Option<String>,
    activation: bool,
    currency: Option<String>,
    inputs: String,
    cost: Option<String>,
    version: i64,
    created_at: i64,
    updated_at: i64,
});

/// The row with its values; `adjusted` shrinks a lift for the winner's curse.
pub fn to_rollout(row: rollout::Model, adjusted: impl Fn(&Inputs) -> Option<Lift>) -> Result<Rollout> {
    let inputs: Inputs = json::from_text(&row.inputs)?;
    let cost_parts: Option<Cost> = row.cost.as_deref().map(json::from_text).transpose()?;
    let worth = |lift: Option<Lift>| {
        let currency = row.currency.as_deref()?;
        Some(Worth::new(year_value(&inputs, &lift?, currency)?, currency))
    };
    let (measured, shrunken, verified) = (worth(inputs.lift), worth(adjusted(&inputs)), worth(inputs.verified));
    let mut unknown = inputs.missing();
    if row.currency.is_none() {
        unknown.push(Input::Currency);
    }
    let cost = row.currency.clone().zip(cost_parts.as_ref()).map(|(currency, cost)| Money { minor: cost.minor(), currency });
    Ok(Rollout {
        number: format!("R-{}", row.number),
        title: row.title,
        hypothesis: row.hypothesis,
        test: row.test,
        site: row.site,
        area: row.area,
        variant: row.variant,
        devices: Device::from_bits(i32::try_from(row.devices).unwrap_or(0)),
        shipped_on: time::from_day(row.shipped_day),
        reason: row.reason,
        activation: row.activation,
        currency: row.currency,
        inputs,
        cost,
        cost_parts,
        measured,
        adjusted: shrunken,
        verified,
        unknown,
        money_hidden: false,
        version: row.version,
        created_at: time::from_micros(row.created_at),
        updated_at: time::from_micros(row.updated_at),
    })
}
