//! Full-text search: what is found, and that nothing typed is an error. Both databases must find the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use domain::hypotheses::{BacklogQuery, HypothesisDraft, StatementDraft};
use domain::search::Kind;
use std::collections::BTreeSet;
use store::Contribute;
use support::{Library, THERE, idea, on_both_databases, whole};

on_both_databases!(
    words_are_found_by_stem_and_without_accents,
    a_word_is_found_while_it_is_typed,
    every_part_of_the_statement_is_searched,
    a_match_in_the_title_comes_first_and_is_marked,
    an_edit_is_found_by_its_new_words_alone,
    archived_ones_are_not_found,
    another_workspace_is_not_searched,
    whatever_is_typed_is_no_error,
    letters_of_every_script_are_found,
    the_longest_texts_are_found,
    what_lies_far_apart_is_found,
);

const TITLES: [&str; 16] = [
    "Show stock on the product page",
    "Stocked branches filter",
    "Filtering by café and Größe",
    "Shipping costs before the basket",
    "We shipped 3 categories in 2024",
    "NOT OR AND NEAR",
    "It's “quoted” \"twice\" 'thrice'",
    "100% money-back: A/B-test (v2)",
    "naïve façade, jalapeño",
    "CAFETERIA menu",
    "日本語 のページ",
    "Привет мир",
    "e-mail sign-up; DROP TABLE hypothesis",
    "C++ and C# developers",
    "🙂 smile",
    "universities of the universe",
];

async fn fill(library: &Library) {
    for title in TITLES {
        library.add_idea(title).await;
    }
}

/// The places in TITLES of what was found, by the search box and by the list's filter alike.
async fn found(library: &Library, words: &str) -> BTreeSet<usize> {
    let scope = library.read().await;
    let place = |number: &str| number.trim_start_matches("H-").parse::<usize>().unwrap() - 1;
    let boxed: BTreeSet<usize> = scope.search(words, 100).await.unwrap().iter().map(|one| place(&one.name)).collect();
    let query = BacklogQuery { q: Some(words.to_owned()), limit: Some(200), ..BacklogQuery::default() };
    let page = scope.backlog(&query).await.unwrap();
    assert_eq!(page.total, u64::try_from(page.items.len()).unwrap());
    assert_eq!(boxed, page.items.iter().map(|one| place(&one.number)).collect(), "{words:?}");
    boxed
}

async fn words_are_found_by_stem_and_without_accents(library: Library) {
    fill(&library).await;
    let table: [(&str, &[usize]); 24] = [
        ("stock ", &[0, 1]),
        ("stocks", &[0, 1]),
        ("STOCKING ", &[0, 1]),
        ("filters ", &[1, 2]),
        ("filtering stock ", &[1]),
        ("cafe ", &[2]),
        ("CAFÉ ", &[2]),
        ("cafe\u{301} ", &[2]),
        ("cafe", &[2, 9]),
        ("grösse ", &[2]),
        ("groesse ", &[2]),
        ("ship ", &[3, 4]),
        ("category ", &[4]),
        ("2024", &[4]),
        ("not ", &[5]),
        ("near or and", &[5]),
        ("it's", &[6]),
        ("\"quoted\"", &[6]),
        ("money-back", &[7]),
        ("a/b-test", &[7]),
        ("naive facade jalapeno", &[8]),
        ("привет", &[11]),
        ("DROP TABLE", &[12]),
        ("page nothing", &[]),
    ];
    for (words, places) in table {
        assert_eq!(found(&library, words).await, places.iter().copied().collect(), "{words:?}");
    }
}

async fn a_word_is_found_while_it_is_typed(library: Library) {
    fill(&library).await;
    for (word, place) in [("shipping", 3), ("categories", 4), ("universities", 15), ("日本語", 10), ("jalapeño", 8)] {
        for (end, letter) in word.char_indices() {
            let typed = &word[..end + letter.len_utf8()];
            assert!(found(&library, typed).await.contains(&place), "{typed}");
        }
    }
}

