//! The evidence confidence term by term, and what would raise it.

use crate::frame::Frame;
use domain::evidence::{ClassTerm, Confidence, FreshnessWord, ItemTerm, Kind, Side, Weights};
use domain::text::count_word;
use leptos::prelude::*;

/// Everything that the figure is made of.
#[component]
pub fn Explained(frame: Frame, confidence: Confidence, weights: Weights) -> impl IntoView {
    let rows = confidence.terms.iter().map(|term| view! { <Row frame=frame.clone() term=term.clone() /> }).collect_view();
    let sum = format!(
        "10 × {:.2} for it × {:.2} left by what speaks against it = {:.1}. Classes are joined so that each takes a share of the doubt that the others leave.",
        confidence.support, confidence.left, confidence.value
    );
    let raise = raise(&confidence, &weights).map(|words| view! { <p>{words}</p> });
    view! {
        <details class="explain">
            <summary>{format!("How the evidence confidence of {:.1} comes about", confidence.value)}</summary>
            <p>{in_words(&confidence)}</p>
            <div class="table-wrap">
                <table class="table compact stacks terms">
                    <caption class="visually-hidden">"Evidence confidence by class"</caption>
                    <thead>
                        <tr><th scope="col">"Class"</th><th scope="col">"Items, weight × freshness"</th><th scope="col" class="end">"Supports"</th><th scope="col" class="end">"Contradicts"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p>{sum}</p>
            {raise}
        </details>
    }
}

#[component]
fn Row(frame: Frame, term: ClassTerm) -> impl IntoView {
    let ClassTerm { class, cap, supporting, contradicting, .. } = term;
    let counted = |side: &Side| match side.is_capped() {
        true => format!("{:.2}, at its cap", side.counted),
        false if side.items.is_empty() => "0".to_owned(),
        false => format!("{:.2}", side.counted),
    };
    let (for_it, against) = (counted(&supporting), counted(&contradicting));
    let items = supporting
        .items
        .into_iter()
        .map(|item| (item, false))
        .chain(contradicting.items.into_iter().map(|item| (item, true)))
        .map(|(item, against)| view! { <li><ItemWords frame=frame.clone() item against /></li> })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{class.name()}<span class="cap">{format!("at most {cap:.2}")}</span></th>
            <td><ul>{items}</ul></td>
            <td class="end" data-label="Supports">{for_it}</td>
            <td class="end" data-label="Contradicts">{against}</td>
        </tr>
    }
}

#[component]
fn ItemWords(frame: Frame, item: ItemTerm, against: bool) -> impl IntoView {
    let ItemTerm { number, title, base, freshness, halved_by, weight, .. } = item;
    let word = match freshness.word {
        FreshnessWord::Fresh => "",
        FreshnessWord::Ageing => " (ageing)",
        FreshnessWord::Stale => " (stale)",
    };
    let sum = if base > 0.0 {
        format!(" {base:.2} × {:.2}{word} = {weight:.2}", freshness.value)
    } else {
        " an invalid test weighs 0".to_owned()
    };
    let href = frame.to(&format!("evidence/{number}"));
    let halved = halved_by.map(|change| format!(", halved by: {}", change.words()));
    view! { <a href=href title=title>{number}</a>{against.then_some(", against:")}{sum}{halved} }
}

/// "For it: two analytics findings 0.36, one interview 0.25. Nothing speaks against it."
fn in_words(confidence: &Confidence) -> String {
    let told = |side: fn(&ClassTerm) -> &Side| -> String {
        let classes = confidence.terms.iter().map(side).filter(|side| !side.items.is_empty());
        classes.map(side_words).collect::<Vec<_>>().join(", ")
    };
    let (for_it, against) = (told(|term| &term.supporting), told(|term| &term.contradicting));
    let for_it = if for_it.is_empty() { "Nothing speaks for it.".to_owned() } else { format!("For it: {for_it}.") };
    let against = if against.is_empty() { "Nothing speaks against it.".to_owned() } else { format!("Against it: {against}.") };
    format!("{for_it} {against}")
}

