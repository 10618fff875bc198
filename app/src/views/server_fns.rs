//! What the pages of lists read of their views, and the form that keeps one.

use crate::accounts::Filled;
use domain::errors::FieldErrors;
use domain::views::{Count, List, View, ViewDraft};
use serde::{Deserialize, Serialize};

/// A view as a browser posts it; each form sends the part that it changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ViewForm {
    pub list: String,
    pub name: String,
    pub query: String,
    /// Anything but nothing means yes.
    pub shared: String,
    pub version: Option<i64>,
    /// The view that the page came from, to which a refused form leads back.
    pub from: Option<i64>,
}

impl ViewForm {
    pub fn draft(&self) -> Result<ViewDraft, FieldErrors> {
        let list = List::from_slug(&self.list).ok_or_else(|| FieldErrors::one("list", "This list has no views."))?;
        Ok(ViewDraft { name: self.name.clone(), list, query: self.query.clone(), shared: !self.shared.is_empty() })
    }
}

/// One tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tab {
    pub name: String,
    pub query: String,
    /// What it finds now; none where that is not counted.
    pub count: Option<Count>,
    /// The saved view behind it; none for one that is always there.
    pub view: Option<View>,
}

/// The views of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    pub list: List,
    /// Filters and order of the page, as views keep them.
    pub present: String,
    pub tabs: Vec<Tab>,
    /// What has no room among the tabs.
    pub more: Vec<Tab>,
    /// The saved view that the reader came from, or whose filters and order these are.
    pub from: Option<View>,
    /// The reader's own that were put away last.
    pub put_away: Vec<View>,
    /// A view that was put away just now.
    pub undo: Option<View>,
    /// A form that came back: the view that it would have changed, or none for a new one.
    pub refused: Option<(Option<i64>, Filled<ViewForm>)>,
}

impl Strip {
    /// The view that addresses carry along.
    pub fn carried(&self) -> Option<i64> {
        self.from.as_ref().map(|view| view.id)
    }

    /// Whether the view that the reader came from shows something else by now.
    pub fn is_changed(&self) -> bool {
        self.from.as_ref().is_some_and(|view| view.query != self.present)
    }

    /// What the view with this query finds.
    pub fn count_of(&self, query: &str) -> Option<Count> {
        self.tabs.iter().find(|tab| tab.view.is_none() && tab.query == query).and_then(|tab| tab.count)
    }

    /// Where the tab of this page stands: the view that the reader came from, while it is unchanged, or one that is
    /// always there, however it is sorted.
    pub fn current(&self) -> Option<usize> {
        let unsorted = without_order(&self.present);
        let from = self.tabs.iter().position(|tab| tab.view.is_some() && tab.view == self.from && tab.query == self.present);
        from.or_else(|| self.tabs.iter().position(|tab| tab.view.is_none() && tab.query == unsorted))
    }
}

/// The same query in the usual order.
fn without_order(query: &str) -> String {
    query.split('&').filter(|pair| !pair.starts_with("sort=")).collect::<Vec<_>>().join("&")
}

/// Whether a pair of an address is about the page and its views rather than about what the list shows.
#[cfg(feature = "ssr")]
pub fn is_of_the_page(name: &str) -> bool {
    matches!(name, "view" | "form" | "draft" | "undo" | "done")
}

/// So many saved views stand among the tabs, and are counted.
#[cfg(feature = "ssr")]
const SHOWN: usize = 8;

