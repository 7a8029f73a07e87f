//! The search index over reports, which each engine keeps in its own way.

use super::{Bulk, Db, Run as _, Sql, Tx, sql};

/// Adds new reports to the index. PostgreSQL indexes the column by itself.
pub async fn add(tx: &mut Tx, words: Vec<(i64, String)>) -> sqlx::Result<()> {
    if matches!(tx, Tx::Postgres(_)) {
        return Ok(());
    }
    let mut bulk = Bulk::new("INSERT INTO report_search (rowid, text)", 2);
    for (id, text) in words {
        bulk.row([id.into(), text.into()]);
    }
    bulk.write(tx).await?;
    Ok(())
}

/// Puts a report's changed text into the index.
pub async fn replace(tx: &mut Tx, id: i64, text: &str) -> sqlx::Result<()> {
    if matches!(tx, Tx::Postgres(_)) {
        return Ok(());
    }
    tx.execute(sql("DELETE FROM report_search WHERE rowid = $1").bind(id))
        .await?;
    add(tx, vec![(id, text.to_owned())]).await
}

/// Adds the condition that the report `r` holds every one of these folded words, by beginnings.
///
/// On `SQLite` it looks through the report's text, so something else has to say which reports:
/// [`hits`] where they are few, [`walk`] where they are many. PostgreSQL finds its way by itself.
pub fn matching(db: &Db, mut statement: Sql, words: &[String]) -> Sql {
    match db {
        Db::Sqlite { .. } => {
            for (index, word) in words.iter().enumerate() {
                let before = if index == 0 {
                    "' ' || r.search GLOB "
                } else {
                    " AND ' ' || r.search GLOB "
                };
                statement = statement.push_bind(before, format!("*{NO_LETTER}{word}*"));
            }
            statement
        }
        Db::Postgres(_) => statement
            .push("to_tsvector('simple', translate(r.search, ")
            .push(r##"'!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', "##)
            .push("'                                '))")
            .push_bind(" @@ to_tsquery('simple', ", {
                joined(words, " & ", |word| format!("'{word}':*"))
            })
            .push(")"),
    }
}

/// What stands between words: no small letter or digit, and nothing from the blocks of letters.
const NO_LETTER: &str =
    "[^0-9a-z\u{c0}-\u{1fff}\u{2c00}-\u{2fff}\u{3040}-\u{1efff}\u{20000}-\u{3ffff}]";

/// Adds a statement whose `hit`s are the ids of the reports that hold the words; PostgreSQL needs
/// none.
pub fn hits(statement: Sql, words: &[String]) -> Sql {
    statement
        .push("SELECT s.rowid AS hit FROM report_search s WHERE")
        .push_bind(" s.report_search MATCH ", sqlite_query(words))
}

/// Adds `FROM … WHERE …` that goes through the reports `r` that hold the words, newest first,
/// from the last id back to the first.
pub fn walk(statement: Sql, words: &[String], (first, last): (i64, i64)) -> Sql {
    statement
        .push(" FROM report_search s CROSS JOIN report r WHERE r.id = s.rowid")
        .push_bind(" AND s.report_search MATCH ", sqlite_query(words))
        .push_bind(" AND s.rowid >= ", first)
        .push_bind(" AND s.rowid <= ", last)
}

/// What [`walk`] is ordered by; the index itself walks this way.
pub const WALK_ORDER: &str = " ORDER BY s.rowid DESC";

fn sqlite_query(words: &[String]) -> String {
    joined(words, " ", |word| format!("\"{word}\"*"))
}

/// Joins words as quoted terms; quotes and backslashes in them would end the quotation.
fn joined(words: &[String], between: &str, term: impl Fn(&str) -> String) -> String {
    let clean = |word: &String| word.replace(['"', '\'', '\\', '\0'], " ");
    let terms: Vec<String> = words.iter().map(|word| term(clean(word).trim())).collect();
    terms.join(between)
}
