//! The worked examples of the product's text, and what must hold of every confidence.

use super::*;
use chrono::Days;
use proptest::prelude::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn item(kind: Kind, direction: Direction) -> Item {
    let (number, title) = ("E-1".into(), "T".into());
    Item { number, title, kind, worth: None, observed: today(), halved_by: None, direction, same_area: true }
}

fn for_it(kinds: &[Kind]) -> Vec<Item> {
    kinds.iter().map(|kind| item(*kind, Direction::Supports)).collect()
}

fn of(items: &[Item]) -> Confidence {
    confidence(items, &Weights::default(), today())
}

#[test]
fn the_four_worked_examples_hold() {
    let first = for_it(&[Kind::OwnTest, Kind::Analytics, Kind::Analytics]);
    assert_eq!((of(&first).tenths(), of(&first).strength), (68, Strength::Strong));
    let second = of(&for_it(&[Kind::Analytics, Kind::Analytics, Kind::Interview]));
    assert_eq!((second.tenths(), second.strength), (52, Strength::Good));
    let third = of(&for_it(&[Kind::StakeholderInput, Kind::CommercialPriority, Kind::CompetitorCopy, Kind::BestPractice]));
    assert_eq!((third.tenths(), third.strength), (15, Strength::Weak));
    let fourth = of(&[first, vec![item(Kind::Interview, Direction::Contradicts)]].concat());
    assert_eq!((fourth.tenths(), fourth.strength), (51, Strength::Good));
}

#[test]
fn every_step_is_shown() {
    let mut items = for_it(&[Kind::OwnTest, Kind::Analytics, Kind::Heatmap]);
    items.push(item(Kind::Interview, Direction::Contradicts));
    items[1].observed = today() - Days::new(270);
    let explained = of(&items);
    let classes: Vec<Class> = explained.terms.iter().map(|term| term.class).collect();
    assert_eq!(classes, [Class::Behaviour, Class::UserResearch, Class::Test]);
    let behaviour = &explained.terms[0];
    let weights: Vec<f64> = behaviour.supporting.items.iter().map(|item| item.weight).collect();
    assert!((weights[0] - 0.2).abs() < 1e-12 && (weights[1] - 0.1).abs() < 1e-12, "the heaviest first");
    assert!((behaviour.supporting.counted - 0.28).abs() < 1e-12 && !behaviour.supporting.is_capped());
    assert!((explained.support - (1.0 - 0.5 * 0.72)).abs() < 1e-12 && (explained.left - 0.75).abs() < 1e-12);
    let without: Vec<f64> = explained.terms.iter().map(|term| term.without).collect();
    assert_eq!((explained.value, without), (4.8, vec![3.8, 6.4, 2.1]));
}

#[test]
fn the_cap_of_a_class_holds() {
    let explained = of(&for_it(&[Kind::Analytics; 9]));
    assert!(explained.terms[0].supporting.is_capped());
    assert_eq!((explained.value, explained.strength), (4.5, Strength::Good));
}

#[test]
fn where_a_test_ran_and_whether_it_was_valid_decides_its_weight() {
    let mut items = for_it(&[Kind::OwnTest]);
    assert_eq!(of(&items).tenths(), 50);
    items[0].same_area = false;
    assert_eq!(of(&items).tenths(), 35);
    items[0].worth = Some(Worth::Invalid);
    let invalid = of(&items);
    assert_eq!((invalid.tenths(), invalid.supports, invalid.strength), (0, 0, Strength::None));
    assert_eq!(invalid.summary().kinds.get("own_test"), Some(&1), "it is still linked and shown");
    assert_eq!(of(&for_it(&[Kind::PublishedTest])).tenths(), 25);
    assert_eq!(of(&for_it(&[Kind::BeforeAfter])).tenths(), 15);
}

#[test]
fn nothing_is_none_and_contradictions_alone_are_contradicted() {
    assert_eq!((of(&[]).tenths(), of(&[]).strength), (0, Strength::None));
    let against = of(&[item(Kind::Survey, Direction::Contradicts)]);
    assert_eq!((against.tenths(), against.strength, against.contradicts), (0, Strength::Contradicted, 1));
}

#[test]
fn a_half_is_rounded_up_whatever_floating_point_makes_of_it() {
    // 0.15 capped, times 0.5: exactly 0.75 points.
    let mut items = for_it(&[Kind::BestPractice; 4]);
    items.push(item(Kind::OwnTest, Direction::Contradicts));
    assert_eq!(of(&items).tenths(), 8);
    // 0.05 times 0.5: exactly 0.25 points.
    let mut items = for_it(&[Kind::BestPractice]);
    items.push(item(Kind::OwnTest, Direction::Contradicts));
    assert_eq!(of(&items).tenths(), 3);
}

