//! Many hypotheses that differ in everything, and the list of them made by a plain filter and sort in memory.

use super::{Library, SHOP, all, idea};
use chrono::{TimeZone, Utc};
use domain::hypotheses::{BacklogQuery, EvidenceSummary, HandMove, Hypothesis, HypothesisDraft, SortKey, Stage, StatementDraft};
use domain::search::{Terms, index_words, query_terms};
use domain::sites::STARTER_AUDIENCES;
use store::Contribute;

const AREAS: [&str; 5] = ["checkout", "basket", "search", "product-page", "account"];
const LEVERS: [&str; 4] = ["clarity", "trust", "speed", "choice"];
const TAGS: [&str; 5] = ["b2b", "Größe", "mobile first", "quick", "later"];
const THINGS: [&str; 5] = ["delivery date", "filter", "delivered filters", "café prices", "returns"];
const OWNERS: [&str; 3] = ["lead@holm.example", "owner@holm.example", "contributor@holm.example"];

/// A hypothesis with what the test knows of it beyond what everybody reads.
pub struct Plain {
    pub said: Hypothesis,
    expected: i64,
    scored_by_contributor: bool,
    words: Vec<String>,
}

/// Fills the library with `count` varied hypotheses on two sites; some are archived.
pub async fn fill(library: &Library, count: usize) -> Vec<Plain> {
    library.add_site("south-shop").await;
    for n in 0..count {
        let at = Utc.timestamp_opt(1_700_000_000, 0).unwrap() + chrono::Duration::hours(i64::try_from(n * 7 % 60).unwrap());
        let scope = library.contribute().await.at(at);
        let number = scope.create_hypothesis(&varied(n)).await.unwrap().number;
        follow(library, n, &number).await;
        if n % 17 == 3 {
            scope.archive_hypothesis(&number).await.unwrap();
        }
    }
    let said = all(library).await;
    said.into_iter().enumerate().map(|(n, said)| Plain::new(n, said)).collect()
}

/// The nth of `of`, spread so that the choices of two fields do not go together.
fn pick<'a>(of: &[&'a str], n: usize, spread: usize) -> &'a str {
    of[n * spread % 101 % of.len()]
}

fn varied(n: usize) -> HypothesisDraft {
    let site = if n * 13 % 101 % 5 < 2 { "south-shop" } else { SHOP };
    let audience = (!n.is_multiple_of(4)).then(|| match n % 7 {
        6 => "people in a hurry".to_owned(),
        _ => STARTER_AUDIENCES[n * 13 % 5].1.to_owned(),
    });
    let statement = StatementDraft {
        because: n.is_multiple_of(2).then(|| format!("we measured {}", pick(&THINGS, n, 31))),
        audience,
        lever: (n % 5 != 4).then(|| pick(&LEVERS, n, 17).to_owned()),
        ..StatementDraft::default()
    };
    HypothesisDraft {
        site: (n % 8 != 7).then(|| site.to_owned()),
        area: (n % 6 != 5).then(|| pick(&AREAS, n, 7).to_owned()),
        devices: ["desktop", "mobile", "tablet"]
            .into_iter()
            .enumerate()
            .filter(|(bit, _)| (n * 11 % 8) >> bit & 1 == 1)
            .map(|(_, one)| one.into())
            .collect(),
        statement,
        owner: (n % 4 != 1).then(|| pick(&OWNERS, n, 19).to_owned()),
        tags: (0..n % 3).map(|place| pick(&TAGS, n + place * 5, 23 + place).to_owned()).collect(),
        ..idea(&format!("Idea {n}: {}", pick(&THINGS, n, 29)))
    }
}

/// Scores and stages by operations; what later features derive is put straight into the row.
async fn follow(library: &Library, n: usize, number: &str) {
    let level = |spread: usize| i64::try_from(n * spread % 10 + 1).unwrap();
    if n.is_multiple_of(3) {
        library.score(&library.contributor, number, [level(3), level(7), 5]).await;
    }
    if n.is_multiple_of(2) {
        library.score(&library.lead, number, [level(9), 6, 6]).await;
    }
    let stage = Stage::ALL[n * 5 % 7];
    if Stage::BY_HAND.contains(&stage) && stage != Stage::EvidenceGathered && stage != Stage::Idea {
        let wanted = HandMove { stage: stage.slug().into(), reason: Some("so that they differ".into()) };
        library.scope::<Contribute>(&library.lead).await.move_hypothesis(number, &wanted).await.unwrap();
    } else if stage != Stage::Idea {
        let to = format!("hypotheses:{}", stage.slug());
        library.database.execute("UPDATE hypothesis SET stage = $1 WHERE number = $2", [stage.place().into(), digits(number).into()]).await;
        library.database.execute("UPDATE counter SET value = value - 1 WHERE name = 'hypotheses:idea'", []).await;
        let add = "INSERT INTO counter (workspace_id, name, value) SELECT workspace_id, $1, 1 FROM hypothesis WHERE number = $2 \
                   ON CONFLICT (workspace_id, name) DO UPDATE SET value = counter.value + 1";
        library.database.execute(add, [to.into(), digits(number).into()]).await;
    }
    let tenths = i64::try_from(n * 37 % 11 * 9).unwrap();
    #[expect(clippy::cast_precision_loss, reason = "at most 90")]
    let summary = EvidenceSummary { confidence: tenths as f64 / 10.0, strength: "fair".into(), ..EvidenceSummary::default() };
    let sql = "UPDATE hypothesis SET evidence_tenths = $1, evidence = $2, expected_mid = $3 WHERE number = $4";
    let json = serde_json::to_string(&summary).unwrap();
    library.database.execute(sql, [tenths.into(), json.into(), expected(n).into(), digits(number).into()]).await;
}

