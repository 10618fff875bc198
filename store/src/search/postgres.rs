//! The newest documents that hold words, on PostgreSQL. Its index has no order and a word may stand in every tenth document
//! of a large library, so each document also holds the stretch of ids that it belongs to. The newest stretches are asked
//! first, and then as many more as what was met so far says.

use super::{BEST, Match, Part, matches};
use crate::access::{Right, Scope};
use crate::errors::Result;
use domain::search::{Kind, Terms};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

/// So many ids, as a power of two, are one stretch.
const STRETCH: u32 = 13;
/// So many stretches are asked first.
const FIRST: i64 = 4;
/// Naming more stretches than these costs more than reading the rows of all that is older.
const NAMED: i64 = 8;

/// What is kept of the words of a document. The words of titles stand there once more, each behind a sign.
pub(super) fn postgres_words([title, body]: [&str; 2], workspace: i64, kind: Kind, id: i64) -> String {
    let plain = title.split_whitespace().chain(body.split_whitespace()).map(|word| format!("'{word}'"));
    let titled = title.split_whitespace().map(|word| format!("'@{word}'"));
    let stretches = [None, Some(kind)].map(|kind| stretch(workspace, kind, id >> STRETCH));
    plain.chain(titled).chain(stretches).collect::<Vec<_>>().join(" ")
}

/// Words hold letters and digits only, so that none is taken for a stretch.
fn stretch(workspace: i64, kind: Option<Kind>, at: i64) -> String {
    let kind = kind.map(|kind| format!(".{}", kind.slug())).unwrap_or_default();
    format!("'#{workspace}{kind}.{at}'")
}

/// Terms hold letters and digits only, so they can stand between quotes.
pub(super) fn postgres_expression(terms: &Terms, part: Part) -> String {
    let sign = match part {
        Part::Title => "@",
        Part::Anywhere => "",
    };
    let one = |(any, open): (&[String], bool)| {
        let terms: Vec<String> = any.iter().map(|term| format!("'{sign}{term}'{}", if open { ":*" } else { "" })).collect();
        format!("({})", terms.join(" | "))
    };
    terms.iter().map(one).collect::<Vec<_>>().join(" & ")
}

impl<R: Right> Scope<R> {
    /// The newest documents that answer an expression.
    pub(super) async fn newest_of_postgres(&self, kind: Option<Kind>, expression: &str) -> Result<Vec<Match>> {
        let Some(newest) = self.newest_stretch(kind).await? else { return Ok(Vec::new()) };
        let (mut found, mut from, mut many) = (Vec::new(), newest, FIRST);
        // From here on nothing is asked yet, going down.
        while from >= 0 && found.len() < BEST {
            let all = many > NAMED.min(from);
            let to = if all { 0 } else { from - many + 1 };
            let wanted = BEST - found.len();
            let within =
                if all { None } else { Some((to..=from).map(|at| stretch(self.workspace_id, kind, at)).collect::<Vec<_>>().join(" | ")) };
            found.extend(self.holding_before(kind, expression, within, ((from + 1) << STRETCH, wanted)).await?);
            from = to - 1;
            let (asked, met, left) =
                (newest - from, i64::try_from(found.len()).unwrap_or(0), i64::try_from(BEST - found.len().min(BEST)).unwrap_or(0));
            // A little more than what would do if the older ones held as many.
            many = if met == 0 { i64::MAX } else { left * asked * 5 / (met * 4) + 1 };
        }
        Ok(found)
    }

    /// The stretch of the newest document, of one kind or of all.
    async fn newest_stretch(&self, kind: Option<Kind>) -> Result<Option<i64>> {
        let kinds = Kind::ALL.into_iter().filter(|one| kind.is_none_or(|kind| kind == *one));
        let newest = |kind: Kind| {
            format!("(SELECT MAX(id) FROM search_index WHERE workspace_id = $1 AND kind = '{}' AND NOT archived)", kind.slug())
        };
        let sql = format!("SELECT GREATEST({}) AS newest", kinds.map(newest).collect::<Vec<_>>().join(", "));
        let statement = Statement::from_sql_and_values(DatabaseBackend::Postgres, sql, [self.workspace_id.into()]);
        let row = self.store.read.query_one_raw(statement).await?;
        let newest: Option<i64> = row.map(|row| row.try_get("", "newest")).transpose()?.flatten();
        Ok(newest.map(|id| id >> STRETCH))
    }

    /// The newest so many before this id, within these stretches or anywhere.
    async fn holding_before(
        &self,
        kind: Option<Kind>,
        expression: &str,
        within: Option<String>,
        (before, most): (i64, usize),
    ) -> Result<Vec<Match>> {
        // All is written out: a plan that is made for any words is a bad one for most. A sum is no column, so that the
        // workspace is never walked from its newest on, which looks cheap where little is known of the words yet.
        let kind = kind.filter(|_| within.is_none()).map(|kind| format!(" AND kind = '{}'", kind.slug())).unwrap_or_default();
        let within = within.map(|stretches| format!(" & ({stretches})")).unwrap_or_default();
        let workspace = self.workspace_id;
        let sql = format!(
            "WITH found AS MATERIALIZED (SELECT id FROM search_index WHERE words @@ $tsquery${expression}{within}$tsquery$::tsquery \
             AND workspace_id + 0 = {workspace} AND id + 0 < {before} AND NOT archived{kind}), \
             newest AS MATERIALIZED (SELECT id FROM found ORDER BY id DESC LIMIT {most}) \
             SELECT d.id, d.kind, d.number, d.title FROM newest JOIN search_document d ON d.id = newest.id"
        );
        matches(&self.store.read.query_all_raw(Statement::from_string(DatabaseBackend::Postgres, sql)).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_knows_its_words_its_title_and_its_stretch() {
        let words = postgres_words(["stock", "stock count"], 3, Kind::Evidence, 8192);
        assert_eq!(words, "'stock' 'stock' 'count' '@stock' '#3.1' '#3.evidence.1'");
    }
}
