use super::*;
use proptest::prelude::*;

fn flat(successes: u64, trials: u64) -> Beta {
    posterior(Count::new(successes, trials).unwrap(), 1.0, 1.0).unwrap()
}

#[test]
fn the_published_comparison_is_met() {
    let (first, second) = (flat(120, 2400), flat(150, 2380));
    assert!((chance_larger(first, second).unwrap() - 0.9743).abs() < 5e-5);
    assert!((expected_loss(second, first).unwrap() - 0.000_065).abs() < 5e-7);
    assert!((expected_loss(first, second).unwrap() - 0.013_08).abs() < 5e-6);
    let lift = relative_credible(first, second, 0.95).unwrap();
    assert!((lift.lower + 0.001).abs() < 5e-4 && (lift.upper - 0.591).abs() < 5e-4);
}

#[test]
fn a_share_without_success_still_has_a_chance() {
    let chance = chance_larger(flat(0, 500), flat(4, 500)).unwrap();
    assert!((chance - 0.969).abs() < 5e-4);
}

#[test]
fn a_thousand_million_trials_and_very_unequal_groups_are_computed() {
    let chance = chance_larger(flat(20_000_000, 1_000_000_000), flat(20_010_000, 1_000_000_000));
    assert!((chance.unwrap() - 0.944_87).abs() < 1e-4);
    // A point mass against Beta(3, 99): the tail of the latter above 0.02.
    let narrow = chance_larger(flat(20_000_000, 1_000_000_000), flat(2, 100)).unwrap();
    let exact = Beta::new(3.0, 99.0).unwrap().tails(Point { x: 0.02, complement: 0.98 }).1;
    assert!((narrow - exact).abs() < 1e-5);
}

#[test]
fn priors_that_are_not_positive_are_refused() {
    let count = Count::new(1, 2).unwrap();
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(posterior(count, bad, 1.0), None);
        assert_eq!(posterior(count, 1.0, bad), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn chances_of_two_add_up_to_one(n in 1..1_000_000_u64, m in 1..1_000_000_u64, x in 0..1_000_000_u64, y in 0..1_000_000_u64, prior in 0.5..20.0_f64) {
        let of = |x: u64, n: u64| posterior(Count::new(x % (n + 1), n).unwrap(), prior, prior).unwrap();
        let both = chance_largest(&[of(x, n), of(y, m)]).unwrap();
        prop_assert!((both[0] + both[1] - 1.0).abs() < 1e-9, "{:?}", both);
        let lift = relative_credible(of(x, n), of(y, m), 0.95);
        prop_assert!(lift.is_some());
    }
}
