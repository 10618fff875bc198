//! `/rubrics`: what each level of each criterion means.

use super::about::about;
use super::answer::{Answer, List};
use super::api::Api;
use super::query::Paging;
use super::scope::Scoped;
use domain::scoring::Criterion;
use serde::Serialize;
use store::Read;
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/rubrics", about("What each level of each criterion means").lists::<Rubric>(), list);
}

/// What one level means.
#[derive(Debug, Serialize, ToSchema)]
struct Rubric {
    model: &'static str,
    criterion: Criterion,
    level: u8,
    text: &'static str,
}

async fn list(_scope: Scoped<Read>, page: Paging) -> Answer<List<Rubric>> {
    let of = |criterion: Criterion| (1..=10).map(move |level| Rubric { model: "ice", criterion, level, text: criterion.rubric(level) });
    Ok(List(page.of("rubrics", Criterion::ALL.into_iter().flat_map(of).collect())?))
}
