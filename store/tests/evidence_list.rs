//! The list of evidence: orders, pages to the end, filters and totals.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use chrono::{DateTime, Utc};
use domain::errors::FieldErrors;
use domain::evidence::{Class, Direction, Evidence, EvidenceDraft, EvidenceQuery, FreshnessWord, Inventory, Kind, LinkDraft};
use domain::sites::{Device, SiteChangeDraft};
use support::{Library, SHOP, on_both_databases, refused_field};

on_both_databases!(lists_page_to_the_end_in_every_order, filters_narrow_and_totals_agree, every_count_of_the_inventory_is_that_of_its_list);

fn at(time: &str) -> DateTime<Utc> {
    time.parse().unwrap()
}

/// All pages of this length, one after the other.
async fn pages(library: &Library, query: &EvidenceQuery, limit: u64) -> (Vec<Evidence>, u64) {
    let scope = library.read().await.at(at("2026-11-20T08:00:00Z"));
    let mut query = EvidenceQuery { limit: Some(limit), ..query.clone() };
    let mut all = Vec::new();
    loop {
        let page = scope.evidence_list(&query).await.unwrap();
        assert!(page.items.len() as u64 <= limit);
        all.extend(page.items);
        match page.next {
            Some(next) => query.cursor = Some(next),
            None => return (all, page.total),
        }
    }
}

/// Twenty-four findings of six kinds, two a day, with a few days, devices and tags between them.
async fn shelf(library: &Library) {
    let kinds = [Kind::Survey, Kind::Analytics, Kind::UserTest, Kind::BestPractice, Kind::OwnTest, Kind::Heatmap];
    for n in 0..24_usize {
        let now = at("2026-11-01T08:00:00Z") + chrono::Duration::hours(12 * i64::try_from(n).unwrap());
        let draft = EvidenceDraft {
            observed_to: (n % 3 == 0).then(|| format!("202{}-06-0{}", 4 + n / 3 % 3, 1 + n % 4)),
            site: (n % 2 == 0).then(|| SHOP.to_owned()),
            areas: if n % 4 == 0 { vec!["checkout".into(), "basket".into()] } else { vec![] },
            devices: if n % 5 == 0 { vec!["mobile".into()] } else { vec![] },
            audiences: if n % 6 == 0 { vec!["new".into()] } else { vec![] },
            tags: if n % 7 == 0 { vec!["peak".into()] } else { vec![] },
            ..EvidenceDraft::titled(format!("Finding {n}"), kinds[n % 6])
        };
        library.contribute().await.at(now).create_evidence(&draft).await.unwrap();
    }
    library.contribute().await.archive_evidence("E-24").await.unwrap();
    library.add_idea("Show stock").await;
    for n in [1, 2, 3] {
        library.contribute().await.link_evidence("H-1", &format!("E-{n}"), &LinkDraft::new(Direction::Supports)).await.unwrap();
    }
}

async fn lists_page_to_the_end_in_every_order(library: Library) {
    shelf(&library).await;
    for sort in ["-observed", "observed", "-created_at", "created_at", "-updated_at", "updated_at"] {
        let query = EvidenceQuery::from_pairs([("sort", sort)]).unwrap();
        let (whole, total) = pages(&library, &query, 200).await;
        let key = |one: &Evidence| match sort.trim_start_matches('-') {
            "observed" => one.observed_to.unwrap_or(one.created_at.date_naive()).to_string(),
            "created_at" => one.created_at.to_rfc3339(),
            _ => one.updated_at.to_rfc3339(),
        };
        let number = |one: &Evidence| -one.number[2..].parse::<i64>().unwrap();
        let mut sorted = whole.clone();
        sorted.sort_by_key(|one| (key(one), number(one)));
        if sort.starts_with('-') {
            sorted.reverse();
        }
        assert_eq!((&sorted, total), (&whole, 23), "{sort}");
        for limit in [1, 5, 23] {
            assert_eq!(pages(&library, &query, limit).await, (whole.clone(), 23), "{sort} by {limit}");
        }
    }
    let page = library.read().await.evidence_list(&EvidenceQuery { limit: Some(5), ..EvidenceQuery::default() }).await.unwrap();
    let other = EvidenceQuery { cursor: page.next, ..EvidenceQuery::from_pairs([("sort", "observed")]).unwrap() };
    assert_eq!(refused_field(library.read().await.evidence_list(&other).await), ["cursor"]);
}

