//! `/impact`: what the programme is worth, and what that rests on.

use super::about::about;
use super::answer::Answer;
use super::api::Api;
use super::query::Pairs;
use super::scope::Scoped;
use axum::Json;
use domain::impact::Impact;
use store::Read;

/// What the value can be asked for.
pub const FILTERS: [(&str, &str); 1] = [("site", "A site’s slug: only its part.")];

pub fn add(api: &mut Api) {
    let read_about = about("Value of shipped changes, win rate and outcomes; without money for those who may not see it");
    api.get("/impact", read_about.asks(&FILTERS).answers::<Impact>(), read);
}

async fn read(scope: Scoped<Read>, pairs: Pairs) -> Answer<Json<Impact>> {
    let (known, _) = pairs.only(&["site"])?;
    Ok(Json(scope.impact(site_of(&known)).await?))
}

/// The site that is asked for, if any.
pub fn site_of<'a>(known: &[(&str, &'a str)]) -> Option<&'a str> {
    known.last().map(|(_, site)| *site).filter(|site| !site.is_empty())
}
