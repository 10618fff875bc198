//! What the server prepares for the preview of a file of test arms.

use super::server_fns::{ShownArms, ShownTest};
use crate::error::AppError;
use crate::request::refused;
use domain::sites::MetricKind;
use domain::transfer::{ArmsPreview, ArmsTarget, ComputedTest};
use std::collections::BTreeSet;
use store::{Import, Scope, StoreError, Upload};

/// How many tests a page shows.
const TESTS: usize = 20;

/// The preview of an upload with the site and metric that the address names.
pub async fn read(scope: &Scope<Import>, id: String, upload: Upload, pairs: &[(String, String)]) -> Result<ShownArms, AppError> {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let mut target = ArmsTarget { site: value("site"), metric: value("metric") };
    let catalogue = scope.import_catalogue().await.map_err(refused)?;
    let mut found = scope.preview_arms(upload.bytes.clone(), &target).await;
    if let (Err(StoreError::Invalid(errors)), false) = (&found, target.metric.is_empty())
        && errors.of("metric").is_some()
    {
        // Another site was chosen, which has no such metric.
        target.metric.clear();
        found = scope.preview_arms(upload.bytes, &target).await;
    }
    let (preview, errors) = match found {
        Ok(preview) => (Some(preview), Vec::new()),
        Err(StoreError::Invalid(errors)) => (None, errors.0.into_iter().map(|error| error.message).collect()),
        Err(other) => return Err(refused(other)),
    };
    let known = match &preview {
        Some(preview) => scope.known_arms(preview).await.map_err(refused)?,
        None => 0,
    };
    let target = preview.as_ref().map_or(target, |preview| preview.target.clone());
    let site = catalogue.site(&target.site).or(catalogue.sites.first());
    let metrics = site.map(|site| site.metrics.as_slice()).unwrap_or_default();
    let shares = metrics.iter().filter(|metric| metric.kind == MetricKind::Proportion);
    Ok(ShownArms {
        upload: id,
        file_name: upload.file_name,
        target,
        sites: catalogue.sites.iter().map(|one| (one.site.slug.clone(), one.site.name.clone())).collect(),
        metrics: shares.map(|metric| (metric.slug.clone(), metric.name.clone())).collect(),
        summary: preview.as_ref().map(ArmsPreview::summary),
        tests: preview.iter().flat_map(|preview| preview.tests.iter().take(TESTS)).map(shown).collect(),
        details: preview.as_ref().map(details).unwrap_or_default(),
        known,
        errors,
    })
}

fn shown(test: &ComputedTest) -> ShownTest {
    ShownTest {
        line: test.line,
        id: test.origin.id.clone(),
        title: test.title.clone(),
        arms: test.plan.variants.len(),
        visitors: test.snapshot.rows.iter().map(|row| row.figures.units()).sum(),
        outcome: test.outcome,
    }
}

/// The headings of what differs between arms.
fn details(preview: &ArmsPreview) -> Vec<String> {
    let of_arms = preview.tests.iter().flat_map(|test| test.origin.variants.values());
    of_arms.flat_map(|details| details.keys()).collect::<BTreeSet<_>>().into_iter().cloned().collect()
}