async fn filters_narrow_and_totals_agree(library: Library) {
    shelf(&library).await;
    let (everything, _) = pages(&library, &EvidenceQuery::default(), 200).await;
    type Holds = fn(&Evidence) -> bool;
    let cases: [(&[(&str, &str)], Holds); 14] = [
        (&[("kind", "survey")], |one| one.kind == Kind::Survey),
        (&[("kind", "survey"), ("kind", "heatmap")], |one| matches!(one.kind, Kind::Survey | Kind::Heatmap)),
        (&[("class", "behaviour")], |one| one.class == Class::Behaviour),
        (&[("class", "behaviour"), ("kind", "heatmap")], |one| one.kind == Kind::Heatmap),
        (&[("site", SHOP)], |one| one.site.is_some()),
        (&[("area", "basket"), ("area", "attic")], |one| one.areas.contains(&"basket".to_owned())),
        (&[("device", "mobile"), ("device", "tablet")], |one| one.devices == [Device::Mobile]),
        (&[("audience", "new")], |one| one.audiences == ["new"]),
        (&[("tag", "PEAK")], |one| one.tags == ["peak"]),
        (&[("unused", "true")], |one| one.uses == 0),
        (&[("used", "true")], |one| one.uses > 0),
        (&[("freshness", "stale")], |one| one.freshness.word == FreshnessWord::Stale),
        (&[("freshness", "fresh"), ("freshness", "ageing"), ("class", "customer_voice")], |one| {
            one.freshness.word != FreshnessWord::Stale && one.class == Class::CustomerVoice
        }),
        (&[("q", "finding"), ("area", "checkout"), ("device", "mobile")], |one| one.areas.len() == 2 && one.devices.len() == 1),
    ];
    for (pairs, holds) in cases {
        let query = read_pairs(pairs).unwrap();
        let wanted: Vec<Evidence> = everything.iter().filter(|one| holds(one)).cloned().collect();
        assert!(!wanted.is_empty() && wanted.len() < everything.len(), "{pairs:?} tells something");
        for limit in [2, 200] {
            assert_eq!(pages(&library, &query, limit).await, (wanted.clone(), wanted.len() as u64), "{pairs:?}");
        }
    }
    assert_eq!(pages(&library, &read_pairs(&[("class", "opinion"), ("kind", "survey")]).unwrap(), 5).await.1, 0);
    assert_eq!(pages(&library, &read_pairs(&[("q", "' OR 1=1 --")]).unwrap(), 5).await.1, 0);
}

fn read_pairs(pairs: &[(&str, &str)]) -> Result<EvidenceQuery, FieldErrors> {
    EvidenceQuery::from_pairs(pairs.iter().copied())
}

async fn every_count_of_the_inventory_is_that_of_its_list(library: Library) {
    assert_eq!(library.read().await.evidence_inventory().await.unwrap(), Inventory::default());
    shelf(&library).await;
    let change = SiteChangeDraft { title: "Relaunch".into(), date: "2026-11-10".into(), site: SHOP.into(), areas: vec!["basket".into()] };
    library.configure().await.at(at("2026-11-20T08:00:00Z")).create_site_change(&change).await.unwrap();
    let found = library.read().await.at(at("2026-11-20T08:00:00Z")).evidence_inventory().await.unwrap();
    assert_eq!((found.all().items(), found.all().used(), found.all().unused), (23, 3, 20));
    let areas: Vec<Option<&str>> = found.areas.iter().map(|(area, _)| area.as_deref()).collect();
    assert_eq!(areas, [Some("basket"), Some("checkout"), None]);
    let kinds = found.kinds.iter().map(|(kind, tally)| (("kind", kind.slug()), *tally));
    let areas = found.areas.iter().filter_map(|(area, tally)| Some((("area", area.as_deref()?), *tally)));
    for (of, tally) in kinds.chain(areas) {
        for (pair, count) in [
            (None, tally.items()),
            (Some(("freshness", "fresh")), tally.fresh),
            (Some(("freshness", "ageing")), tally.ageing),
            (Some(("freshness", "stale")), tally.stale),
            (Some(("used", "true")), tally.used()),
            (Some(("unused", "true")), tally.unused),
        ] {
            let query = EvidenceQuery::from_pairs([of].into_iter().chain(pair)).unwrap();
            assert_eq!(pages(&library, &query, 200).await.1, count, "{of:?} {pair:?}");
        }
    }
    let elsewhere = library.elsewhere::<store::Read>().await;
    assert_eq!(elsewhere.evidence_inventory().await.unwrap(), Inventory::default());
}
