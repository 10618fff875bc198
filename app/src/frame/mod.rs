//! What stands around every page of a workspace: the bar, the navigation that is the method, and the refusals.

mod bar;
mod dialogs;
mod read;

pub use bar::Bar;
pub use domain::text::address::encode;
pub use read::{Frame, read_frame};

use crate::error::AppError;
use crate::ui::ErrorState;
use dialogs::FrameDialogs;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Where in the method a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Home,
    Evidence,
    Hypotheses,
    Tests,
    Learnings,
    Impact,
    Elsewhere,
}

impl Place {
    /// What the place is called; none for a page beside the method.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Place::Home => Some("Home"),
            Place::Evidence => Some("Evidence"),
            Place::Hypotheses => Some("Hypotheses"),
            Place::Tests => Some("Tests"),
            Place::Learnings => Some("Learnings"),
            Place::Impact => Some("Impact"),
            Place::Elsewhere => None,
        }
    }
}

/// The workspace's slug in the address.
pub fn workspace_param() -> String {
    use_params_map().with_untracked(|params| params.get("workspace").unwrap_or_default())
}

/// Another part of the address, such as a number.
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get(name).unwrap_or_default())
}

/// A value of the query string.
pub fn query(name: &str) -> Option<String> {
    use_query_map().with_untracked(|query| query.get(name)).filter(|value| !value.is_empty())
}

/// All pairs of the query string.
pub fn query_pairs() -> Vec<(String, String)> {
    use_query_map().with_untracked(|query| query.clone().into_iter().map(|(name, value)| (name.to_string(), value)).collect())
}

/// A page of a workspace: reads its data and the frame at once, then draws both, or the refusal.
pub fn workspace_page<T, V>(
    place: Place,
    workspace: String,
    read: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: impl FnOnce(Frame, T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let here = leptos_router::hooks::use_location();
    let next = format!("{}{}", here.pathname.get_untracked(), with_mark(&here.search.get_untracked()));
    let load = async move {
        let frame = read_frame(workspace).await;
        let data = read.await;
        match (frame, data) {
            (Ok(frame), Ok(data)) => {
                let bar = view! { <Bar frame=frame.clone() place /> };
                let dialogs = view! { <FrameDialogs frame=frame.clone() /> };
                (bar, view(frame, data).into_any(), dialogs).into_any()
            }
            (Ok(frame), Err(error)) => {
                let dialogs = view! { <FrameDialogs frame=frame.clone() /> };
                (view! { <Bar frame=frame.clone() place /> }, refusal(error, &frame.home(), &next), dialogs).into_any()
            }
            (Err(error), _) => refusal(error, "/", &next),
        }
    };
    view! { <Suspense>{Suspend::new(load)}</Suspense> }
}

/// A page outside any workspace.
pub fn plain_page<T, V>(
    read: impl Future<Output = Result<T, AppError>> + Send + 'static,
    view: impl FnOnce(T) -> V + Send + 'static,
) -> impl IntoView
where
    T: Send + 'static,
    V: IntoView + 'static,
{
    let load = async move {
        match read.await {
            Ok(data) => view(data).into_any(),
            Err(error) => refusal(error, "/", "/"),
        }
    };
    view! { <Suspense>{Suspend::new(load)}</Suspense> }
}

fn with_mark(search: &str) -> String {
    if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) }
}

/// The page that stands where a read was refused.
pub fn refusal(error: AppError, home: &str, next: &str) -> AnyView {
    let home = home.to_owned();
    match error {
        AppError::SignIn => {
            let href = format!("/sign-in?next={}", encode(next));
            view! { <ErrorState title="Please sign in" text="This page belongs to a workspace. You come back here afterwards." href link="Sign in" /> }.into_any()
        }
        AppError::NotFound => {
            view! { <ErrorState title="Nothing here" text="There is nothing at this address, or it is not yours to see." href=home link="To the start" /> }.into_any()
        }
        AppError::Forbidden => {
            view! { <ErrorState title="Your role may not do that" text="You may read here. To change this, ask a lead or an owner of this workspace." href=home link="To the start" /> }.into_any()
        }
        AppError::Invalid(errors) => {
            let text = errors.0.first().map(|error| error.message.clone()).unwrap_or_default();
            view! { <ErrorState title="This address cannot be shown" text href=home link="To the start" /> }.into_any()
        }
        other => view! { <ErrorState title="We could not load this page" text=other.to_string() href=home link="Try the start" /> }.into_any(),
    }
}

/// The tab's title.
pub fn titled(title: impl Into<String>) -> impl IntoView {
    let title: String = title.into();
    view! { <Title text=title /> }
}
