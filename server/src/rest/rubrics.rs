//! `/rubrics`: what each level of each criterion means, in every model, with the workspace's own texts.

use super::about::about;
use super::answer::{Answer, List};
use super::api::Api;
use super::query::Paging;
use super::scope::Scoped;
use domain::scoring::{Criterion, Model, Shape};
use serde::Serialize;
use store::Read;
use utoipa::ToSchema;

pub fn add(api: &mut Api) {
    api.get("/rubrics", about("What each level of each criterion means, in every model").lists::<Rubric>(), list);
}

/// What one level means.
#[derive(Debug, Serialize, ToSchema)]
struct Rubric {
    model: Model,
    /// The name under which a score gives it.
    criterion: String,
    /// 1 stands for yes; null where any number may be given.
    level: Option<RubricLevel>,
    text: String,
}

/// A level as it is given: whole, or a fraction as 0.25 is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
enum RubricLevel {
    Whole(i64),
    Fraction(f64),
}

impl From<f64> for RubricLevel {
    fn from(level: f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "levels that are listed are small")]
        if level.fract() == 0.0 { Self::Whole(level as i64) } else { Self::Fraction(level) }
    }
}

async fn list(scope: Scoped<Read>, page: Paging) -> Answer<List<Rubric>> {
    let shapes = scope.workspace().settings.shapes();
    Ok(List(page.of("rubrics", shapes.all().iter().flat_map(of_shape).collect())?))
}

fn of_shape(shape: &Shape) -> impl Iterator<Item = Rubric> {
    shape.criteria.iter().flat_map(|criterion| {
        let row = |level: Option<f64>, text: &str| Rubric {
            model: shape.model,
            criterion: criterion.slug.clone(),
            level: level.map(RubricLevel::from),
            text: text.to_owned(),
        };
        let told = |level: f64| row(Some(level), criterion.rubric(level));
        let levels: Vec<Rubric> = listed(criterion).into_iter().map(told).collect();
        if levels.is_empty() { criterion.bands.iter().map(|band| row(None, &band.text)).collect() } else { levels }
    })
}

/// The levels that have a text, the lowest first.
fn listed(criterion: &Criterion) -> Vec<f64> {
    let lowest = criterion.bands.first().map_or(0.0, |band| band.from);
    criterion.scale.levels().into_iter().filter(|level| *level >= lowest).collect()
}
