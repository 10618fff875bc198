//! Finding where a function crosses zero, with a bound on the steps.

/// Where `function` changes sign between the two ends; `None` where it does
/// not, or where it cannot be computed.
pub(super) fn bisect(low: f64, high: f64, function: impl Fn(f64) -> Option<f64>) -> Option<f64> {
    let (mut low, mut high) = (low, high);
    let sign_at_low = function(low)?.is_sign_negative();
    if function(high)?.is_sign_negative() == sign_at_low {
        return None;
    }
    for _ in 0..200 {
        let middle = low + (high - low) / 2.0;
        // The ends may be given in either order.
        let inside = middle > low.min(high) && middle < low.max(high);
        if !inside {
            break;
        }
        if function(middle)?.is_sign_negative() == sign_at_low {
            low = middle;
        } else {
            high = middle;
        }
    }
    super::refusal::finite(low + (high - low) / 2.0)
}

/// Newton's method for a rising function given with its slope, kept inside a
/// bracket that it narrows: falls back to halving where a step would leave it.
pub(super) fn newton_rising(bracket: (f64, f64), start: f64, function: impl Fn(f64) -> (f64, f64)) -> Option<f64> {
    let (mut low, mut high) = bracket;
    let mut at = if start > low && start < high { start } else { low + (high - low) / 2.0 };
    for _ in 0..200 {
        let (value, slope) = function(at);
        if value.is_nan() {
            return None;
        }
        if value == 0.0 {
            break;
        }
        if value < 0.0 {
            low = at
        } else {
            high = at
        }
        let step = at - value / slope;
        // The ends count as inside: near the root a step rounds to nothing.
        let next = if step >= low && step <= high { step } else { low + (high - low) / 2.0 };
        // The error after a Newton step is about the square of the step.
        if (next - at).abs() <= 1e-11 * (1.0 + at.abs()) {
            at = next;
            break;
        }
        at = next;
    }
    super::refusal::finite(at)
}
