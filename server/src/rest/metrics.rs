//! `/metrics`: what is measured, per site.

use super::about::about;
use super::answer::{Added, Answer, List};
use super::api::Api;
use super::body::Body;
use super::query::Paging;
use super::scope::Scoped;
use domain::sites::{Metric, MetricDraft};
use serde::Serialize;
use store::{Configure, Read};
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/metrics", about("The metrics of all sites").lists::<SiteMetric>(), list);
    api.post("/metrics", about("Add a metric to a site").takes::<MetricDraft>().creates::<SiteMetric>(), create);
}

/// A metric with the slug of its site.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Metric)]
struct SiteMetric {
    site: String,
    #[serde(flatten)]
    metric: Metric,
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<SiteMetric>> {
    Ok(List(page.of("metrics", scope.metrics().await?)?.map(|(site, metric)| SiteMetric { site, metric })))
}

async fn create(scope: Scoped<Configure>, Body(draft): Body<MetricDraft>) -> Answer<Added<SiteMetric>> {
    let metric = scope.add_metric(&draft).await?;
    let location = format!("/api/v1/{}/metrics", scope.workspace().slug);
    Ok(Added { location, object: SiteMetric { site: draft.site, metric } })
}
