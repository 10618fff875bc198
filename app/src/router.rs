//! Addresses and their pages. Every route waits for its data, so that a page arrives whole.

use crate::accounts::{AccountPage, PeoplePage, SetPasswordPage, SetUpPage, SignInPage, WorkspacesPage};
use crate::evidence::{EditEvidencePage, EvidenceInventoryPage, EvidenceItemPage, EvidencePage, NewEvidencePage};
use crate::experiments::{EditTestPage, NewTestPage, ResultsEntryPage, TestPage, TestsPage};
use crate::home::HomePage;
use crate::hypotheses::{EditHypothesisPage, HypothesesPage, HypothesisPage, MergePage, NewHypothesisPage, SplitPage};
use crate::impact::{ImpactPage, RolloutPage};
use crate::learnings::{LearningPage, LearningsPage, NewLearningPage};
use crate::scoring::{ScorePage, ScoringSettingsPage};
use crate::search::SearchPage;
use crate::signals::{EditSignalPage, NewSignalPage, SignalsImportPage, SignalsPage, SignalsPreviewPage};
use crate::sites::{EvidenceWeightsPage, SettingsPage};
use crate::transfer::{ImportPage, ImportPreviewPage};
use crate::ui::NothingHere;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| if title.is_empty() { "Hypotheca".to_owned() } else { format!("{title} · Hypotheca") } />
        <Router>
            <Routes fallback=NothingHere>
                <Route path=path!("/") view=WorkspacesPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/set-up") view=SetUpPage ssr=SsrMode::Async />
                <Route path=path!("/set-password") view=SetPasswordPage ssr=SsrMode::Async />
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/evidence") view=EvidencePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/evidence/new") view=NewEvidencePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/evidence/inventory") view=EvidenceInventoryPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/evidence/:number") view=EvidenceItemPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/evidence/:number/edit") view=EditEvidencePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/signals") view=SignalsPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/signals/new") view=NewSignalPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/signals/import") view=SignalsImportPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/signals/import/preview") view=SignalsPreviewPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/signals/:number/edit") view=EditSignalPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses") view=HypothesesPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses/new") view=NewHypothesisPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses/:number") view=HypothesisPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses/:number/edit") view=EditHypothesisPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses/:number/score") view=ScorePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses/:number/split") view=SplitPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/hypotheses/:number/merge") view=MergePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/tests") view=TestsPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/tests/new") view=NewTestPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/tests/:number") view=TestPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/tests/:number/edit") view=EditTestPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/tests/:number/results") view=ResultsEntryPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/learnings") view=LearningsPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/learnings/new") view=NewLearningPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/learnings/:number") view=LearningPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/impact") view=ImpactPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/rollouts/:number") view=RolloutPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/search") view=SearchPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/import") view=ImportPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/import/preview") view=ImportPreviewPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/people") view=PeoplePage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/settings") view=SettingsPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/settings/scoring") view=ScoringSettingsPage ssr=SsrMode::Async />
                <Route path=path!("/:workspace/settings/weights") view=EvidenceWeightsPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}
