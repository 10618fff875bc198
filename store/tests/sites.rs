//! Sites and the lists that a lead edits.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::activity::Subject;
use domain::sites::{
    AreaDraft, AreaVisitors, Direction, Family, MetricDraft, MetricKind, STARTER_AREAS, STARTER_AUDIENCES, STARTER_LEVERS, STARTER_METRICS,
    SiteDraft, TermDraft, Unit,
};
use support::{HERE, Library, SHOP, event, events, on_both_databases, refused, refused_field, whole};

on_both_databases!(
    every_site_begins_with_the_starter_catalogue,
    a_site_reads_back_as_it_was_made,
    a_refused_site_names_each_field_and_changes_nothing,
    a_slug_is_taken_once_in_a_workspace,
    a_site_is_edited_by_version,
    areas_are_added_changed_and_archived,
    metrics_are_added_and_changed,
    audiences_and_levers_are_added_and_renamed,
    of_many_edits_of_a_site_with_one_version_one_wins,
    archived_entries_leave_the_lists_and_come_back,
    lists_are_changed_by_the_version_that_covers_them,
);

fn shop(name: &str) -> SiteDraft {
    SiteDraft { name: name.into(), currency: "eur".into(), ..SiteDraft::default() }
}

async fn every_site_begins_with_the_starter_catalogue(library: Library) {
    library.add_site("trade-portal").await;
    let catalogue = library.read().await.catalogue().await.unwrap();
    assert_eq!(catalogue.sites.len(), 2);
    for site in &catalogue.sites {
        let areas: Vec<_> = site.areas.iter().map(|area| (area.slug.as_str(), area.name.as_str())).collect();
        assert_eq!(areas, STARTER_AREAS, "{}", site.site.slug);
        let metrics: Vec<_> = site.metrics.iter().map(|one| (one.slug.as_str(), one.kind, one.unit, one.direction, one.family)).collect();
        let starters: Vec<_> = STARTER_METRICS.iter().map(|one| (one.slug, one.kind, one.unit, one.direction, one.family)).collect();
        assert_eq!(metrics, starters, "{}", site.site.slug);
    }
    let terms = |terms: &[domain::sites::Term]| terms.iter().map(|term| (term.slug.clone(), term.name.clone())).collect::<Vec<_>>();
    let owned = |terms: &[(&str, &str)]| terms.iter().map(|(slug, name)| ((*slug).to_owned(), (*name).to_owned())).collect::<Vec<_>>();
    assert_eq!(terms(&catalogue.audiences), owned(&STARTER_AUDIENCES));
    assert_eq!(terms(&catalogue.levers), owned(&STARTER_LEVERS));
    assert_eq!(event(&library, Subject::Site, "trade-portal").await, "Leo Lead created: Site “TRADE-PORTAL”");
}

async fn a_site_reads_back_as_it_was_made(library: Library) {
    let draft = SiteDraft {
        slug: Some(" fern-oak ".into()),
        time_zone: Some("Europe/London".into()),
        margin: Some(0.4125),
        url: Some("https://fern.example/päth?q=1".into()),
        ..shop("  Fern &\u{0} Oak ")
    };
    let made = library.configure().await.create_site(&draft).await.unwrap();
    assert_eq!((made.slug.as_str(), made.name.as_str(), made.currency.as_str()), ("fern-oak", "Fern & Oak", "EUR"));
    assert_eq!((made.time_zone.as_str(), made.margin, made.version), ("Europe/London", Some(0.4125), 1));
    assert_eq!(library.read().await.site("fern-oak").await.unwrap().site, made);
    let names: Vec<_> = library.read().await.sites().await.unwrap().into_iter().map(|site| site.name).collect();
    assert_eq!(names, ["Fern & Oak", "NORTH-SHOP"]);
    let derived = library.configure().await.create_site(&shop("Über Shop")).await.unwrap();
    assert_eq!(derived.slug, "ueber-shop");
}

