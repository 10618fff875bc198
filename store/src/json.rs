//! Small values as JSON text in a column.

use crate::errors::Result;
use serde::{Serialize, de::DeserializeOwned};

pub fn to_text<T: Serialize>(value: &T) -> Result<String> {
    Ok(serde_json::to_string(value)?)
}

pub fn from_text<T: DeserializeOwned>(text: &str) -> Result<T> {
    Ok(serde_json::from_str(text)?)
}