fn expected(n: usize) -> i64 {
    if n.is_multiple_of(3) { -1 } else { i64::try_from(n * 41 % 13 * 1000).unwrap() }
}

fn digits(number: &str) -> i64 {
    number[2..].parse().unwrap()
}

impl Plain {
    fn new(n: usize, said: Hypothesis) -> Self {
        let statement = &said.statement;
        let parts = [&statement.because, &statement.change, &statement.audience, &statement.reason, &statement.measure, &said.details];
        let text: Vec<&str> = parts.into_iter().flatten().chain(&said.tags).chain([&said.title]).map(String::as_str).collect();
        let words = index_words(&text.join(" ")).split(' ').map(str::to_owned).collect();
        Self { said, expected: expected(n), scored_by_contributor: n.is_multiple_of(3), words }
    }

    /// The whole list that this query asks for, when the contributor asks.
    pub fn list<'a>(rows: &'a [Plain], query: &BacklogQuery) -> Vec<&'a Hypothesis> {
        let terms = query.q.as_deref().map(query_terms);
        let mut found: Vec<&Plain> = rows.iter().filter(|row| row.fits(query, terms.as_ref())).collect();
        found.sort_by_key(|row| row.key(query.sort.key));
        if query.sort.descending {
            found.reverse();
        }
        found.into_iter().map(|row| &row.said).collect()
    }

    fn fits(&self, query: &BacklogQuery, terms: Option<&Terms>) -> bool {
        let one_of =
            |wanted: &[String], value: Option<&str>| wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|one| one == value));
        let said = &self.said;
        !said.archived
            && (query.stage.is_empty() || query.stage.contains(&said.stage))
            && one_of(&query.site, said.site.as_deref())
            && one_of(&query.area, said.area.as_deref())
            && one_of(&query.audience, self.audience())
            && one_of(&query.lever, said.statement.lever.as_deref())
            && one_of(&query.owner, Some(said.owner.as_deref().unwrap_or("none")))
            && (query.device.is_empty() || query.device.iter().any(|device| said.devices.contains(device)))
            && (query.tag.is_empty() || query.tag.iter().any(|tag| said.tags.contains(tag)))
            && terms.is_none_or(|terms| self.holds(terms))
            && !(query.unscored && self.scored_by_contributor)
    }

    fn audience(&self) -> Option<&'static str> {
        let words = self.said.statement.audience.as_deref()?;
        STARTER_AUDIENCES.into_iter().find(|(_, name)| *name == words).map(|(slug, _)| slug)
    }

    fn holds(&self, terms: &Terms) -> bool {
        let met = |word: &String, any: &[String], open: bool| any.iter().any(|term| word == term || (open && word.starts_with(term)));
        terms.iter().all(|(any, open)| self.words.iter().any(|word| met(word, any, open)))
    }

    /// Unknown comes below everything known, and of two equals the older ranks above.
    fn key(&self, key: SortKey) -> Vec<i64> {
        let said = &self.said;
        #[expect(clippy::cast_possible_truncation, reason = "scores and tenths are small")]
        let whole = |value: f64| value.round() as i64;
        let first = match key {
            SortKey::Score => vec![said.score.as_ref().map_or(-1, |score| whole(score.value * 1000.0)), self.expected],
            SortKey::ExpectedValue => vec![self.expected],
            SortKey::Evidence => vec![whole(said.evidence.confidence * 10.0)],
            SortKey::CreatedAt => vec![said.created_at.timestamp_micros()],
            SortKey::UpdatedAt => vec![said.updated_at.timestamp_micros()],
            SortKey::Stage => vec![said.stage.place()],
        };
        [first, vec![-digits(&said.number)]].concat()
    }
}