/// Reads the views within the read of a list's page; `query` says what the list shows, `pairs` are those of the address.
#[cfg(feature = "ssr")]
pub async fn read_strip<R: store::Right>(
    scope: &store::Scope<R>,
    list: List,
    query: &[(&'static str, String)],
    pairs: &[(String, String)],
) -> Result<Strip, crate::error::AppError> {
    use crate::request::refused;
    let present = list.normal(&domain::text::address::joined(query)).map_err(|errors| refused(errors.into()))?;
    let mut views = scope.views(Some(list)).await.map_err(refused)?;
    let from = origin(&views, list, &present, pairs);
    let from = from.and_then(|at| brought_forward(&mut views, at));
    let more = views.split_off(views.len().min(SHOWN)).into_iter().map(of_view).collect();
    let mut tabs: Vec<Tab> = domain::views::ready(list).iter().map(|view| tab(view.name, view.query, None)).collect();
    tabs.extend(views.into_iter().map(of_view));
    for tab in &mut tabs {
        tab.count = counted(scope, list, &tab.query).await?;
    }
    let put_away = scope.views_put_away(list).await.map_err(refused)?;
    let refused = refused_form(values(pairs, "form").next(), values(pairs, "draft").next()).await?;
    Ok(Strip { list, present, tabs, more, from, put_away, undo: just_archived(scope, pairs).await, refused })
}

/// Which view the reader came from: the one that the address names, else one that shows just this, unless one that is
/// always there does.
#[cfg(feature = "ssr")]
fn origin(views: &[View], list: List, present: &str, pairs: &[(String, String)]) -> Option<usize> {
    let carried: Option<i64> = values(pairs, "view").find_map(|id| id.parse().ok());
    let is_ready = domain::views::ready(list).iter().any(|view| view.query == without_order(present));
    let named = views.iter().position(|view| Some(view.id) == carried);
    named.or_else(|| views.iter().position(|view| !is_ready && view.query == present))
}

/// Moves a view among those that are shown.
#[cfg(feature = "ssr")]
fn brought_forward(views: &mut Vec<View>, at: usize) -> Option<View> {
    let view = views.get(at).cloned()?;
    if at >= SHOWN {
        views.remove(at);
        views.insert(SHOWN - 1, view.clone());
    }
    Some(view)
}

/// The view behind `?undo=view-7`, for those who may bring it back.
#[cfg(feature = "ssr")]
async fn just_archived<R: store::Right>(scope: &store::Scope<R>, pairs: &[(String, String)]) -> Option<View> {
    let id: i64 = values(pairs, "undo").find_map(|what| what.strip_prefix("view-")?.parse().ok())?;
    scope.view(id).await.ok().filter(|view| view.archived && may_change(scope, view))
}

/// The values of this name in an address.
#[cfg(feature = "ssr")]
fn values<'a>(pairs: &'a [(String, String)], wanted: &'static str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_str())
}

#[cfg(feature = "ssr")]
fn may_change<R: store::Right>(scope: &store::Scope<R>, view: &View) -> bool {
    use domain::access::Permission;
    view.may_be_changed(scope.may(Permission::Contribute), scope.may(Permission::RunTests))
}

#[cfg(feature = "ssr")]
fn tab(name: &str, query: &str, view: Option<View>) -> Tab {
    Tab { name: name.to_owned(), query: query.to_owned(), count: None, view }
}

#[cfg(feature = "ssr")]
fn of_view(view: View) -> Tab {
    tab(&view.name.clone(), &view.query.clone(), Some(view))
}

/// What a tab finds. A query that was kept by another version and cannot be read any more counts nothing; its page says why.
#[cfg(feature = "ssr")]
async fn counted<R: store::Right>(scope: &store::Scope<R>, list: List, query: &str) -> Result<Option<Count>, crate::error::AppError> {
    match scope.count_view(list, query).await {
        Ok(count) => Ok(Some(count)),
        Err(store::StoreError::Invalid(_)) => Ok(None),
        Err(error) => Err(crate::request::refused(error)),
    }
}

/// The form behind `?form=view&draft=…`, or `?form=view-7` for a change.
#[cfg(feature = "ssr")]
async fn refused_form(form: Option<&str>, draft: Option<&str>) -> Result<Option<(Option<i64>, Filled<ViewForm>)>, crate::error::AppError> {
    let Some(of) = form.and_then(|form| form.strip_prefix("view")) else { return Ok(None) };
    let kept = crate::request::draft::<ViewForm>(draft).await?;
    let id = of.strip_prefix('-').and_then(|id| id.parse().ok());
    Ok(kept.map(|kept| (id, Filled { form: kept.form, errors: kept.errors })))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn view(id: i64, query: &str) -> View {
        let at = DateTime::UNIX_EPOCH;
        let (name, query) = (format!("View {id}"), query.to_owned());
        let (shared, by, mine, archived) = (false, None, true, false);
        View { id, list: List::Hypotheses, name, query, shared, by, mine, archived, version: 1, created_at: at, updated_at: at }
    }

    #[test]
    fn the_reader_comes_from_the_view_that_is_named_or_that_shows_just_this() {
        let views = [view(1, "stage=parked"), view(2, "area=checkout"), view(3, "area=checkout&sort=-evidence")];
        let named = |id: &str| vec![("view".to_owned(), "table".to_owned()), ("view".to_owned(), id.to_owned())];
        for (present, pairs, at) in [
            ("area=basket", named("2"), Some(1)),
            ("area=basket", named("9"), None),
            ("area=checkout", vec![], Some(1)),
            ("area=checkout&sort=-evidence", vec![], Some(2)),
            ("stage=parked", vec![], None),
            ("stage=parked", named("1"), Some(0)),
        ] {
            assert_eq!(origin(&views, List::Hypotheses, present, &pairs), at, "{present} {pairs:?}");
        }
    }

    #[test]
    fn the_view_in_force_has_its_tab_however_many_there_are() {
        let mut views: Vec<View> = (0..20).map(|id| view(id, "")).collect();
        assert_eq!(brought_forward(&mut views, 15).map(|view| view.id), Some(15));
        let ids: Vec<i64> = views.iter().map(|view| view.id).take(SHOWN + 1).collect();
        assert_eq!(ids, [0, 1, 2, 3, 4, 5, 6, 15, 7]);
        assert_eq!(views.len(), 20);
        assert_eq!(brought_forward(&mut views, 2).map(|view| view.id), Some(2));
    }
}
