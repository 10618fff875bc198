use super::*;

fn near(actual: f64, exact: f64, tolerance: f64) {
    assert!((actual / exact - 1.0).abs() < tolerance, "{actual:e} is not {exact:e}");
}

fn point(x: f64) -> Point {
    Point { x, complement: 1.0 - x }
}

#[test]
fn lower_tails_are_those_of_closed_forms() {
    let beta = Beta::new(2.0, 3.0).unwrap();
    near(beta.tails(point(0.4)).0, 0.5248, 1e-13);
    let one = Beta::new(1.0, 300.0).unwrap();
    near(one.tails(point(0.002)).0, 1.0 - 0.998_f64.powi(300), 1e-12);
}

#[test]
fn the_two_ways_of_computing_a_tail_agree() {
    for (a, b, x) in [(3500.0, 90_000.0, 0.036), (3500.0, 90_000.0, 0.03), (5000.0, 5000.0, 0.49)] {
        let beta = Beta::new(a, b).unwrap();
        let by_fraction = beta.density_per_log_odds(point(x)) / a * continued_fraction(a, b, x);
        near(beta.integrated_tail(point(x)), by_fraction, 1e-11);
    }
}

#[test]
fn quantiles_undo_tails_for_every_size() {
    for (a, b) in [(0.5, 0.5), (1.0, 301.0), (0.5, 1e9), (2e7, 1e9), (3.0, 1e-2), (5e8, 0.5)] {
        let beta = Beta::new(a, b).unwrap();
        for p in [1e-12, 0.025, 0.5, 0.8] {
            let at = beta.quantile(p).unwrap();
            near(beta.tails(at).0, p, 1e-10);
        }
    }
}

#[test]
fn parameters_that_are_not_positive_have_no_distribution() {
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(Beta::new(bad, 1.0).is_none() && Beta::new(1.0, bad).is_none());
    }
}