async fn a_refused_site_names_each_field_and_changes_nothing(library: Library) {
    let wrong = SiteDraft {
        name: " ".into(),
        slug: Some("North Shop".into()),
        currency: "€".into(),
        time_zone: Some("Mars/Base".into()),
        margin: Some(f64::NAN),
        url: Some("javascript:alert(1)".into()),
    };
    let before = library.read().await.catalogue().await.unwrap();
    let history = events(&library, Subject::Site, SHOP).await;
    let configure = library.configure().await;
    let fields = ["name", "slug", "currency", "time_zone", "margin", "url"];
    assert_eq!(refused_field(configure.create_site(&wrong).await), fields);
    assert_eq!(refused_field(configure.edit_site(SHOP, &wrong, Some(1)).await), fields);
    assert_eq!(refused(configure.save_area(SHOP, &AreaDraft::default()).await), "invalid");
    assert_eq!(refused(configure.save_lever(&TermDraft::default()).await), "invalid");
    assert_eq!(refused(configure.save_audience(&TermDraft { name: "日本".into(), slug: None }).await), "invalid");
    let many = AreaVisitors { desktop: Some(-1), ..AreaVisitors::default() };
    let area = AreaDraft { name: "Hall".into(), slug: None, visitors: many };
    assert_eq!(refused_field(configure.save_area(SHOP, &area).await), ["visitors.desktop"]);
    assert_eq!(library.read().await.catalogue().await.unwrap(), before);
    assert_eq!(events(&library, Subject::Site, SHOP).await, history);
}

async fn a_slug_is_taken_once_in_a_workspace(library: Library) {
    let again = SiteDraft { slug: Some(SHOP.into()), ..shop("Another") };
    assert_eq!(refused_field(library.configure().await.create_site(&again).await), ["slug"]);
    assert_eq!(library.read().await.sites().await.unwrap().len(), 1);
    assert_eq!(library.database.number("SELECT count(*) FROM area", []).await, 13);
    let elsewhere = library.elsewhere::<store::Configure>().await;
    assert!(elsewhere.create_site(&again).await.is_ok(), "another workspace has slugs of its own");
    assert_eq!(elsewhere.catalogue().await.unwrap().levers.len(), STARTER_LEVERS.len());
}

async fn a_site_is_edited_by_version(library: Library) {
    let configure = library.configure().await;
    let moved = SiteDraft { slug: Some("other-slug".into()), ..shop("South Shop") };
    assert_eq!(refused_field(configure.edit_site(SHOP, &moved, Some(1)).await), ["slug"]);
    let draft = SiteDraft { slug: Some(SHOP.into()), margin: Some(0.3), ..shop("South Shop") };
    let edited = configure.edit_site(SHOP, &draft, Some(1)).await.unwrap();
    assert_eq!((edited.slug.as_str(), edited.name.as_str(), edited.version), (SHOP, "South Shop", 2));
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead edited: Site “South Shop”");
    assert_eq!(refused(configure.edit_site(SHOP, &shop("Late"), Some(1)).await), "stale");
    assert_eq!(library.read().await.site(SHOP).await.unwrap().site, edited);
    assert_eq!(configure.edit_site(SHOP, &shop("Whatever"), None).await.unwrap().version, 3);
}

async fn areas_are_added_changed_and_archived(library: Library) {
    let configure = library.configure().await;
    let visitors = AreaVisitors { desktop: Some(1000), mobile: Some(0), tablet: None };
    let hall = AreaDraft { name: "Town hall".into(), slug: None, visitors };
    assert_eq!(configure.save_area(SHOP, &hall).await.unwrap().slug, "town-hall");
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead edited: Area “Town hall”");
    let again = AreaDraft { name: "City hall".into(), slug: Some("town-hall".into()), ..hall };
    configure.save_area(SHOP, &again).await.unwrap();
    let areas = library.read().await.areas_of(SHOP).await.unwrap();
    assert_eq!(areas.len(), STARTER_AREAS.len() + 1);
    let saved = areas.iter().find(|area| area.slug == "town-hall").unwrap();
    assert_eq!((saved.name.as_str(), saved.visitors), ("City hall", visitors));

    let kept = library.contribute().await.create_hypothesis(&whole("At the checkout")).await.unwrap();
    configure.archive_area(SHOP, "checkout").await.unwrap();
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead edited: Archived the area “checkout”");
    assert!(library.read().await.areas_of(SHOP).await.unwrap().iter().all(|area| area.slug != "checkout"));
    assert_eq!(library.read().await.hypothesis(&kept.number).await.unwrap().area.as_deref(), Some("checkout"), "what names it keeps it");
    assert_eq!(refused(configure.archive_area(SHOP, "nowhere").await), "not found");
    assert_eq!(refused(configure.archive_area("nowhere", "checkout").await), "not found");
    let back = AreaDraft { name: "Checkout".into(), ..AreaDraft::default() };
    configure.save_area(SHOP, &back).await.unwrap();
    assert!(library.read().await.areas_of(SHOP).await.unwrap().iter().any(|area| area.slug == "checkout"));
}