/// "one heatmap and two analytics findings, together 0.45 (the most they can)": a class's items by kind, then what
/// they come to.
fn side_words(side: &Side) -> String {
    let mut kinds: Vec<(Option<Kind>, usize)> = Vec::new();
    for item in &side.items {
        // An own test without weight is an invalid one, which is told apart from the others.
        let kind = (item.base > 0.0 || item.kind != Kind::OwnTest).then_some(item.kind);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    let named = kinds.into_iter().map(|(kind, count)| match kind {
        Some(kind) => kind.counted(count),
        None => format!("{} invalid {}", count_word(count), if count == 1 { "test" } else { "tests" }),
    });
    let named: Vec<String> = named.collect();
    let together = if named.len() > 1 { ", together" } else { "" };
    let capped = if side.is_capped() { " (the most they can)" } else { "" };
    format!("{}{together} {:.2}{capped}", named.join(" and "), side.counted)
}

/// What would raise it most: one more fresh item, or having looked again at one that has faded.
fn raise(confidence: &Confidence, weights: &Weights) -> Option<String> {
    let more = [
        ("a test of your own on the same area", Kind::OwnTest),
        ("one more piece of user research", Kind::Interview),
        ("one more piece of behaviour", Kind::Analytics),
        ("one more piece of customer voice", Kind::Survey),
    ];
    let more = more.into_iter().map(|(words, kind)| (words.to_owned(), confidence.with_one_more(kind, true, weights)));
    let supporting = confidence.terms.iter().flat_map(|term| &term.supporting.items);
    let faded = supporting.filter(|item| item.freshness.word != FreshnessWord::Fresh);
    let again = faded.map(|item| (format!("saying that {} is still true", item.number), confidence.with_renewed(&item.number)));
    let mut better: Vec<(String, f64)> = more.chain(again).filter(|(_, value)| *value > confidence.value).collect();
    better.sort_by(|a, b| b.1.total_cmp(&a.1));
    let told: Vec<String> = better.into_iter().take(3).map(|(words, value)| format!("{words}, to {value:.1}")).collect();
    (!told.is_empty()).then(|| format!("What would raise it most, if it speaks for it: {}.", told.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use domain::evidence::{Direction, Item, confidence};

    #[test]
    fn the_sum_is_told_class_by_class() {
        let day = NaiveDate::default();
        let item = |number: &str, kind| Item {
            number: number.to_owned(),
            title: String::new(),
            kind,
            worth: None,
            observed: day,
            halved_by: None,
            direction: Direction::Supports,
            same_area: false,
        };
        let items = [item("E-1", Kind::Analytics), item("E-2", Kind::Analytics), item("E-3", Kind::Interview)];
        let weights = Weights::default();
        let together = confidence(&items, &weights, day);
        let told = "For it: two analytics findings 0.36, one interview 0.25. Nothing speaks against it.";
        assert_eq!(in_words(&together), told);
        let raised = "What would raise it most, if it speaks for it: a test of your own on the same area, to 7.6; \
                      one more piece of user research, to 6.4; one more piece of behaviour, to 5.9.";
        assert_eq!(raise(&together, &weights).unwrap(), raised);
        let nothing = confidence(&[], &weights, day);
        assert_eq!(in_words(&nothing), "Nothing speaks for it. Nothing speaks against it.");
        let against = |number: &str, kind, worth| Item { worth, direction: Direction::Contradicts, ..item(number, kind) };
        let invalid = Some(domain::evidence::Worth::Invalid);
        let mut items = vec![against("E-4", Kind::OwnTest, invalid), against("E-5", Kind::Survey, None)];
        items.extend(["E-6", "E-7", "E-8"].map(|number| item(number, Kind::Heatmap)));
        items.push(item("E-9", Kind::Analytics));
        let told = "For it: three heatmaps and one analytics finding, together 0.45 (the most they can). \
                    Against it: one survey 0.15, one invalid test 0.00.";
        assert_eq!(in_words(&confidence(&items, &weights, day)), told);
    }

    #[test]
    fn looking_again_is_offered_for_what_has_faded() {
        let (then, weights) = (NaiveDate::default(), Weights::default());
        let old = Item {
            number: "E-3".into(),
            title: String::new(),
            kind: Kind::OwnTest,
            worth: None,
            observed: then,
            halved_by: None,
            direction: Direction::Supports,
            same_area: true,
        };
        let faded = confidence(&[old], &weights, then + chrono::Days::new(1500));
        assert!(raise(&faded, &weights).unwrap().contains("saying that E-3 is still true, to 5.0"));
    }
}
