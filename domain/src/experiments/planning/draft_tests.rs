use super::super::super::State;
use super::super::super::cast::{catalogue, day, planned_test};
use super::super::PlanAnswer;
use super::*;
use crate::sites::{Area, AreaVisitors};

fn shop() -> Catalogue {
    let mut catalogue = catalogue();
    let visitors = AreaVisitors { desktop: Some(40_000), mobile: Some(81_667), tablet: None };
    catalogue.sites[0].areas.push(Area { slug: "checkout".into(), name: "Checkout".into(), visitors });
    catalogue.sites[0].areas.push(Area { slug: "basket".into(), name: "Basket".into(), visitors: AreaVisitors::default() });
    catalogue
}

fn ask(json: &str) -> Result<PlanAnswer, FieldErrors> {
    let draft: PlanDraft = serde_json::from_str(json).unwrap();
    let today = day("2026-11-20");
    Ok(draft.check(&shop(), today)?.answer(&[planned_test()], today))
}

#[test]
fn the_published_plan_is_worked_out() {
    let found = ask(r#"{"baseline": 0.03, "mde": 0.1, "alpha": 0.05, "power": 0.8, "variants": 2, "traffic": 4000}"#).unwrap();
    assert_eq!((found.schedule.sample, found.per_variant), (Some(106_422), Some(vec![53_211, 53_211])));
    assert_eq!((found.schedule.days, found.schedule.weeks, found.under_power), (Some(27), 4, Some(false)));
    assert_eq!((found.mde_by_weeks[0].weeks, found.mde_by_weeks[0].visitors), (2, 56_000));
    let four = &found.mde_by_weeks[2];
    assert!(four.weeks == 4 && (0.095..0.1).contains(&four.mde.unwrap()), "{four:?}");
    assert_eq!(found.collisions, None);
    assert_eq!(found.schedule.unknown, ["Which other tests run there is unknown: name the area."]);
}

#[test]
fn the_area_gives_traffic_and_collisions() {
    let found = ask(r#"{"site": "shop", "area": "checkout", "metric": "conversion-rate", "baseline": 0.03, "mde": 0.1}"#).unwrap();
    assert_eq!((found.schedule.days, found.schedule.weeks), (Some(27), 4));
    let [met] = found.collisions.as_deref().unwrap() else { unreachable!("one planned test") };
    assert_eq!((met.number.as_str(), met.state), ("T-1", State::Planned));
    let mobile = ask(r#"{"area": "Checkout", "devices": ["mobile"], "baseline": 0.03, "mde": 0.1, "test": "t-1"}"#).unwrap();
    assert!(mobile.schedule.days > Some(27), "fewer visitors on one device");
    assert_eq!(mobile.collisions.as_deref(), Some(&[][..]), "a test does not collide with itself");
    let unknown = ask(r#"{"area": "basket", "baseline": 0.03, "mde": 0.1}"#).unwrap();
    assert_eq!((unknown.schedule.days, unknown.schedule.weeks, unknown.under_power), (None, 2, None));
    assert!(unknown.schedule.unknown[0].contains("no visitors a month"), "{:?}", unknown.schedule.unknown);
}

#[test]
fn traffic_a_month_and_a_share_of_it_are_understood() {
    let days = |traffic: &str| ask(&format!(r#"{{"baseline": 0.03, "mde": 0.1, {traffic}}}"#)).unwrap().schedule.days.unwrap();
    assert_eq!(days("\"visitors\": 121667"), 27);
    assert_eq!(days("\"traffic\": 8000, \"traffic_share\": 0.5"), 27);
}

#[test]
fn variants_come_as_a_count_as_shares_or_as_a_list() {
    let sample = |variants: &str| ask(&format!(r#"{{"baseline": 0.03, "mde": 0.1, {variants}}}"#)).unwrap().per_variant.unwrap();
    let (three, uneven) = (sample("\"variants\": 3"), sample("\"shares\": [0.8, 0.2]"));
    assert!(three.len() == 3 && three.iter().all(|each| *each > 53_211), "{three:?}");
    assert!(uneven[0] > 53_211 && uneven[0].abs_diff(4 * uneven[1]) <= 4, "{uneven:?}");
    assert_eq!(sample("\"variants\": 2, \"shares\": [0.8, 0.2]"), uneven);
    assert_eq!(sample(r#""variants": [{"key": "old", "name": "Old", "share": 0.8}, {"share": 0.2}]"#), uneven);
}

#[test]
fn a_guard_rail_with_a_baseline_may_need_more() {
    let rail = |more: &str| {
        let rail = format!(r#"{{"metric": "repeat-purchase", "margin": 0.005, "scale": "absolute"{more}}}"#);
        ask(&format!(r#"{{"metric": "conversion-rate", "baseline": 0.03, "mde": 0.5, "guard_rails": [{rail}]}}"#)).unwrap()
    };
    assert_eq!(rail(", \"baseline\": 0.08").per_variant, Some(vec![36_403, 36_403]));
    assert!(rail("").schedule.unknown[0].contains("guard-rail"));
}

#[test]
fn a_mean_needs_its_deviation_and_nothing_else_is_guessed() {
    let mean = ask(r#"{"baseline": 4.2, "baseline_sd": 31, "mde": 0.05, "traffic": 5000}"#).unwrap();
    assert!(mean.schedule.sample.is_some() && mean.mde_by_weeks.iter().all(|row| row.mde.is_some()));
    let bare = ask(r#"{"metric": "revenue-per-visitor", "baseline": 4.2, "mde": 0.05, "traffic": 5000}"#).unwrap();
    assert_eq!((bare.schedule.sample, bare.under_power, bare.mde_by_weeks.len()), (None, None, 0));
    let no_aim = ask(r#"{"baseline": 0.03, "traffic": 5000}"#).unwrap();
    assert!(no_aim.schedule.sample.is_none() && no_aim.mde_by_weeks.len() == 11);
}

#[test]
fn every_wrong_field_is_named() {
    for (json, field) in [
        (r#"{}"#, "baseline"),
        (r#"{"baseline": 1.5}"#, "baseline"),
        (r#"{"baseline": 0.03, "mde": 0}"#, "mde"),
        (r#"{"baseline": 0.03, "alpha": 0.6}"#, "alpha"),
        (r#"{"baseline": 0.03, "power": 1}"#, "power"),
        (r#"{"baseline": 0.03, "sides": 3}"#, "sides"),
        (r#"{"baseline": 0.03, "weeks": 53}"#, "weeks"),
        (r#"{"baseline": 0.03, "horizon": "bayes"}"#, "horizon"),
        (r#"{"baseline": 0.03, "variants": 1}"#, "variants"),
        (r#"{"baseline": 0.03, "variants": -9223372036854775808}"#, "variants"),
        (r#"{"baseline": 0.03, "variants": 18446744073709551615}"#, "variants"),
        (r#"{"baseline": 0.03, "shares": [0.5, 0.6]}"#, "variants"),
        (r#"{"baseline": 0.03, "variants": 3, "shares": [0.5, 0.5]}"#, "shares"),
        (r#"{"baseline": 0.03, "variants": [{"share": 0.5}, {"share": 0.5}], "shares": [0.5, 0.5]}"#, "shares"),
        (r#"{"baseline": 0.03, "traffic": 0}"#, "traffic"),
        (r#"{"baseline": 0.03, "visitors": 0}"#, "visitors"),
        (r#"{"baseline": 0.03, "visitors": 10, "traffic": 10}"#, "visitors"),
        (r#"{"baseline": 0.03, "traffic_share": 2}"#, "traffic_share"),
        (r#"{"baseline": 0.03, "baseline_sd": -1}"#, "baseline_sd"),
        (r#"{"site": "nowhere", "area": "checkout"}"#, "site"),
        (r#"{"area": "attic"}"#, "area"),
        (r#"{"baseline": 0.03, "metric": "luck"}"#, "metric"),
        (r#"{"baseline": 0.03, "devices": ["watch"]}"#, "devices"),
        (r#"{"area": "checkout", "starts_on": "soon"}"#, "starts_on"),
        (r#"{"area": "checkout", "starts_on": "+262142-12-31"}"#, "starts_on"),
        (r#"{"area": "checkout", "starts_on": "2026-12-01", "ends_on": "2026-11-30"}"#, "ends_on"),
        (r#"{"baseline": 0.03, "guard_rails": [{"metric": "return-rate"}]}"#, "guard_rails.0.margin"),
        (r#"{"guard_rails": [{"metric": "return-rate", "margin": 0.1, "baseline": 2}]}"#, "guard_rails.0.baseline"),
        (r#"{"metric": "return-rate", "guard_rails": [{"metric": "return-rate", "margin": 0.1}]}"#, "guard_rails.0.metric"),
    ] {
        let errors = ask(json).unwrap_err();
        let fields: Vec<&str> = errors.0.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, [field], "{json}");
    }
    let two_sites = Catalogue { sites: [shop().sites, shop().sites].concat(), ..Catalogue::default() };
    let draft = PlanDraft { area: Some("checkout".into()), ..PlanDraft::default() };
    assert!(draft.check(&two_sites, day("2026-11-20")).unwrap_err().of("site").is_some());
    let no_site = draft.check(&Catalogue::default(), day("2026-11-20")).unwrap_err();
    assert_eq!(no_site.0.len(), 1, "the area of no site is not judged: {no_site}");
}
