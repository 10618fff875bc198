//! The few words that the rules listen for. A rule that is unsure says nothing.

/// What people do to a page, as a verb in its base form.
const CHANGE_VERBS: [&str; 74] = [
    "add",
    "allow",
    "animate",
    "ask",
    "autofill",
    "build",
    "bundle",
    "change",
    "collapse",
    "combine",
    "create",
    "cut",
    "default",
    "delete",
    "disable",
    "display",
    "drop",
    "embed",
    "enable",
    "enlarge",
    "expand",
    "explain",
    "extend",
    "fix",
    "give",
    "hide",
    "highlight",
    "improve",
    "include",
    "increase",
    "insert",
    "introduce",
    "launch",
    "let",
    "limit",
    "lower",
    "make",
    "merge",
    "move",
    "offer",
    "open",
    "personalise",
    "personalize",
    "pin",
    "place",
    "prefill",
    "preselect",
    "promote",
    "put",
    "raise",
    "redesign",
    "reduce",
    "remove",
    "rename",
    "reorder",
    "replace",
    "reword",
    "rewrite",
    "send",
    "shorten",
    "show",
    "shrink",
    "simplify",
    "skip",
    "sort",
    "split",
    "start",
    "stop",
    "swap",
    "switch",
    "turn",
    "unify",
    "use",
    "write",
];

/// Words between two changes.
const JOINTS: [&str; 9] = [" and ", " plus ", " as well as ", " while ", " then ", " + ", " & ", ";", ","];

/// The changes that a text names, where it names more than one; else nothing.
pub(super) fn changes(text: &str) -> Vec<String> {
    let mut parts = vec![text];
    for joint in JOINTS {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    let named: Vec<String> = parts.into_iter().map(str::trim).filter(|part| begins_with_change(part)).map(str::to_owned).collect();
    if named.len() > 1 { named } else { Vec::new() }
}

fn begins_with_change(part: &str) -> bool {
    let mut words =
        part.split_whitespace().map(plain).filter(|word| !matches!(word.as_str(), "also" | "to" | "by" | "we" | "and" | "then"));
    words.next().is_some_and(|word| is_change_verb(&word)) && words.next().is_some()
}

/// The verb itself, or its form on -ing: add and adding, move and moving, cut and cutting.
fn is_change_verb(word: &str) -> bool {
    let base = |stem: &str| CHANGE_VERBS.contains(&stem);
    let Some(stem) = word.strip_suffix("ing") else { return base(word) };
    let undoubled = stem.char_indices().next_back().map(|(at, _)| &stem[..at]).unwrap_or_default();
    base(stem) || base(&format!("{stem}e")) || base(undoubled)
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Phrases that tell an opinion where an observation belongs.
const OPINIONS: [&str; 12] = [
    "we think",
    "we believe",
    "we feel",
    "i think",
    "i believe",
    "i feel",
    "in our opinion",
    "best practice",
    "competitors do",
    "competitors have",
    "everybody does",
    "everyone does",
];

/// The first phrase that tells an opinion.
pub(super) fn opinion(text: &str) -> Option<&'static str> {
    let spoken = spoken(text);
    OPINIONS.into_iter().find(|phrase| spoken.contains(&format!(" {phrase} ")))
}

const HEDGES: [&str; 9] = ["may", "might", "could", "perhaps", "maybe", "possibly", "hopefully", "ideally", "potentially"];

/// The first word that leaves a way out.
pub(super) fn hedge(text: &str) -> Option<&'static str> {
    let spoken = spoken(text);
    HEDGES.into_iter().find(|word| spoken.contains(&format!(" {word} ")))
}

const SPANS: [&str; 21] = [
    "day", "days", "week", "weeks", "month", "months", "quarter", "visitors", "sessions", "orders", "visits", "users", "tag", "tage",
    "tagen", "woche", "wochen", "monat", "monate", "monaten", "besucher",
];

/// Whether a measure says for how long, or over how many.
pub(super) fn names_duration(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    let counted = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || NUMBERS.contains(&word);
    words.iter().enumerate().any(|(at, word)| {
        let word = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        SPANS.contains(&word) && words[at.saturating_sub(3)..=at].iter().any(|before| counted(before))
    })
}

const NUMBERS: [&str; 18] = [
    "a", "one", "two", "three", "four", "five", "six", "eight", "ten", "each", "full", "ein", "eine", "einem", "einer", "zwei", "drei",
    "vier",
];

/// Lower case, words with one blank around each.
fn spoken(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    format!(" {} ", words.join(" "))
}
