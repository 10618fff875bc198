//! One box over hypotheses, evidence, tests and learnings.

mod suggest;

pub use suggest::*;

use crate::error::AppError;
use crate::frame::{Frame, Place, encode, query, titled, workspace_page, workspace_param};
use crate::ui::{Empty, Icon, plural};
use domain::search::{Found, Kind, Piece};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What was found for these words, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    pub words: String,
    pub kind: Option<Kind>,
    pub found: Vec<Found>,
}

/// At most this many results are shown.
#[cfg(feature = "ssr")]
const SHOWN: usize = 200;

#[server]
pub async fn read_search(workspace: String, words: String, kind: Option<Kind>) -> Result<Results, AppError> {
    use crate::request::{refused, scope};
    let scope = scope::<store::Read>(&workspace).await?;
    let found = scope.search(&words, SHOWN).await.map_err(refused)?;
    Ok(Results { words, kind, found })
}

/// "Have we tried …"
#[component]
pub fn SearchPage() -> impl IntoView {
    let workspace = workspace_param();
    let kind = query("type").as_deref().and_then(Kind::from_slug);
    let read = read_search(workspace.clone(), query("q").unwrap_or_default(), kind);
    workspace_page(Place::Elsewhere, workspace, read, |frame, results: Results| {
        let asked = !results.words.trim().is_empty();
        let title = if asked { format!("Have we tried “{}”?", results.words) } else { "Have we tried…".to_owned() };
        view! {
            {titled(title.clone())}
            <main id="content" class="page search-page">
                <h1 class="visually-hidden">{title}</h1>
                <form class="learning-search" role="search" action=frame.to("search") aria-label="Have we tried, results">
                    <label class="visually-hidden" for="q">"Have we tried…"</label>
                    <Icon name="i-search" />
                    <input id="q" type="search" name="q" data-suggest="all" value=results.words.clone() />
                    <button class="button">"Search"</button>
                </form>
                {if asked { view! { <Answer frame results /> }.into_any() } else { view! { <Before /> }.into_any() }}
            </main>
        }
    })
}

/// Before anything is asked.
#[component]
fn Before() -> impl IntoView {
    view! {
        <div class="state">
            <h2>"Ask before you build"</h2>
            <p>"Type what you have in mind. Hypotheses, evidence, tests and learnings are searched together, their word forms included."</p>
            <Narrowing />
        </div>
    }
}

/// What can be typed among the words, here and into the field of every list.
#[component]
fn Narrowing() -> impl IntoView {
    let rows = NARROWING.map(|(typed, meaning)| view! { <dt><code>{typed}</code></dt><dd>{meaning}</dd> }).collect_view();
    view! {
        <details class="narrowing">
            <summary>"What can be typed to narrow it"</summary>
            <dl class="pairs">{rows}</dl>
            <p class="muted small">"The same works in the field of every list. What is not understood is searched for as words."</p>
        </details>
    }
}

const NARROWING: [(&str, &str); 10] = [
    ("type:learning", "one kind: hypothesis, evidence, test or learning"),
    ("stage:idea,parked", "hypotheses in these stages"),
    ("area:checkout", "an area; also site:, device:, audience:, lever: and tag:"),
    ("area:\"product page\"", "names with blanks stand between quotation marks"),
    ("owner:me", "yours; or a first name, an e-mail address, or none"),
    ("evidence:none", "by strength: none, weak, fair, good, strong, contradicted; or by confidence, as in evidence:>4"),
    ("score:>7", "by team score; also score:<=3 and score:5..8"),
    ("outcome:loss", "what a concluded test found: win, loss, inconclusive or invalid"),
    ("state:running", "tests that are draft, planned, running, stopped, concluded or cancelled"),
    ("freshness:stale", "evidence that is fresh, ageing or stale; also kind:survey and class:behaviour"),
];

