//! A row as a piece of evidence: its title in words, its finding with the numbers.

use super::{Behaviour, Rate, SECONDS, Signal, on_device};
use crate::evidence::{EvidenceDraft, Kind, SourceDraft};
use crate::experiments::words::grouped;
use crate::sites::Catalogue;
use crate::text::LINE_LIMIT;

/// The evidence that a row makes.
pub fn evidence_of(signal: &Signal, catalogue: &Catalogue) -> EvidenceDraft {
    let site = catalogue.site(&signal.site);
    let address = site.and_then(|one| one.site.url.as_deref()).map(|url| format!("{}{}", url.trim_end_matches('/'), signal.path));
    let url = address.filter(|url| !url.contains(char::is_whitespace) && url.chars().count() <= LINE_LIMIT);
    EvidenceDraft {
        finding: Some(finding(signal)),
        source: Some(SourceDraft { name: Some("Signal inventory".to_owned()), url }),
        observed_from: Some(signal.from.to_string()),
        observed_to: Some(signal.to.to_string()),
        sample_size: Some(signal.visits),
        site: Some(signal.site.clone()),
        areas: signal.area.iter().cloned().collect(),
        devices: signal.device.iter().map(|device| device.slug().to_owned()).collect(),
        ..EvidenceDraft::titled(title(signal), Kind::BehaviouralSignal)
    }
}

/// "48% of visits to Pricing page on desktop end there; 29% after a scroll loop".
fn title(signal: &Signal) -> String {
    let left = share(signal.exits, signal.visits);
    let after = named(signal).map(|(behaviour, rate)| format!("; {} {}", whole(rate.share), behaviour.after())).unwrap_or_default();
    let around = format!("{left} of visits to  {} end there{after}", on_device(signal.device)).chars().count();
    let page: String = signal.page.chars().take(LINE_LIMIT.saturating_sub(around)).collect();
    format!("{left} of visits to {} {} end there{after}", page.trim_end(), on_device(signal.device))
}

/// The behaviour that the title names: the one that stands out, else the most frequent.
fn named(signal: &Signal) -> Option<(Behaviour, Rate)> {
    let most = || {
        let measured = signal.reading.behaviours.iter().filter_map(|one| Some((one.behaviour, one.rate?)));
        measured.filter(|(_, rate)| rate.share > 0.0).max_by(|a, b| a.1.share.total_cmp(&b.1.share))
    };
    signal.reading.standing_out().or_else(most)
}

fn finding(signal: &Signal) -> String {
    let (visits, exits) = (count(signal.visits), count(signal.exits));
    let reading = &signal.reading;
    let range = reading.exit_rate.map(|rate| format!(", likely between {}", between(rate))).unwrap_or_default();
    let mut lines = vec![format!(
        "From {} to {}, {exits} of {visits} visits to {} ({}) {} ended there: {}{range}.",
        signal.from,
        signal.to,
        signal.page,
        signal.path,
        on_device(signal.device),
        share(signal.exits, signal.visits)
    )];
    if let Some(average) = reading.usual.average {
        let usual = reading.usual.low.zip(reading.usual.high);
        let usual = usual.map(|(low, high)| format!("; the middle half of them lies between {} and {}", tenths(low), tenths(high)));
        let pages = reading.usual.pages;
        lines.push(format!(
            "The average of the site’s {pages} pages in the inventory is {}{}.",
            tenths(average),
            usual.unwrap_or_default()
        ));
    }
    lines.push(String::new());
    lines.extend(reading.behaviours.iter().zip(signal.behaviours().0).filter_map(|(one, exits)| {
        let (rate, exits) = (one.rate?, exits?);
        let average = one.average.map(|average| format!("; site average {}", tenths(average))).unwrap_or_default();
        let out = if one.stands_out { "; it stands out" } else { "" };
        let name = one.behaviour.name();
        let size = tenths(rate.share);
        Some(format!(
            "- {name} in the last {SECONDS} seconds: {} exits, {size}, likely between {}{average}{out}",
            count(exits),
            between(rate)
        ))
    }));
    lines.join("\n").trim_end().to_owned()
}

fn count(count: i64) -> String {
    grouped(count.unsigned_abs())
}

fn share(part: i64, all: i64) -> String {
    if all > 0 { whole(part as f64 / all as f64) } else { "0%".to_owned() }
}

/// "48%"; a little below 1 % keeps a digit.
fn whole(share: f64) -> String {
    if share > 0.0 && share < 0.01 { tenths(share) } else { format!("{:.0}%", share * 100.0) }
}

fn tenths(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

fn between(rate: Rate) -> String {
    format!("{} and {}", tenths(rate.low), tenths(rate.high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::reading::tests::{catalogue, draft};
    use crate::signals::{Usual, reading};
    use chrono::NaiveDate;

    fn signal() -> Signal {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let content = draft().check(&catalogue(), today).unwrap();
        let usual = Usual { pages: 8, average: Some(0.41), low: Some(0.36), high: Some(0.44), scroll_loop: Some(0.2), ..Usual::default() };
        Signal {
            id: 1,
            page: "Pricing page".into(),
            path: content.path,
            site: content.site,
            area: content.area,
            device: content.device,
            from: content.from,
            to: content.to,
            visits: content.visits,
            exits: content.exits,
            hesitation: content.behaviours.0[0],
            scroll_loop: content.behaviours.0[1],
            exit_intent: content.behaviours.0[2],
            exits_per_week: 1200,
            latest: true,
            reading: reading(content.visits, content.exits, content.behaviours, usual),
            evidence: None,
            archived: false,
            version: 1,
            created_at: chrono::DateTime::default(),
            updated_at: chrono::DateTime::default(),
        }
    }

    #[test]
    fn a_row_says_its_finding_in_words() {
        let made = evidence_of(&signal(), &catalogue());
        assert_eq!(made.title, "48% of visits to Pricing page on desktop end there; 29% after a scroll loop");
        assert_eq!((made.kind.as_str(), made.sample_size), ("behavioural_signal", Some(10_000)));
        assert_eq!(made.source.as_ref().unwrap().url.as_deref(), Some("https://shop.example/prices"));
        let finding = made.finding.clone().unwrap();
        assert!(finding.starts_with(
            "From 2026-10-23 to 2026-11-19, 4,800 of 10,000 visits to Pricing page (/prices) on desktop ended there: 48%, likely between 47.0% and 49.0%."
        ));
        assert!(finding.contains("is 41.0%; the middle half of them lies between 36.0% and 44.0%."), "{finding}");
        assert!(finding.contains("- Scroll loop in the last 30 seconds: 1,392 exits, 29.0%") && finding.contains("; it stands out"));
        assert!(!finding.contains("Exit intent"), "what was not measured is not told");
        assert!(made.check(&catalogue(), NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()).is_ok());
    }

    #[test]
    fn a_long_name_still_makes_a_title() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for page in ["x".repeat(300), "/p/… (out of stock)".into()] {
            let long = Signal { page, path: "/p/… (out of stock)".into(), ..signal() };
            assert!(evidence_of(&long, &catalogue()).check(&catalogue(), today).is_ok());
        }
    }

    #[test]
    fn a_row_without_behaviours_tells_of_the_exits_alone() {
        let mut bare = Signal { hesitation: None, scroll_loop: None, device: None, ..signal() };
        bare.reading = reading(bare.visits, bare.exits, bare.behaviours(), Usual::default());
        let made = evidence_of(&bare, &catalogue());
        assert_eq!(made.title, "48% of visits to Pricing page on all devices end there");
        assert!(made.devices.is_empty() && !made.finding.unwrap().contains("average"));
    }
}
