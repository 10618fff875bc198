//! One answer of a score as it arrives.

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A number, a yes or no, nothing, or what is none of these: it is read whole so that the check can say what is wrong
/// with it by the name that it has, and whether there is such a name at all.
pub(super) struct Answer(pub Option<f64>);

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        #[expect(clippy::cast_precision_loss, reason = "no scale takes numbers that an f64 cannot count")]
        impl<'de> Visitor<'de> for Any {
            type Value = Answer;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("f64")
            }

            fn visit_f64<E>(self, value: f64) -> Result<Answer, E> {
                Ok(Answer(Some(value)))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Answer, E> {
                Ok(Answer(Some(value as f64)))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Answer, E> {
                Ok(Answer(Some(value as f64)))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Answer, E> {
                Ok(Answer(Some(f64::from(u8::from(value)))))
            }

            fn visit_unit<E>(self) -> Result<Answer, E> {
                Ok(Answer(None))
            }

            fn visit_str<E>(self, _: &str) -> Result<Answer, E> {
                Ok(Answer(Some(f64::NAN)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Answer, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Answer(Some(f64::NAN)))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answer, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Answer(Some(f64::NAN)))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
