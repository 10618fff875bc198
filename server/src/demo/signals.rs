//! The demo company's signal inventory: two periods of eight pages, imported as rows, and what was made of them.

use super::load::Loading;
use chrono::{Duration, NaiveDate};
use domain::evidence::{Direction, LinkDraft};
use domain::signals::SignalQuery;
use domain::transfer::signals::SignalDefaults;
use store::{Contribute, StoreError};

const BY: &str = "sam@holm.example";
/// A period has four weeks.
const DAYS: i64 = 28;
/// The last period ended yesterday, the one before it four weeks earlier.
const PERIODS: [(i64, &str); 2] = [(1 + DAYS, include_str!("signals-before.csv")), (1, include_str!("signals.csv"))];
/// Pages that evidence was made of, and the hypotheses that rest on it.
const USED: [(&str, &[&str]); 6] = [
    ("/trade-prices", &["h38", "h43"]),
    ("/account/apply", &[]),
    ("/p/… (out of stock)", &["h41"]),
    ("/checkout/pay", &["h37"]),
    ("/c/… (mobile)", &["h34"]),
    ("/basket", &["h40"]),
];

impl Loading<'_> {
    pub(super) async fn signals(&self) -> Result<(), StoreError> {
        for (ended, rows) in PERIODS {
            let to = self.day(ended).date_naive();
            let from: NaiveDate = to - Duration::days(DAYS - 1);
            let defaults = SignalDefaults { from: from.to_string(), to: to.to_string(), ..SignalDefaults::default() };
            let scope = self.scope::<Contribute>(BY, ended - 1).await?;
            scope.import_signals("exit pages.csv", rows.as_bytes(), &defaults).await?;
        }
        let scope = self.scope::<Contribute>(BY, 0).await?;
        let rows = scope.signal_list(&SignalQuery::default()).await?.items;
        for (path, hypotheses) in USED {
            let Some(row) = rows.iter().find(|row| row.path == path) else { continue };
            let (evidence, _) = scope.signal_evidence(row.id).await?;
            for key in hypotheses {
                scope.link_evidence(self.number(key)?, &evidence, &LinkDraft::new(Direction::Supports)).await?;
            }
        }
        Ok(())
    }
}
