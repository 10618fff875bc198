use super::super::cast::catalogue;
use super::super::{Horizon, Plan, Scale};
use super::*;

fn check(json: &str) -> Result<Content, FieldErrors> {
    let draft: TestDraft = serde_json::from_str(json).unwrap();
    draft.check(&catalogue(), |email| email == "lead@holm.example")
}

fn fields(result: Result<Content, FieldErrors>) -> Vec<String> {
    result.unwrap_err().0.into_iter().map(|error| error.field).collect()
}

/// A good test with some fields more, which replace those of the same name.
fn with(more: &str) -> String {
    let mut good = serde_json::json!({
        "title": "T", "kind": "ab", "hypotheses": ["H-1"], "site": "shop", "primary_metric": "conversion-rate",
        "variants": [{"key": "A", "name": "Control", "share": 0.5}, {"key": "B", "name": "Date", "share": 0.5}]
    });
    let more: serde_json::Value = serde_json::from_str(more).unwrap();
    for (name, value) in more.as_object().unwrap() {
        good[name] = value.clone();
    }
    good.to_string()
}

#[test]
fn a_plain_test_gets_the_usual_levels() {
    let plan = check(&with("{}")).unwrap().plan;
    assert_eq!((plan.alpha, plan.power, plan.sides, plan.horizon), (0.05, 0.8, 2, Horizon::Fixed));
}

#[test]
fn every_wrong_field_is_named() {
    for (more, field) in [
        (r#"{"title":" "}"#, "title"),
        (r#"{"kind":"a/b"}"#, "kind"),
        (r#"{"hypotheses":["12"]}"#, "hypotheses"),
        (r#"{"site":"nowhere"}"#, "site"),
        (r#"{"area":"attic"}"#, "area"),
        (r#"{"audience":"martians"}"#, "audience"),
        (r#"{"owner":"nobody@holm.example"}"#, "owner"),
        (r#"{"devices":["watch"]}"#, "devices"),
        (r#"{"primary_metric":"luck"}"#, "primary_metric"),
        (r#"{"primary_metric":null}"#, "primary_metric"),
        (r#"{"secondary_metrics":["luck"]}"#, "secondary_metrics"),
        (r#"{"guard_rails":[{"metric":"luck","margin":0.1}]}"#, "guard_rails.0.metric"),
        (r#"{"guard_rails":[{"metric":"conversion-rate","margin":0.1}]}"#, "guard_rails.0.metric"),
        (r#"{"guard_rails":[{"metric":"return-rate"}]}"#, "guard_rails.0.margin"),
        (r#"{"guard_rails":[{"metric":"return-rate","margin":-1}]}"#, "guard_rails.0.margin"),
        (r#"{"guard_rails":[{"metric":"return-rate","margin":0.1,"scale":"some"}]}"#, "guard_rails.0.scale"),
        (r#"{"baseline":1.5}"#, "baseline"),
        (r#"{"baseline":0}"#, "baseline"),
        (r#"{"baseline_sd":0}"#, "baseline_sd"),
        (r#"{"mde":0}"#, "mde"),
        (r#"{"alpha":0.5}"#, "alpha"),
        (r#"{"power":0.4}"#, "power"),
        (r#"{"sides":3}"#, "sides"),
        (r#"{"weeks":0}"#, "weeks"),
        (r#"{"horizon":"bayes"}"#, "horizon"),
        (r#"{"traffic_share":1.2}"#, "traffic_share"),
        (r#"{"variants":[]}"#, "variants"),
        (r#"{"variants":[{"key":"A","name":"a"}]}"#, "variants"),
        (r#"{"variants":[{"key":"A","name":"a","share":0.5},{"key":"B","name":"b","share":0.4}]}"#, "variants"),
        (r#"{"variants":[{"key":"A","name":"a","share":0.5},{"key":"B","name":"b"}]}"#, "variants"),
        (r#"{"variants":[{"key":"A","name":"a"},{"key":"a","name":"b"}]}"#, "variants.1.key"),
        (r#"{"variants":[{"key":"A","name":"a"},{"key":"B","name":"b","url":"javascript:1"}]}"#, "variants.1.url"),
        (r#"{"variants":[{"key":"A","name":"a","share":1.5},{"key":"B","name":"b","share":-0.5}]}"#, "variants.0.share"),
    ] {
        assert_eq!(fields(check(&with(more)))[0], field, "{more}");
    }
    assert!(serde_json::from_str::<TestDraft>(&with(r#"{"colour":"red"}"#)).unwrap_err().to_string().contains("colour"));
}

#[test]
fn shares_left_out_are_equal_and_thirds_may_be_rounded() {
    let shares = |json: &str| check(&with(json)).unwrap().plan.variants.iter().map(|variant| variant.share).collect::<Vec<_>>();
    let three = r#"{"variants":[{"key":"A","name":"a"S},{"key":"B","name":"b"S},{"key":"C","name":"c"S}]}"#;
    assert_eq!(shares(&three.replace('S', "")), [1.0 / 3.0; 3]);
    assert_eq!(shares(&three.replace('S', r#","share":0.333"#)), [0.333; 3]);
}

#[test]
fn interviews_need_neither_variants_nor_a_metric() {
    let json = r#"{"title":"T","kind":"interviews","hypotheses":["h-1","H-1"],"site":"shop"}"#;
    let content = check(json).unwrap();
    assert_eq!((content.hypotheses, content.plan), (vec!["H-1".to_owned()], Plan::default()));
}

#[test]
fn the_same_metric_is_not_watched_twice() {
    let plan = check(&with(
        r#"{"guard_rails":[{"metric":"return-rate","margin":0.02,"scale":"absolute"}],"secondary_metrics":["Returns","revenue-per-visitor","revenue-per-visitor","conversion-rate"]}"#,
    ))
    .unwrap()
    .plan;
    assert_eq!((plan.secondary_metrics, plan.guard_rails[0].scale), (vec!["revenue-per-visitor".to_owned()], Scale::Absolute));
}
