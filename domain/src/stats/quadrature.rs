//! Composite Gauss-Legendre integration of smooth functions.

/// Positive nodes and weights of the 16-point rule on [-1, 1].
const NODES: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_64),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_64),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_65),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_7),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_6),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_456),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_176),
];

/// Integral over [low, high] in equal panels of 16 points each.
pub(super) fn integrate(low: f64, high: f64, panels: u32, function: impl Fn(f64) -> f64) -> f64 {
    let width = (high - low) / f64::from(panels);
    (0..panels)
        .map(|panel| {
            let start = low + width * f64::from(panel);
            one_panel(start, start + width, &function)
        })
        .sum()
}

/// Integral over the stretches between neighbouring points, one panel each.
pub(super) fn integrate_between(points: &[f64], function: impl Fn(f64) -> f64) -> f64 {
    points.windows(2).map(|ends| one_panel(ends[0], ends[1], &function)).sum()
}

fn one_panel(low: f64, high: f64, function: &impl Fn(f64) -> f64) -> f64 {
    let (centre, half) = (f64::midpoint(low, high), (high - low) / 2.0);
    let sum: f64 = NODES.iter().map(|(node, weight)| weight * (function(centre - half * node) + function(centre + half * node))).sum();
    sum * half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_integrate_to_full_precision() {
        let exact = 1.0_f64.exp() - 1.0;
        assert!((integrate(0.0, 1.0, 2, f64::exp) - exact).abs() < 1e-15);
        assert!((integrate_between(&[0.0, 0.3, 1.0], f64::exp) - exact).abs() < 1e-15);
    }
}