async fn metrics_are_added_and_changed(library: Library) {
    let configure = library.configure().await;
    let wishes = MetricDraft {
        site: SHOP.into(),
        name: "Wishes".into(),
        slug: None,
        kind: MetricKind::Proportion,
        unit: Unit::Share,
        direction: Direction::Up,
        family: Family::Conversion,
    };
    configure.save_metric(&wishes).await.unwrap();
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead edited: Metric “Wishes”");
    let slower =
        MetricDraft { kind: MetricKind::Mean, unit: Unit::Seconds, direction: Direction::Down, family: Family::Experience, ..wishes };
    let saved = configure.save_metric(&slower).await.unwrap();
    let metrics = library.read().await.metrics().await.unwrap();
    assert_eq!(metrics.len(), STARTER_METRICS.len() + 1);
    assert_eq!(metrics.last().unwrap(), &(SHOP.to_owned(), saved));
    let odd = MetricDraft { kind: MetricKind::Proportion, unit: Unit::Money, ..slower };
    assert_eq!(refused_field(configure.save_metric(&odd).await), ["unit"]);
}

async fn audiences_and_levers_are_added_and_renamed(library: Library) {
    let configure = library.configure().await;
    let term = |name: &str, slug: Option<&str>| TermDraft { name: name.into(), slug: slug.map(str::to_owned) };
    configure.save_audience(&term("Architects", None)).await.unwrap();
    assert_eq!(event(&library, Subject::Workspace, HERE).await, "Leo Lead edited: Audience “Architects”");
    configure.save_audience(&term("Planners", Some("architects"))).await.unwrap();
    configure.save_lever(&term("Joy", None)).await.unwrap();
    assert_eq!(event(&library, Subject::Workspace, HERE).await, "Leo Lead edited: Lever “Joy”");
    configure.save_lever(&term("Plainness", Some("clarity"))).await.unwrap();
    library.add_site("trade-portal").await;
    let catalogue = library.read().await.catalogue().await.unwrap();
    assert_eq!((catalogue.audiences.len(), catalogue.levers.len()), (STARTER_AUDIENCES.len() + 1, STARTER_LEVERS.len() + 1));
    assert_eq!(catalogue.audience_name("architects"), "Planners");
    assert_eq!(catalogue.lever_name("clarity"), "Plainness", "a later site leaves the lead's words alone");
    assert!(library.elsewhere::<store::Read>().await.catalogue().await.unwrap().levers.is_empty());
}

async fn of_many_edits_of_a_site_with_one_version_one_wins(library: Library) {
    let edits = (0..20).map(|n| {
        let library = library.clone();
        tokio::spawn(async move { refused(library.configure().await.edit_site(SHOP, &shop(&format!("Shop {n}")), Some(1)).await) })
    });
    let mut won = 0;
    for edit in edits.collect::<Vec<_>>() {
        let outcome = edit.await.unwrap();
        assert!(matches!(outcome, "done" | "stale"), "{outcome}");
        won += usize::from(outcome == "done");
    }
    assert_eq!(won, 1);
    assert_eq!(library.read().await.site(SHOP).await.unwrap().site.version, 2);
    assert_eq!(events(&library, Subject::Site, SHOP).await.len(), 2);
}

