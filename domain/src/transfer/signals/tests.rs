//! What is read of files, and what is said of them.

use super::*;
use crate::sites::{Area, AreaVisitors, Device, Site, SiteCatalogue};
use proptest::prelude::*;

fn catalogue() -> Catalogue {
    let site = |slug: &str, name: &str| SiteCatalogue {
        site: Site {
            slug: slug.into(),
            name: name.into(),
            currency: "GBP".into(),
            time_zone: "UTC".into(),
            margin: None,
            url: None,
            version: 1,
        },
        areas: vec![Area { slug: "checkout".into(), name: "Checkout".into(), visitors: AreaVisitors::default() }],
        metrics: vec![],
    };
    Catalogue { sites: vec![site("holm-trade", "Holm Trade"), site("fern", "Fern & Oak")], ..Catalogue::default() }
}

fn defaults() -> SignalDefaults {
    SignalDefaults { site: "holm-trade".into(), from: "2026-10-23".into(), to: "2026-11-19".into(), ..SignalDefaults::default() }
}

fn read(text: &str) -> Result<SignalsPreview, FieldErrors> {
    preview(text.as_bytes(), &defaults(), &catalogue(), |_| NaiveDate::from_ymd_opt(2026, 11, 20).unwrap())
}

/// The only row of a file.
fn row(text: &str) -> SignalContent {
    let found = read(text).unwrap();
    assert_eq!(found.errors, [], "{text}");
    found.rows.into_iter().next().unwrap().content
}

