//! `/hypotheses/H-1/score` and `/scores`: one member's judgement, and everybody's.

use super::about::about;
use super::answer::{Answer, List, One};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::hypotheses::Hypothesis;
use domain::scoring::{Score, ScoreDraft};
use store::{Contribute, Read};

pub fn add(api: &mut Api) {
    let put_about = about("Score a hypothesis as the token’s member; the earlier score stays in the history");
    api.put("/hypotheses/{number}/score", put_about.takes::<ScoreDraft>().answers::<Hypothesis>(), put);
    api.get("/hypotheses/{number}/scores", about("Everybody’s present score, by name").lists::<Score>(), list);
}

async fn put(scope: Scoped<Contribute>, At([number]): At<1>, Body(draft): Body<ScoreDraft>) -> Answer<One<Hypothesis>> {
    Ok(One(scope.score_hypothesis(&number, &draft).await?))
}

async fn list(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Score>> {
    Ok(List(page.of("scores", scope.scores(&number).await?)?))
}