async fn archived_entries_leave_the_lists_and_come_back(library: Library) {
    let configure = library.configure().await;
    let before = library.read().await.catalogue().await.unwrap();
    configure.put_metric_archived(SHOP, "bounce-rate", true).await.unwrap();
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead edited: Archived the metric “bounce-rate”");
    configure.put_area_archived(SHOP, "checkout", true).await.unwrap();
    configure.put_lever_archived("clarity", true).await.unwrap();
    assert_eq!(event(&library, Subject::Workspace, HERE).await, "Leo Lead edited: Archived the lever “clarity”");
    configure.put_audience_archived("new", true).await.unwrap();
    let less = library.read().await.catalogue().await.unwrap();
    assert_eq!((less.levers.len() + 1, less.audiences.len() + 1), (before.levers.len(), before.audiences.len()));
    assert_eq!(less.sites[0].metrics.len() + 1, before.sites[0].metrics.len());
    configure.put_site_archived(SHOP, true).await.unwrap();
    assert_eq!(event(&library, Subject::Site, SHOP).await, "Leo Lead archived: Archived the site “NORTH-SHOP”");
    assert!(library.read().await.sites().await.unwrap().is_empty());
    let told = events(&library, Subject::Site, SHOP).await.len();
    configure.put_site_archived(SHOP, true).await.unwrap();
    assert_eq!(events(&library, Subject::Site, SHOP).await.len(), told, "what is archived already is not archived again");
    configure.put_site_archived(SHOP, false).await.unwrap();
    configure.put_area_archived(SHOP, "checkout", false).await.unwrap();
    configure.put_metric_archived(SHOP, "bounce-rate", false).await.unwrap();
    configure.put_lever_archived("clarity", false).await.unwrap();
    configure.put_audience_archived("new", false).await.unwrap();
    let mut after = library.read().await.catalogue().await.unwrap();
    assert_eq!(after.sites[0].site.version, before.sites[0].site.version + 6);
    after.sites[0].site.version = before.sites[0].site.version;
    assert_eq!(after, before);
    for strange in ["nowhere", "", "a\0b"] {
        assert_eq!(refused(configure.put_site_archived(strange, true).await), "not found");
        assert_eq!(refused(configure.put_metric_archived(SHOP, strange, true).await), "not found");
        assert_eq!(refused(configure.put_lever_archived(strange, true).await), "not found");
        assert_eq!(refused(configure.put_audience_archived(strange, false).await), "not found");
    }
    let theirs = library.elsewhere::<store::Configure>().await;
    assert_eq!(refused(theirs.put_site_archived(SHOP, true).await), "not found");
    assert_eq!(refused(theirs.put_lever_archived("clarity", true).await), "not found");
}

async fn lists_are_changed_by_the_version_that_covers_them(library: Library) {
    let configure = library.configure().await;
    let version = configure.present_version().await.unwrap();
    let plain = TermDraft { name: "Plain words".into(), slug: Some("clarity".into()) };
    assert_eq!(configure.edit_lever("clarity", &plain, version).await.unwrap().name, "Plain words");
    assert_eq!(refused(configure.edit_lever("clarity", &plain, version).await), "stale");
    assert_eq!(
        refused(configure.edit_lever("nowhere", &TermDraft { slug: Some("nowhere".into()), ..plain.clone() }, version).await),
        "not found"
    );
    assert_eq!(refused_field(configure.edit_lever("trust", &plain, version + 1).await), ["slug"]);
    let fresh = TermDraft { name: "First time".into(), slug: Some("new".into()) };
    assert_eq!(configure.edit_audience("new", &fresh, version + 1).await.unwrap().name, "First time");
    let metric = library.read().await.site(SHOP).await.unwrap();
    let bounce = MetricDraft { name: "Left at once".into(), ..MetricDraft::of(SHOP, metric.metric("bounce-rate").unwrap()) };
    assert_eq!(configure.edit_metric(SHOP, "bounce-rate", &bounce, metric.site.version).await.unwrap().name, "Left at once");
    assert_eq!(refused(configure.edit_metric(SHOP, "bounce-rate", &bounce, metric.site.version).await), "stale");
    assert_eq!(refused(configure.edit_site(SHOP, &shop("Late"), Some(metric.site.version)).await), "stale");
}
