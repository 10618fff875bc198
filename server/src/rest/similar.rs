//! `/similar`: what was tried before, and the thesaurus by which ideas said in other words are found.

use super::about::about;
use super::answer::{Answer, List};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::hypotheses::HypothesisDraft;
use domain::search::{Similar, ThesaurusEntry, thesaurus_entries};
use store::Read;

pub fn add(api: &mut Api) {
    let ask =
        about("What is like a draft: hypotheses, tests and learnings, the closest first, with what became of them; a title alone works");
    api.post("/similar", ask.takes::<HypothesisDraft>().lists::<Similar>(), ask_with);
    api.get("/hypotheses/{number}/similar", about("What is like a hypothesis, the closest first").lists::<Similar>(), like);
    let words = about("The thesaurus: shipped groups and the workspace’s own, which are edited in /settings");
    api.get("/thesaurus", words.lists::<ThesaurusEntry>(), thesaurus);
}

async fn ask_with(scope: Scoped<Read>, page: Paging, Body(draft): Body<HypothesisDraft>) -> Answer<List<Similar>> {
    Ok(List(page.of("similar", scope.similar(&draft, None).await?)?))
}

async fn like(scope: Scoped<Read>, At([number]): At<1>, page: Paging) -> Answer<List<Similar>> {
    Ok(List(page.of("similar", scope.similar_to(&number).await?)?))
}

async fn thesaurus(scope: Scoped<Read>, page: Paging) -> Answer<List<ThesaurusEntry>> {
    Ok(List(page.of("thesaurus", thesaurus_entries(&scope.workspace().settings.thesaurus))?))
}
