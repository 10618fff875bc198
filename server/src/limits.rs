//! Limits on guessing: attempts per address and per account.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// How often somebody may try to get in.
pub struct Limits {
    per_address: DefaultKeyedRateLimiter<IpAddr>,
    per_account: DefaultKeyedRateLimiter<String>,
}

const PER_ADDRESS: u32 = 30;
const PER_ACCOUNT: u32 = 10;

impl Default for Limits {
    fn default() -> Self {
        let quota = |count: u32| Quota::per_minute(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN));
        Self { per_address: RateLimiter::keyed(quota(PER_ADDRESS)), per_account: RateLimiter::keyed(quota(PER_ACCOUNT)) }
    }
}

impl Limits {
    /// Whether one more attempt is allowed; both sides are counted.
    pub fn allow(&self, address: Option<IpAddr>, account: &str) -> bool {
        self.per_address.retain_recent();
        self.per_account.retain_recent();
        let by_address = address.is_none_or(|address| self.per_address.check_key(&address).is_ok());
        let by_account = self.per_account.check_key(&account.trim().to_lowercase()).is_ok();
        by_address && by_account
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_on_an_account_waits() {
        let limits = Limits::default();
        let tries: Vec<bool> = (0..11).map(|_| limits.allow(None, "A@b.example")).collect();
        assert!(tries[..10].iter().all(|allowed| *allowed) && !tries[10]);
        assert!(limits.allow(None, "other@b.example"));
    }
}
