//! Assignment rules as they are stored: the whole rule as JSON, and beside it what lists need.

use crate::db::{Run, Sql, Tx, sql};
use crate::domain::rule::Rule;
use crate::store::Result;

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    detail: String,
    active: bool,
    position: i64,
}

const COLUMNS: &str = "id, name, detail, active, position";

impl Row {
    /// Reads the rule; the columns win over what its JSON says of them.
    fn rule(self) -> Result<Rule> {
        let rule: Rule = serde_json::from_str(&self.detail)
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        Ok(Rule {
            id: self.id.to_string(),
            name: self.name,
            active: self.active,
            order: self.position,
            ..rule
        })
    }
}

/// Returns every rule, the one tried first in front.
pub async fn all(run: impl Run) -> Result<Vec<Rule>> {
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM rule ORDER BY position, id");
    let rows: Vec<Row> = run.all(select).await?;
    rows.into_iter().map(Row::rule).collect()
}

/// Returns one rule.
pub async fn find(run: impl Run, id: &str) -> Result<Option<Rule>> {
    let Ok(id) = id.parse::<i64>() else {
        return Ok(None);
    };
    let select = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM rule WHERE id = $1")
        .bind(id);
    run.first::<Row>(select).await?.map(Row::rule).transpose()
}

/// Returns where the last rule stands, 0 when there is none.
pub async fn last_position(run: impl Run) -> Result<i64> {
    let row: Option<(Option<i64>,)> = run.first(sql("SELECT MAX(position) FROM rule")).await?;
    Ok(row.and_then(|(position,)| position).unwrap_or_default())
}

/// Stores a new rule under its id, which must be a number.
pub async fn insert(tx: &mut Tx, rule: &Rule, at: i64) -> Result<()> {
    let insert = sql(
        "INSERT INTO rule (id, name, detail, active, position, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    );
    tx.execute(bound(insert, rule)?.bind(at)).await?;
    Ok(())
}

/// Writes a changed rule back.
pub async fn update(tx: &mut Tx, rule: &Rule, at: i64) -> Result<()> {
    let update = sql(
        "UPDATE rule SET name = $2, detail = $3, active = $4, position = $5, \
         updated_at = $6 WHERE id = $1",
    );
    tx.execute(bound(update, rule)?.bind(at)).await?;
    Ok(())
}

/// Takes a rule out and returns whether there was one.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<bool> {
    let Ok(id) = id.parse::<i64>() else {
        return Ok(false);
    };
    Ok(tx
        .execute(sql("DELETE FROM rule WHERE id = $1").bind(id))
        .await?
        > 0)
}

fn bound(statement: Sql, rule: &Rule) -> Result<Sql> {
    let fault = |error| sqlx::Error::Encode(error);
    let id: i64 = rule.id.parse().map_err(|error| fault(Box::new(error)))?;
    let detail = serde_json::to_string(rule).map_err(|error| fault(Box::new(error)))?;
    Ok(statement
        .bind(id)
        .bind(&rule.name)
        .bind(detail)
        .bind(rule.active)
        .bind(rule.order))
}

#[cfg(test)]
mod tests {
    use super::{Row, Rule};

    #[test]
    fn the_columns_win_over_the_text_beside_them() {
        let row = Row {
            id: 7,
            name: "AC".into(),
            detail: r#"{"id": "1", "name": "?", "words": ["ac"], "active": true}"#.into(),
            active: false,
            position: 20,
        };
        let wanted = Rule {
            id: "7".into(),
            name: "AC".into(),
            words: vec!["ac".into()],
            order: 20,
            ..Rule::default()
        };
        assert_eq!(row.rule().unwrap(), wanted);
    }
}