/// The first thing that is said of a file.
fn said(text: &str) -> String {
    match read(text) {
        Ok(found) => found.ready().unwrap_err().to_string(),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn headings_are_known_in_english_and_german() {
    for text in [
        "Page,Path,Device,Visits,Exits,Hesitation,Scroll loop,Exit intent\nPrices,/prices,Desktop,\"39,300\",\"18,880\",6230,5475,5853\n",
        "Seite;Pfad;Gerät;Besuche;Ausstiege;Zögern;Scrollschleife;Ausstiegsabsicht\nPrices;/prices;PC;39.300;18.880;6.230;5.475;5.853\n",
        "sep=;\nSite;Page;URL;Device category;From;To;Sessions;Exits;Visits with hesitation;Scroll loops;Exit intent\n\
         Holm Trade;Prices;https://x.example/prices;desktop;23.10.2026;19.11.2026;39300;18880;6230;5475;5853\n",
        "Exit pages of November\n\nPage\tPath\tDevice\tPeriod\tVisits\tExits\tHesitation\tScroll loop\tExit intent\tNote\n\
         Prices\t/prices\tdesktop\t23 Oct 2026 – 19 Nov 2026\t39,300\t18,880\t6,230\t5,475\t5,853\tsee GA\n",
    ] {
        let found = row(text);
        assert_eq!((found.site.as_str(), found.path.as_str(), found.device), ("holm-trade", "/prices", Some(Device::Desktop)), "{text}");
        assert_eq!((found.visits, found.exits, found.behaviours.0), (39_300, 18_880, [Some(6230), Some(5475), Some(5853)]), "{text}");
        assert_eq!((found.from.to_string().as_str(), found.to.to_string().as_str()), ("2026-10-23", "2026-11-19"), "{text}");
    }
}

#[test]
fn columns_that_nobody_asked_for_are_left_out_and_shown() {
    let found = read("Page,Visits,Exits,Bounce colour\n/prices,10,5,red\n").unwrap();
    let shown: Vec<_> = found.columns.iter().map(|one| (one.header.as_str(), one.field.as_deref())).collect();
    assert_eq!(shown, [("Page", Some("page")), ("Visits", Some("visits")), ("Exits", Some("exits")), ("Bounce colour", None)]);
    assert_eq!((found.rows[0].content.page.as_str(), found.rows[0].content.path.as_str()), ("/prices", "/prices"));
}

#[test]
fn a_share_counts_only_where_it_is_one_of_the_exits() {
    for (heading, cell, count) in [
        ("Scroll loop (% of exits)", "29", 290),
        ("Scroll loop % of exits", "29.5 %", 295),
        ("Scrollschleife, Anteil der Ausstiege", "29,5 %", 295),
        ("Scroll loop share of exits", "0.29", 290),
    ] {
        assert_eq!(row(&format!("Page;Visits;Exits;{heading}\n/a;2000;1000;{cell}\n")).behaviours.0[1], Some(count), "{heading}");
    }
    for (heading, cell, wanted) in [
        ("Scroll loop", "29%", "Line 2, Scroll loop: “29%” does not say of what."),
        ("Scroll loop % of visits", "29", "Line 2, Scroll loop % of visits: A share says"),
        ("Scroll loop rate", "0.29", "Line 2, Scroll loop rate: A share says"),
        ("Scroll loop share of exits", "29", "is not a share of the exits"),
        ("Scroll loop % of exits", "129", "is not a share of the exits"),
    ] {
        let found = said(&format!("Page;Visits;Exits;{heading}\n/a;2000;1000;{cell}\n"));
        assert!(found.contains(wanted), "{found}");
    }
}

#[test]
fn a_bad_cell_is_named_by_line_and_column() {
    for (text, wanted) in [
        ("Page,Visits,Exits\n/a,10,5\n/b,many,5\n", "Line 3, Visits: “many” is not a whole number."),
        ("Page,Visits,Exits\n/a,10,11\n", "Line 2, Exits: 11 exits are more than 10 visits."),
        ("Page,Visits,Exits\n/a,10.5,5\n", "Line 2, Visits: “10.5” is not a whole number."),
        ("Page,Visits,Exits\n/a,,5\n", "Line 2, Visits: The visits are missing."),
        ("Page,Visits,Exits\n/a,10,-5\n", "Line 2, Exits: The exits are a whole number from 0."),
        ("Page,Visits,Exits\nPrices,10,5\n", "Line 2, Page: The page’s path is missing."),
        ("Page,Device,Visits,Exits\n/a,fridge,10,5\n", "Line 2, Device: “fridge” is not a device."),
        ("Page,Site,Visits,Exits\n/a,Nowhere,10,5\n", "Line 2, Site: There is no site “Nowhere”."),
        ("Page,Area,Visits,Exits\n/a,Attic,10,5\n", "Line 2, Area: There is no area “Attic”"),
        ("Page,Visits,Exits,Hesitation\n/a,10,5,6\n", "Line 2, Hesitation: 6 is more than the 5 exits."),
        ("Page,Visits,Exits,To\n/a,10,5,2026-11-21\n", "Line 2, To: 2026-11-21 lies in the future."),
        ("Page,Visits,Exits,To\n/a,10,5,31.02.2026\n", "Line 2, To: “31.02.2026” is not in the calendar."),
        ("Page,Visits,Exits,From\n/a,10,5,03/04/2026\n", "Line 2, From: “03/04/2026” may be two days"),
        ("Page,Visits,Exits,Period\n/a,10,5,November\n", "Line 2, Period: “November” is not a period."),
        (
            "Page,Visits,Exits\n/a,10,5\n/a,20,5\n",
            "covers some of the same days. Change that row, or give other days. It stands on line 2.",
        ),
        ("Page,Visits,Exits,Sessions\n/a,10,5,3\n", "Line 1: the columns “Visits” and “Sessions” say the same."),
        ("Page,Visits\n/a,10\n", "Line 1: no column is headed exits."),
        ("/a,10,5\n/b,20,6\n", "No line of headings was found."),
        ("", "empty"),
        ("hello", "No line of headings was found."),
        ("Page,Visits,Exits\n", "There are no rows below the headings."),
        ("Page,Visits,Exits\n\"/a,10,5\n", "never closed"),
    ] {
        let found = said(text);
        assert!(found.contains(wanted), "{text}: {found}");
    }
}

#[test]
fn days_are_told_by_the_whole_column() {
    let found = read("Page,From,To,Visits,Exits\n/a,03/04/2026,19/04/2026,10,5\n").unwrap();
    assert_eq!(found.rows[0].content.from.to_string(), "2026-04-03");
}

#[test]
fn a_sum_is_left_out_with_a_notice() {
    let found = read("Page,Visits,Exits\n/a,10,5\nTotal,10,5\n").unwrap();
    assert_eq!((found.rows.len(), found.notices.len(), found.notices[0].line), (1, 1, 3));
}

#[test]
fn the_same_page_on_another_device_or_later_is_another_row() {
    let found = read(
        "Page,Device,From,To,Visits,Exits\n/a,desktop,2026-10-01,2026-10-10,10,5\n/a,mobile,2026-10-01,2026-10-10,10,5\n\
         /a,desktop,2026-10-11,2026-10-20,10,5\n/a,all,2026-10-11,2026-10-20,10,5\n",
    );
    assert_eq!(found.unwrap().ready().unwrap().len(), 4);
}

#[test]
fn too_many_rows_are_refused() {
    let rows: String = (0..=ROW_LIMIT).map(|n| format!("/p{n},10,5\n")).collect();
    assert!(said(&format!("Page,Visits,Exits\n{rows}")).contains("5000"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = preview(&bytes, &defaults(), &catalogue(), |_| NaiveDate::default());
    }

    #[test]
    fn no_cells_make_it_panic(cells in proptest::collection::vec("[-/0-9a-z%.,;\u{2013} \"]{0,12}", 0..24)) {
        let rows: String = cells.chunks(6).map(|row| row.join(";") + "\n").collect();
        let text = format!("Page;Visits;Exits;Scroll loop % of exits;From;Period\n{rows}");
        if let Ok(found) = preview(text.as_bytes(), &defaults(), &catalogue(), |_| NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()) {
            prop_assert!(found.rows.iter().all(|row| row.content.exits <= row.content.visits));
        }
    }
}
