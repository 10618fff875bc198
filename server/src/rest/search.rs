//! `/search`: one box over everything.

use super::about::about;
use super::answer::{Answer, List};
use super::api::Api;
use super::query::Pairs;
use super::scope::Scoped;
use domain::search::Found;
use store::Read;

pub fn add(api: &mut Api) {
    let asks = [("q", "Words; the last one may be unfinished.")];
    api.get("/search", about("What words find, best first, with the words marked").asks(&asks).lists::<Found>(), find);
}

async fn find(scope: Scoped<Read>, pairs: Pairs) -> Answer<List<Found>> {
    let (known, page) = pairs.only(&["q"])?;
    let words = known.last().map(|(_, words)| *words).unwrap_or_default();
    Ok(List(scope.search_page(words, &page).await?))
}