fn kind_names(kind: Kind) -> (&'static str, &'static str, &'static str) {
    match kind {
        Kind::Hypothesis => ("Hypothesis", "Hypotheses", "i-list"),
        Kind::Evidence => ("Evidence", "Evidence", "i-message"),
        Kind::Test => ("Test", "Tests", "i-flask"),
        Kind::Learning => ("Learning", "Learnings", "i-book-open"),
    }
}

fn place_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Hypothesis => "hypotheses",
        Kind::Evidence => "evidence",
        Kind::Test => "tests",
        Kind::Learning => "learnings",
    }
}

/// "9 matches: 7 hypotheses and 2 pieces of evidence."
fn verdict(found: &[Found]) -> String {
    let of = |kind: Kind, one: &str, many: &str| {
        let count = found.iter().filter(|found| found.kind == kind).count() as u64;
        (count > 0).then(|| plural(count, one, many))
    };
    let parts: Vec<String> = [
        of(Kind::Learning, "learning", "learnings"),
        of(Kind::Hypothesis, "hypothesis", "hypotheses"),
        of(Kind::Test, "test", "tests"),
        of(Kind::Evidence, "piece of evidence", "pieces of evidence"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match parts.as_slice() {
        [] => "Nothing yet.".to_owned(),
        [one] => format!("{one} in the library."),
        [first @ .., last] => format!("{}: {} and {last}.", plural(found.len() as u64, "match", "matches"), first.join(", ")),
    }
}

#[component]
fn Answer(frame: Frame, results: Results) -> impl IntoView {
    let Results { words, kind, found } = results;
    if found.is_empty() {
        return view! {
            <Empty title="Nothing found" text="No hypothesis, evidence, test or learning holds these words. It may be the first time.">
                <a class="button" href=frame.to(&format!("hypotheses/new?title={}", encode(&words)))><Icon name="i-plus" />"New hypothesis"</a>
            </Empty>
        }
        .into_any();
    }
    let total = found.len();
    let verdict = verdict(&found);
    let address = |kind: Option<Kind>| {
        let tail = kind.map(|kind| format!("&type={}", kind.slug())).unwrap_or_default();
        frame.to(&format!("search?q={}{tail}", encode(&words)))
    };
    let tabs = [Kind::Learning, Kind::Hypothesis, Kind::Test, Kind::Evidence]
        .into_iter()
        .map(|one| {
            let count = found.iter().filter(|found| found.kind == one).count();
            let current = (kind == Some(one)).then_some("page");
            view! { <li><a href=address(Some(one)) aria-current=current>{kind_names(one).1}" "<span class="count">{count}</span></a></li> }
        })
        .collect_view();
    let all = kind.is_none().then_some("page");
    let rows = found
        .into_iter()
        .filter(|one| kind.is_none_or(|kind| one.kind == kind))
        .map(|one| view! { <Row frame=frame.clone() found=one /> })
        .collect_view();
    view! {
        <nav class="tabs" aria-label="What to show"><ul><li><a href=address(None) aria-current=all>"All "<span class="count">{total}</span></a></li>{tabs}</ul></nav>
        <h2 class="verdict">{verdict}</h2>
        <ol class="results-list">{rows}</ol>
        <Narrowing />
    }
    .into_any()
}

/// A text with the words that met marked.
#[component]
pub fn Marked(pieces: Vec<Piece>) -> impl IntoView {
    pieces
        .into_iter()
        .map(|piece| if piece.marked { view! { <mark>{piece.text}</mark> }.into_any() } else { piece.text.into_any() })
        .collect_view()
}

#[component]
fn Row(frame: Frame, found: Found) -> impl IntoView {
    let (name, _, icon) = kind_names(found.kind);
    let href = frame.to(&format!("{}/{}", place_of(found.kind), found.name));
    let said = (found.kind == Kind::Learning).then_some("said");
    view! {
        <li>
            <span class="type"><Icon name=icon />{name}</span>
            <div>
                <h3 class=said><a href=href data-row=""><Marked pieces=found.title /></a></h3>
                <p><span class="number">{found.name}</span>" "<Marked pieces=found.snippet /></p>
            </div>
        </li>
    }
}
