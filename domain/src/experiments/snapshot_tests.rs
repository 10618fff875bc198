use super::super::cast::{ORDERS, day, metrics, plan, time};
use super::*;

fn check(json: &str) -> Result<Snapshot, FieldErrors> {
    check_on(&plan(2), json)
}

fn check_on(plan: &Plan, json: &str) -> Result<Snapshot, FieldErrors> {
    let draft: SnapshotDraft = serde_json::from_str(json).unwrap();
    let metrics = metrics();
    draft.check(Frame { plan, metrics: &metrics, started_on: Some(day("2026-10-23")), now: time("2026-11-20T12:00:00Z") })
}

fn fields(result: Result<Snapshot, FieldErrors>) -> Vec<String> {
    result.unwrap_err().0.into_iter().map(|error| error.field).collect()
}

/// Rows of orders with the whole of the given texts, within a good frame.
fn rows(rows: &[&str]) -> String {
    format!(r#"{{"as_of":"2026-11-20T00:00:00Z","no_device_reason":"not split","rows":[{}]}}"#, rows.join(","))
}

fn row(variant: &str, device: Option<&str>, conversions: &str, visitors: &str) -> String {
    let segment = device.map(|device| format!(r#","segment":{{"device":"{device}"}}"#)).unwrap_or_default();
    format!(r#"{{"variant":"{variant}","metric":"{ORDERS}"{segment},"visitors":{visitors},"conversions":{conversions}}}"#)
}

#[test]
fn good_results_are_taken() {
    let good = check(&rows(&[&row("A", None, "2000", "100000"), &row("b", None, "3000", "100000")])).unwrap();
    assert_eq!((good.rows.len(), good.rows[1].variant.as_str()), (2, "B"));
    let json = serde_json::to_string(&good).unwrap();
    assert_eq!(serde_json::from_str::<Snapshot>(&json).unwrap(), good, "what is kept is what was checked");
}

#[test]
fn every_wrong_number_is_named_with_its_row() {
    let a = row("A", None, "20", "1000");
    for (wrong, field) in [
        (row("B", None, "2001", "2000"), "rows.1.conversions"),
        (row("B", None, "-1", "2000"), "rows.1.conversions"),
        (row("B", None, "1.5", "2000"), "rows.1.conversions"),
        (row("B", None, "1", "1000000000000"), "rows.1.visitors"),
        (row("B", None, "1", "null"), "rows.1.visitors"),
        (row("X", None, "1", "10"), "rows.1.variant"),
        (row("B", Some("watch"), "1", "10"), "rows.1.segment.device"),
        (row("B", None, "1", "10").replace(ORDERS, "luck"), "rows.1.metric"),
        (a.clone(), "rows.1"),
    ] {
        assert_eq!(fields(check(&rows(&[&a, &wrong]))), [field], "{wrong}");
    }
    let twice = check(&rows(&[&row("A", None, "30", "20"), &row("A", None, "-3", "2")]));
    assert_eq!(fields(twice), ["rows.0.conversions", "rows.1.conversions"], "all faults at once");
}

#[test]
fn times_outside_the_run_are_refused() {
    let at = |time: &str| check(&rows(&[&row("A", None, "1", "10"), &row("B", None, "1", "10")]).replace("2026-11-20T00:00:00Z", time));
    for wrong in ["2026-11-20T12:00:01Z", "2026-10-22T23:59:59Z", "yesterday", ""] {
        assert_eq!(fields(at(wrong)), ["as_of"], "{wrong}");
    }
    assert!(at("2026-10-23T00:00:00Z").is_ok() && at("2026-11-19").is_ok());
}

#[test]
fn the_control_and_the_primary_metric_are_needed() {
    assert_eq!(fields(check(&rows(&[&row("B", None, "1", "10")]))), ["rows.0.variant", "rows"]);
    assert_eq!(fields(check(&rows(&[&row("A", None, "1", "10")]))), ["rows"]);
    assert_eq!(fields(check(&rows(&[]))), ["rows"]);
}

#[test]
fn devices_are_required_or_explained() {
    let all = [row("A", None, "100", "1000"), row("B", None, "110", "1000")];
    let bare = rows(&[&all[0], &all[1]]).replace(r#""no_device_reason":"not split","#, "");
    assert_eq!(fields(check(&bare)), ["no_device_reason"]);
    let mobile_only = Plan { devices: vec![Device::Mobile], ..plan(2) };
    assert!(check_on(&mobile_only, &bare).is_ok(), "one device is its own segment");
    let devices: Vec<String> =
        ["A", "B"].iter().flat_map(|key| [row(key, Some("mobile"), "60", "600"), row(key, Some("desktop"), "45", "400")]).collect();
    let parts: Vec<&str> = devices.iter().map(String::as_str).collect();
    let summed = check(&rows(&parts)).unwrap();
    assert_eq!(summed.totals("A", ORDERS, None), Some(Figures::Share { visitors: 1000, conversions: 105 }));
    let both: Vec<&str> = all.iter().chain(&devices).map(String::as_str).collect();
    assert_eq!(fields(check(&rows(&both))), ["device_gap_reason"], "105 conversions are not 100");
    let explained = rows(&both).replace(r#""rows""#, r#""device_gap_reason":"People on two devices.","rows""#);
    assert_eq!(check(&explained).unwrap().totals("A", ORDERS, None), Some(Figures::Share { visitors: 1000, conversions: 100 }));
}

#[test]
fn means_and_ratios_have_shapes_of_their_own() {
    let primary = Plan { primary_metric: Some("revenue-per-visitor".into()), ..plan(2) };
    let with = |figures: &str| {
        let one = |key: &str| format!(r#"{{"variant":"{key}","metric":"revenue-per-visitor",{figures}}}"#);
        check_on(&primary, &rows(&[&one("A"), &one("B")]))
    };
    assert!(with(r#""n":1000,"mean":2.5,"sd":11"#).is_ok());
    assert!(with(r#""n":1000,"sum":2500,"sum_squares":130000"#).is_ok());
    for (figures, wrong) in [
        (r#""n":1000,"mean":2.5,"sd":-1"#, "rows.0.sd"),
        (r#""n":1000,"mean":2.5"#, "rows.0.sd"),
        (r#""n":1000,"sum":2500,"sum_squares":10"#, "rows.0.sum_squares"),
        (r#""mean":2.5,"sd":1"#, "rows.0.n"),
    ] {
        assert_eq!(fields(with(figures))[0], wrong, "{figures}");
    }
    assert!(serde_json::from_str::<SnapshotDraft>(r#"{"as_of":"","rows":[{"variant":"A","metric":"m","clicks":1}]}"#).is_err());
}

#[test]
fn means_of_devices_add_up_to_the_mean_of_all() {
    let values: Vec<f64> = (0..40).map(|value| f64::from(value * value % 17)).collect();
    let figures = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Figures::Mean { n: values.len() as u64, mean, sd: (squares / (n - 1.0)).sqrt() }
    };
    let (Some(Figures::Mean { n, mean, sd }), Figures::Mean { n: m, mean: wanted, sd: deviation }) =
        (figures(&values[..13]).plus(figures(&values[13..])), figures(&values))
    else {
        panic!("means stay means");
    };
    assert!(n == m && (mean - wanted).abs() < 1e-12 && (sd - deviation).abs() < 1e-12);
}
