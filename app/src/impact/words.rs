//! Money as people read it: rounded to what its range supports, never a lone middle.

use crate::experiments::words::currency_sign;
use crate::ui::plural;
use domain::impact::{Money, Worth, minor_digits};

/// Whole units of a currency.
pub fn whole(money: &Money) -> f64 {
    money.minor as f64 / 10.0_f64.powi(minor_digits(&money.currency))
}

/// "£1.09M", "£95k", "−£3,200", "£0".
pub fn money(amount: &Money) -> String {
    let value = whole(amount);
    let minus = if value < 0.0 { "\u{2212}" } else { "" };
    let size = value.abs();
    let shown = match size {
        size if size >= 999_500.0 => format!("{:.2}M", size / 1e6),
        size if size >= 9_950.0 => format!("{:.0}k", size / 1e3),
        size if size >= 999.5 => format!("{:.1}k", size / 1e3),
        size => format!("{size:.0}"),
    };
    format!("{minus}{}{shown}", currency_sign(&amount.currency))
}

/// "£95k – £240k".
pub fn range(worth: &Worth) -> String {
    format!("{} – {}", money(&worth.low), money(&worth.high))
}

/// "3 rollouts of unknown value".
pub fn of_unknown_value(count: u64) -> String {
    plural(count, "rollout of unknown value", "rollouts of unknown value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_values_are_counted_in_words() {
        assert_eq!(of_unknown_value(1), "1 rollout of unknown value");
        assert_eq!(of_unknown_value(3), "3 rollouts of unknown value");
    }

    #[test]
    fn money_is_rounded_to_what_its_range_supports() {
        let pounds = |minor| Money { minor, currency: "GBP".into() };
        for (minor, text) in [
            (109_400_000, "£1.09M"),
            (9_512_300, "£95k"),
            (320_000, "£3.2k"),
            (99_900, "£999"),
            (-320_000, "−£3.2k"),
            (0, "£0"),
            (99_990_000, "£1.00M"),
        ] {
            assert_eq!(money(&pounds(minor)), text);
        }
        assert_eq!(money(&Money { minor: 69_694, currency: "JPY".into() }), "JPY 70k");
    }
}
