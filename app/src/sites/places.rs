//! Suggestions for currencies and time zones. Others may be typed: these are only the frequent ones.

use leptos::prelude::*;

/// The id of the list of currencies.
pub const CURRENCIES: &str = "currencies";
/// The id of the list of time zones.
pub const TIME_ZONES: &str = "time-zones";

const FREQUENT_CURRENCIES: [(&str, &str); 24] = [
    ("GBP", "Pound sterling"),
    ("EUR", "Euro"),
    ("USD", "US dollar"),
    ("AUD", "Australian dollar"),
    ("BRL", "Brazilian real"),
    ("CAD", "Canadian dollar"),
    ("CHF", "Swiss franc"),
    ("CNY", "Chinese yuan"),
    ("CZK", "Czech koruna"),
    ("DKK", "Danish krone"),
    ("HKD", "Hong Kong dollar"),
    ("HUF", "Hungarian forint"),
    ("INR", "Indian rupee"),
    ("JPY", "Japanese yen"),
    ("KRW", "South Korean won"),
    ("MXN", "Mexican peso"),
    ("NOK", "Norwegian krone"),
    ("NZD", "New Zealand dollar"),
    ("PLN", "Polish zloty"),
    ("RON", "Romanian leu"),
    ("SEK", "Swedish krona"),
    ("SGD", "Singapore dollar"),
    ("TRY", "Turkish lira"),
    ("ZAR", "South African rand"),
];

const FREQUENT_TIME_ZONES: [&str; 42] = [
    "UTC",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Lisbon",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Copenhagen",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "Europe/Kyiv",
    "Europe/Madrid",
    "Europe/Oslo",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Rome",
    "Europe/Stockholm",
    "Europe/Vienna",
    "Europe/Warsaw",
    "Europe/Zurich",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Africa/Lagos",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Toronto",
    "America/Vancouver",
    "Asia/Dubai",
    "Asia/Hong_Kong",
    "Asia/Kolkata",
    "Asia/Seoul",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
];

/// Both lists, once on a page.
#[component]
pub fn Suggestions() -> impl IntoView {
    let currencies = FREQUENT_CURRENCIES.map(|(code, name)| view! { <option value=code>{name}</option> }).collect_view();
    let zones = FREQUENT_TIME_ZONES.map(|zone| view! { <option value=zone></option> }).collect_view();
    view! { <datalist id=CURRENCIES>{currencies}</datalist><datalist id=TIME_ZONES>{zones}</datalist> }
}
