//! `/metrics`: what is measured, per site. The site's version covers them.

use super::about::about;
use super::answer::{Added, Answer, Gone, List, One, Versioned};
use super::api::Api;
use super::body::{Body, Patch};
use super::if_match::IfMatch;
use super::query::Paging;
use super::scope::{At, Scoped};
use domain::sites::{Metric, MetricDraft, SiteCatalogue};
use serde::Serialize;
use store::{Configure, Read, StoreError};
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/metrics", about("The metrics of all sites").lists::<SiteMetric>(), list);
    api.post("/metrics", about("Add a metric to a site").takes::<MetricDraft>().creates::<SiteMetric>(), create);
    api.get("/metrics/{site}/{metric}", about("One metric of a site").answers::<VersionedMetric>(), read);
    let change_about = about("Change a metric; its slug and site stay").changes::<MetricDraft>().answers::<VersionedMetric>();
    api.patch("/metrics/{site}/{metric}", change_about, change);
    let archive_about = about("Archive a metric; what names it keeps its word. Refused while an open test measures it").empties();
    api.delete("/metrics/{site}/{metric}", archive_about, archive);
    api.post("/metrics/{site}/{metric}/restore", about("Bring an archived metric back").answers::<VersionedMetric>(), restore);
}

/// A metric with the slug of its site.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Metric)]
struct SiteMetric {
    site: String,
    #[serde(flatten)]
    metric: Metric,
}

/// A metric with the version of its site, which counts every change of the site and its metrics.
#[derive(Debug, Serialize, ToSchema)]
struct VersionedMetric {
    #[serde(flatten)]
    metric: SiteMetric,
    version: i64,
}

impl Versioned for VersionedMetric {
    fn version(&self) -> i64 {
        self.version
    }
}

fn metric_of(site: SiteCatalogue, slug: &str) -> Result<VersionedMetric, StoreError> {
    let SiteCatalogue { site, metrics, .. } = site;
    let metric = metrics.into_iter().find(|metric| metric.slug == slug).ok_or(StoreError::NotFound)?;
    Ok(VersionedMetric { metric: SiteMetric { site: site.slug, metric }, version: site.version })
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<SiteMetric>> {
    Ok(List(page.of("metrics", scope.metrics().await?)?.map(|(site, metric)| SiteMetric { site, metric })))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<MetricDraft>) -> Answer<Added<SiteMetric>> {
    let metric = scope.add_metric(&draft).await?;
    let location = format!("/api/v1/{}/metrics/{}/{}", scope.workspace().slug, draft.site, metric.slug);
    Ok(Added { location, object: SiteMetric { site: draft.site, metric } })
}

async fn read(scope: Scoped<Read>, At([site, metric]): At<2>) -> Answer<One<VersionedMetric>> {
    Ok(One(metric_of(scope.site(&site).await?, &metric)?))
}

async fn change(scope: Scoped<Configure>, At([site, metric]): At<2>, seen: IfMatch, patch: Patch) -> Answer<One<VersionedMetric>> {
    let present = metric_of(scope.site(&site).await?, &metric)?;
    let version = seen.check(present.version)?;
    let draft = patch.onto(&MetricDraft::of(&site, &present.metric.metric))?;
    scope.edit_metric(&site, &metric, &draft, version).await?;
    Ok(One(metric_of(scope.site(&site).await?, &metric)?))
}

async fn archive(scope: Scoped<Configure>, At([site, metric]): At<2>) -> Answer<Gone> {
    scope.put_metric_archived(&site, &metric, true).await?;
    Ok(Gone)
}

async fn restore(scope: Scoped<Configure>, At([site, metric]): At<2>) -> Answer<One<VersionedMetric>> {
    scope.put_metric_archived(&site, &metric, false).await?;
    Ok(One(metric_of(scope.site(&site).await?, &metric)?))
}