async fn every_part_of_the_statement_is_searched(library: Library) {
    let part = |word: &str| Some(format!("it says {word} here"));
    let statement = StatementDraft {
        because: part("alpha"),
        change: part("bravo"),
        audience: part("charlie"),
        reason: part("delta"),
        measure: part("echo"),
        ..StatementDraft::default()
    };
    let draft = HypothesisDraft { statement, details: part("foxtrot"), tags: vec!["golf".into()], ..idea("Hotel") };
    library.contribute().await.create_hypothesis(&draft).await.unwrap();
    for word in ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "hotel alpha golf"] {
        assert_eq!(found(&library, word).await.len(), 1, "{word}");
    }
    assert!(found(&library, "alpha zulu").await.is_empty(), "every word must be there");
}

async fn a_match_in_the_title_comes_first_and_is_marked(library: Library) {
    let body = HypothesisDraft { details: Some("A voucher, said in passing among many other words".into()), ..idea("Something else") };
    library.contribute().await.create_hypothesis(&body).await.unwrap();
    library.add_idea("Vouchers at the checkout").await;
    let body = HypothesisDraft { details: Some("Again a voucher".into()), ..idea("Yet another thing") };
    library.contribute().await.create_hypothesis(&body).await.unwrap();
    let matches = library.read().await.search("voucher", 10).await.unwrap();
    assert_eq!((matches.len(), matches[0].name.as_str(), matches[0].kind), (3, "H-2", Kind::Hypothesis));
    assert!(matches[0].title[0].marked && matches[0].title[0].text == "Vouchers" && matches[0].snippet.is_empty());
    assert!(matches[1].snippet.iter().any(|piece| piece.marked && piece.text == "voucher"));
    assert_eq!(library.read().await.search("voucher", 1).await.unwrap()[0].name, "H-2");
    assert!(library.read().await.search("voucher", 0).await.unwrap().is_empty());
}

async fn an_edit_is_found_by_its_new_words_alone(library: Library) {
    library.contribute().await.create_hypothesis(&whole("Delivery")).await.unwrap();
    library.contribute().await.edit_hypothesis("H-1", &idea("Lockers"), None).await.unwrap();
    assert_eq!(found(&library, "locker").await.len(), 1);
    for gone in ["delivery ", "promise", "mobile"] {
        assert!(found(&library, gone).await.is_empty(), "{gone}");
    }
}

async fn archived_ones_are_not_found(library: Library) {
    library.add_idea("Delivery").await;
    let scope = library.contribute().await;
    scope.archive_hypothesis("H-1").await.unwrap();
    assert!(found(&library, "delivery").await.is_empty());
    scope.restore_hypothesis("H-1").await.unwrap();
    assert_eq!(found(&library, "delivery").await.len(), 1);
}

async fn another_workspace_is_not_searched(library: Library) {
    library.add_idea("Delivery").await;
    library.elsewhere::<Contribute>().await.create_hypothesis(&idea("Delivery theirs")).await.unwrap();
    assert_eq!(found(&library, "delivery").await, BTreeSet::from([0]));
    for word in ["theirs", "w1", "w2", "khypothesis", "scope", THERE] {
        assert!(found(&library, word).await.is_empty(), "{word}");
    }
}

