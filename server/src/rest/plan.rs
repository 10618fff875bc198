//! `/plan`: what a plan needs, before there is a test. Keeps nothing, so whoever may read may ask.

use super::about::about;
use super::answer::Answer;
use super::api::Api;
use super::body::Body;
use super::scope::Scoped;
use axum::Json;
use domain::experiments::{PlanAnswer, PlanDraft};
use store::Read;

pub fn add(api: &mut Api) {
    let work_out_about = about("Work out a plan: sample, days, weeks, the effect that each number of weeks can show, collisions");
    api.post("/plan", work_out_about.takes::<PlanDraft>().answers::<PlanAnswer>(), work_out);
}

async fn work_out(scope: Scoped<Read>, Body(draft): Body<PlanDraft>) -> Answer<Json<PlanAnswer>> {
    Ok(Json(scope.plan(&draft).await?))
}
