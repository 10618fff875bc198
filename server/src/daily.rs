//! What the server does once a day: evidence ages, so every stored confidence is renewed for the UTC day, and what
//! broken uploads left behind is removed.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use std::time::Duration;
use store::Store;
use tokio::sync::watch;

/// The longest wait: a machine that slept through midnight, or a renewal that failed, is not a day late.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Renews once at once and then after each UTC midnight, until the sender of `stopping` is gone. The answer is the same
/// whenever it runs; one that is cut off has renewed some of the library and goes on from there the next time.
pub async fn keep_confidence_fresh(store: Store, mut stopping: watch::Receiver<()>) {
    let mut renewed_for: Option<NaiveDate> = None;
    loop {
        let today = Utc::now().date_naive();
        if renewed_for != Some(today) {
            tokio::select! {
                done = renew(&store, today) => renewed_for = done.or(renewed_for),
                _ = stopping.changed() => return,
            }
        }
        tokio::select! {
            () = tokio::time::sleep(until_midnight(Utc::now()).min(LONGEST_WAIT)) => {}
            _ = stopping.changed() => return,
        }
    }
}

/// Answers the day once it is done for it.
async fn renew(store: &Store, today: NaiveDate) -> Option<NaiveDate> {
    match store.sweep_attachments().await {
        Ok(0) => {}
        Ok(swept) => tracing::info!(swept, "files of broken uploads are removed"),
        Err(error) => tracing::error!(%error, "files of broken uploads could not be removed"),
    }
    match store.renew_confidence(today).await {
        Ok(renewed) => {
            tracing::info!(%today, renewed, "evidence confidence is of today");
            Some(today)
        }
        Err(error) => {
            tracing::error!(%error, "evidence confidence could not be renewed");
            None
        }
    }
}

/// From now to the first moment of the next UTC day, and a little more, so that no clock is still in the old one.
fn until_midnight(now: DateTime<Utc>) -> Duration {
    let midnight = now.date_naive().succ_opt().map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let left = midnight.and_then(|midnight| (midnight - now).to_std().ok());
    left.unwrap_or(LONGEST_WAIT) + Duration::from_secs(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_run_is_just_after_midnight() {
        for (now, seconds) in [("2026-11-20T23:59:30Z", 31), ("2026-11-20T00:00:00Z", 86_401), ("2026-12-31T23:00:00Z", 3_601)] {
            assert_eq!(until_midnight(now.parse().unwrap()), Duration::from_secs(seconds), "{now}");
        }
    }
}
