//! Passwords: argon2id with the parameters that OWASP recommends (19 MiB, 2 passes, 1 lane), off the async threads
//! and only a few at once.

use crate::connection::Store;
use crate::errors::{Result, StoreError};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use std::sync::OnceLock;

fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None).unwrap_or_default())
}

fn hash(password: &str) -> Result<String> {
    let bytes: [u8; 16] = rand::random();
    let salt = SaltString::encode_b64(&bytes).map_err(internal)?;
    Ok(hasher().hash_password(password.as_bytes(), &salt).map_err(internal)?.to_string())
}

fn internal(error: argon2::password_hash::Error) -> StoreError {
    StoreError::Internal(format!("hashing failed: {error}"))
}

/// A hash that no password fits, so that an unknown address takes as long as a wrong password.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash(&super::secrets::random()).unwrap_or_default())
}

impl Store {
    pub(super) async fn hash_password(&self, password: String) -> Result<String> {
        let _permit = self.hashing.acquire().await.map_err(|error| StoreError::Internal(error.to_string()))?;
        tokio::task::spawn_blocking(move || hash(&password)).await.map_err(|error| StoreError::Internal(error.to_string()))?
    }

    /// Whether the password fits. Without a stored hash the same work is done for nothing.
    pub(super) async fn verify_password(&self, password: String, stored: Option<String>) -> Result<bool> {
        let _permit = self.hashing.acquire().await.map_err(|error| StoreError::Internal(error.to_string()))?;
        let verify = move || {
            let known = stored.is_some();
            let text = stored.unwrap_or_else(|| nobody().to_owned());
            let fits = PasswordHash::new(&text).is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok());
            known && fits
        };
        tokio::task::spawn_blocking(verify).await.map_err(|error| StoreError::Internal(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The time that hashing takes is set by its parameters: they are those of a real password for nobody, too.
    #[test]
    fn an_unknown_address_costs_the_same_work_as_a_wrong_password() {
        let cost = |text: &str| {
            let parsed = PasswordHash::new(text).unwrap();
            (parsed.algorithm.to_string(), parsed.version, parsed.params.to_string())
        };
        let real = hash("a password").unwrap();
        assert_eq!(cost(nobody()), cost(&real));
        assert!(!nobody().is_empty() && real.starts_with("$argon2id$"));
    }
}