fn any_item() -> impl Strategy<Value = Item> {
    let worth = prop_oneof![3 => Just(None), 1 => Just(Some(Worth::Valid)), 1 => Just(Some(Worth::Invalid))];
    let change = NamedChange { number: "C-1".into(), title: "relaunch".into(), date: today() };
    let halved_by = prop_oneof![2 => Just(None), 1 => Just(Some(change))];
    (1..60_u32, 0..Kind::ALL.len(), worth, 0..2500_u64, halved_by, any::<bool>(), any::<bool>()).prop_map(
        |(number, kind, worth, ago, halved_by, against, same)| Item {
            number: format!("E-{number}"),
            title: "T".into(),
            kind: Kind::ALL[kind],
            worth: worth.filter(|_| Kind::ALL[kind] == Kind::OwnTest),
            observed: today() - Days::new(ago),
            halved_by,
            direction: if against { Direction::Contradicts } else { Direction::Supports },
            same_area: same,
        },
    )
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    prop::collection::vec(any_item(), 0..12)
}

proptest! {
    #[test]
    fn support_never_lowers_and_contradiction_never_raises(items in items(), mut more in any_item()) {
        let before = of(&items).tenths();
        for (direction, holds) in [(Direction::Supports, i64::ge as fn(&i64, &i64) -> bool), (Direction::Contradicts, i64::le)] {
            more.direction = direction;
            let after = of(&[items.clone(), vec![more.clone()]].concat()).tenths();
            prop_assert!(holds(&after, &before), "{before} became {after}");
        }
    }

    #[test]
    fn it_lies_between_nothing_and_ten(items in items()) {
        let confidence = of(&items);
        prop_assert!((0.0..=10.0).contains(&confidence.value));
        prop_assert!((confidence.value * 10.0 - confidence.tenths() as f64).abs() < 1e-9, "one decimal");
        prop_assert!((0.0..=1.0).contains(&confidence.support) && (0.0..=1.0).contains(&confidence.left));
        for term in &confidence.terms {
            prop_assert!(term.supporting.counted <= term.cap && term.contradicting.counted <= term.cap);
        }
    }

    #[test]
    fn the_order_of_items_does_not_matter((items, shuffled) in items().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle()))) {
        let (one, other) = (of(&items), of(&shuffled));
        prop_assert_eq!(one.summary(), other.summary());
        prop_assert_eq!(one.terms.iter().map(|term| term.without).collect::<Vec<_>>(), other.terms.iter().map(|term| term.without).collect::<Vec<_>>());
    }

    #[test]
    fn opinions_never_add_up_to_a_test_on_either_side(base in items(), count in 1..40_usize, same_area: bool) {
        let opinions = |direction| vec![item(Kind::BestPractice, direction); count];
        let test = |direction| Item { same_area, ..item(Kind::OwnTest, direction) };
        // Beside other items of the same class a cap could make the last one count for nothing; the text compares classes.
        let base: Vec<Item> = base.into_iter().filter(|item| !matches!(item.kind.class(), Class::Opinion | Class::Test)).collect();
        let with = |more: Vec<Item>| of(&[base.clone(), more].concat()).tenths();
        prop_assert!(with(opinions(Direction::Supports)) <= with(vec![test(Direction::Supports)]));
        prop_assert!(with(opinions(Direction::Contradicts)) >= with(vec![test(Direction::Contradicts)]));
    }

    #[test]
    fn support_fades_with_time(mut items in items(), days in 0..800_u64) {
        for item in &mut items {
            item.direction = Direction::Supports;
        }
        let later = confidence(&items, &Weights::default(), today() + Days::new(days));
        prop_assert!(later.tenths() <= of(&items).tenths());
        prop_assert_eq!(later.day, today() + Days::new(days));
    }
}

proptest! {
    #[test]
    fn one_more_item_is_foretold_as_it_comes(items in items(), kind in prop::sample::select(Kind::ALL.to_vec()), same_area: bool) {
        let more = Item { same_area, ..item(kind, Direction::Supports) };
        let foretold = of(&items).with_one_more(kind, same_area, &Weights::default());
        prop_assert_eq!(foretold, of(&[items, vec![more]].concat()).value);
    }
}

#[test]
fn a_site_change_halves_what_an_item_weighs_and_says_so() {
    let change = NamedChange { number: "C-1".into(), title: "checkout relaunch".into(), date: today() };
    let halved = Item { halved_by: Some(change.clone()), ..item(Kind::Interview, Direction::Supports) };
    let found = of(&[halved, item(Kind::Interview, Direction::Supports)]);
    let terms: Vec<_> = found.terms[0].supporting.items.iter().map(|item| (item.weight, item.halved_by.clone())).collect();
    assert_eq!(terms, [(0.25, None), (0.125, Some(change))]);
    assert_eq!(found.tenths(), 34, "1 - 0.75 * 0.875");
}

#[test]
fn saying_that_an_item_is_still_true_weighs_it_in_full() {
    let old = Item { observed: today() - Days::new(540), number: "E-7".into(), ..item(Kind::Interview, Direction::Supports) };
    let found = of(&[old, item(Kind::Survey, Direction::Supports)]);
    assert_eq!((found.tenths(), found.with_renewed("E-7"), found.with_renewed("E-9")), (26, 3.6, 2.6));
}
