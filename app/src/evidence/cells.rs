//! Small parts that lists, records and pickers share.

use crate::ui::{Icon, age, date, number};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::evidence::{Class, Direction, Evidence, FreshnessWord, Kind};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The icon of a class.
pub fn class_icon(class: Class) -> &'static str {
    match class {
        Class::Opinion => "i-eye",
        Class::CustomerVoice => "i-message",
        Class::Behaviour => "i-pointer",
        Class::UserResearch => "i-user",
        Class::Test => "i-flask",
    }
}

/// How fresh an item is and how old; what is not fresh is marked.
#[component]
pub fn Fresh(word: FreshnessWord, observed: NaiveDate, now: DateTime<Utc>) -> impl IntoView {
    let old = age(observed.and_time(NaiveTime::MIN).and_utc(), now);
    let said = view! { <time datetime=observed.to_string() title=date(observed)>{format!("{}, {old}", word.name())}</time> };
    match word {
        FreshnessWord::Fresh => view! { <span class="muted nowrap">{said}</span> }.into_any(),
        FreshnessWord::Ageing | FreshnessWord::Stale => {
            view! { <span class="outcome warn nowrap"><Icon name="o-warn" own=true />{said}</span> }.into_any()
        }
    }
}

/// Which way a link speaks, with its shape.
#[component]
pub fn Bearing(direction: Direction) -> impl IntoView {
    match direction {
        Direction::Supports => view! { <span class="outcome check"><Icon name="o-check" own=true />"Supports"</span> },
        Direction::Contradicts => view! { <span class="outcome warn"><Icon name="o-warn" own=true />"Contradicts"</span> },
    }
}

/// How many linked items there are of each class, as icons with counts.
#[component]
pub fn Kinds(
    /// How many of each kind, by its slug.
    kinds: BTreeMap<String, u32>,
) -> impl IntoView {
    let of = |class: Class| class.kinds().filter_map(|kind| kinds.get(kind.slug())).sum::<u32>();
    let items = Class::ALL
        .into_iter()
        .rev()
        .map(|class| (class, of(class)))
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| {
            let name = class.name().to_lowercase();
            view! { <li title=name.clone()><Icon name=class_icon(class) /><span class="visually-hidden">{format!("{name} ")}</span>{count}</li> }
        })
        .collect_view();
    (!kinds.is_empty()).then(|| view! { <ul class="kinds">{items}</ul> })
}

/// "Survey · Exit answers · sample of 640": where a finding comes from, in one line. A source that names the kind
/// speaks for both.
pub fn origin(evidence: &Evidence) -> String {
    let kind = evidence.kind.name();
    let source = evidence.source.as_ref().and_then(|source| source.name.clone());
    let told = source.as_ref().is_some_and(|source| source.to_lowercase().contains(&kind.to_lowercase()));
    let sample = evidence.sample_size.map(|size| format!("sample of {}", number(size)));
    [(!told).then(|| kind.to_owned()), source, sample].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// "Behaviour, form analytics".
pub fn class_and_kind(kind: Kind) -> String {
    format!("{}, {}", kind.class().name(), kind.name().to_lowercase())
}