async fn whatever_is_typed_is_no_error(library: Library) {
    fill(&library).await;
    let long = ["a".repeat(10_000), "ab ".repeat(3_334), "\"".repeat(10_000), "日".repeat(10_000), "🙂".repeat(10_000)];
    for words in &long {
        found(&library, words).await;
    }
    for words in [
        "",
        " ",
        "\0",
        "stock\0",
        "'",
        "''",
        "\"",
        "\"\"",
        "\"stock",
        "stock\"",
        "*",
        "stock*",
        "^stock",
        "+stock",
        "-stock",
        "title:stock",
        "scope:w1",
        "{title}:stock",
        "NEAR(a b)",
        "a NEAR/2 b",
        "AND",
        "OR",
        "NOT",
        "a AND",
        "(",
        ")",
        "(()",
        "a & | !",
        ":*",
        "a:*",
        "a:b",
        "<->",
        "\\",
        "\\'",
        "$1",
        "?",
        "%",
        "_",
        ";--",
        "' OR 1=1 --",
        "/* */",
        "🙂",
        "👨‍👩‍👧",
        "\u{202e}abc",
        "\u{feff}",
        "\u{fffd}",
        "\u{10ffff}",
        "ⓐ",
        "²",
        "½",
        "\n\t\r",
        "İ",
        "ß",
        "ﬀ",
        "ǅ",
        "\u{345}",
        "\u{301}",
        "a\u{0}b",
        "..",
        "--",
        "H-1",
    ] {
        found(&library, words).await;
    }
    for words in ["🙂", "\"", "  ", "&|!()", "\u{301}"] {
        assert!(found(&library, words).await.is_empty(), "what holds no word finds nothing: {words:?}");
    }
}

/// Letters that the databases' own tokenisers do not know, or cut in other places.
async fn letters_of_every_script_are_found(library: Library) {
    let words = [
        "ⓐⓑ",
        "हिन्दी",
        "ไทย",
        "x²",
        "½",
        "𞤀𞤁",
        "𐒰𐓛",
        "𰀀𰀁",
        "العربية",
        "עברית",
        "ქართული",
        "한국어",
        "ǅungla",
        "İstanbul",
        "αβγ",
        "ªº",
        "1st2nd",
        "0x1f",
    ];
    for word in words {
        library.add_idea(&format!("before {word} after")).await;
    }
    for (place, word) in words.iter().enumerate() {
        assert_eq!(found(&library, &format!("{word} ")).await, BTreeSet::from([place]), "{word}");
        assert_eq!(found(&library, &format!("before {word}")).await, BTreeSet::from([place]), "{word}");
    }
}

async fn the_longest_texts_are_found(library: Library) {
    let mut n = 0;
    let mut text = || {
        let mut text = String::new();
        while text.len() < 19_900 {
            n += 1;
            text.push_str(&format!("w{n}ing "));
        }
        Some(text)
    };
    let statement = StatementDraft {
        because: text(),
        change: text(),
        audience: text(),
        reason: text(),
        measure: Some("日".repeat(20_000)),
        ..StatementDraft::default()
    };
    let draft = HypothesisDraft { statement, details: text(), ..idea(&"long ".repeat(60)) };
    library.contribute().await.create_hypothesis(&draft).await.unwrap();
    for word in ["w1ing ".to_owned(), format!("w{n}ing "), "日".repeat(20_000), "long".to_owned()] {
        assert_eq!(found(&library, &word).await.len(), 1);
    }
}

/// PostgreSQL looks for words in one stretch of ids after the other, and for all that is older at once.
async fn what_lies_far_apart_is_found(library: Library) {
    let postgres = library.database.url.starts_with("postgres");
    for (title, next) in [("Show stock", 8_190), ("Count stock", 16_500), ("Stock on top", 600_000), ("Stocked branches", 600_001)] {
        library.add_idea(title).await;
        if postgres {
            library.database.texts("SELECT setval('search_document_id_seq', $1)::text", [i64::from(next).into()]).await;
        }
    }
    library.add_idea("In stock, at last").await;
    assert_eq!(found(&library, "stock ").await, BTreeSet::from([0, 1, 2, 3, 4]));
    assert_eq!(found(&library, "stoc").await, BTreeSet::from([0, 1, 2, 3, 4]));
    assert_eq!(found(&library, "count stock ").await, BTreeSet::from([1]));
    let scope = library.read().await;
    let names = |found: Vec<domain::search::Found>| found.into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names(scope.search("stock", 3).await.unwrap()), ["H-4", "H-2", "H-1"]);
    assert!(scope.search("stock type:evidence", 9).await.unwrap().is_empty());
    let similar = scope.similar(&idea("Show stock"), None).await.unwrap();
    assert_eq!(similar.first().map(|one| one.number.as_str()), Some("H-1"));
}
