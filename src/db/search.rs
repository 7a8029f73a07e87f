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
pub fn matching(db: &Db, statement: Sql, words: &[String]) -> Sql {
    match db {
        Db::Sqlite { .. } => statement
            .push_bind(
                "r.id IN (SELECT rowid FROM report_search WHERE report_search MATCH ",
                { joined(words, " ", |word| format!("\"{word}\"*")) },
            )
            .push(")"),
        Db::Postgres(_) => statement
            .push_bind(
                "to_tsvector('simple', r.search) @@ to_tsquery('simple', ",
                { joined(words, " & ", |word| format!("'{word}':*")) },
            )
            .push(")"),
    }
}

/// Joins words as quoted terms; quotes and backslashes in them would end the quotation.
fn joined(words: &[String], between: &str, term: impl Fn(&str) -> String) -> String {
    let clean = |word: &String| word.replace(['"', '\'', '\\', '\0'], " ");
    let terms: Vec<String> = words.iter().map(|word| term(clean(word).trim())).collect();
    terms.join(between)
}
