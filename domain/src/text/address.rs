//! Query strings of addresses: text as it stands in one, and the pairs that one says.

/// Text as it stands in a query string.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Pairs as a query string, in their order and without a mark before them.
pub fn joined<N: AsRef<str>, V: AsRef<str>>(pairs: &[(N, V)]) -> String {
    let said: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name.as_ref()), encode(value.as_ref()))).collect();
    said.join("&")
}

/// The pairs of a query string, with or without its mark. What is encoded wrongly is taken as it stands.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let parts = query.trim().trim_start_matches('?').split('&').filter(|part| !part.is_empty());
    parts.map(|part| part.split_once('=').unwrap_or((part, ""))).map(|(name, value)| (decode(name), decode(value))).collect()
}

fn decode(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let hex = after.get(..2).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            (b'+', _) => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_value_holds_no_sign_of_its_own() {
        assert_eq!(encode("/holm/hypotheses?q=a b&c=ü"), "/holm/hypotheses%3Fq%3Da%20b%26c%3D%C3%BC");
    }

    #[test]
    fn pairs_come_back_from_a_query_string() {
        let said = [("q", "a b&c=ü+50%"), ("tag", "b2b")];
        let back = pairs(&joined(&said));
        assert_eq!(back, said.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        for (query, read) in [
            ("?q=a+b&&stage", vec![of("q", "a b"), of("stage", "")]),
            ("q=50%&x=%zz%C3", vec![of("q", "50%"), of("x", "%zz\u{fffd}")]),
            ("q=%+1", vec![of("q", "% 1")]),
            ("", vec![]),
        ] {
            assert_eq!(pairs(query), read, "{query}");
        }
    }
}
