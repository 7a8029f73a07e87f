//! The names that a filter may shorten: officers, units, categories.

use crate::db::{Db, Run as _, sql};
use crate::domain::filter::{Expr, NameField, Person, Term};
use crate::domain::text::fold;
use crate::store::Result;

/// The different units, found by leaping through the index instead of reading all of it.
const UNITS: &str = "WITH RECURSIVE known (value) AS (SELECT MIN(unit) FROM report \
     UNION ALL SELECT (SELECT MIN(r.unit) FROM report r WHERE r.unit > known.value) FROM known \
     WHERE known.value IS NOT NULL) SELECT value FROM known WHERE value IS NOT NULL";

/// The different categories, in the same way.
const CATEGORIES: &str = "WITH RECURSIVE known (value) AS (SELECT MIN(category) FROM report \
     UNION ALL SELECT (SELECT MIN(r.category) FROM report r WHERE r.category > known.value) \
     FROM known WHERE known.value IS NOT NULL) SELECT value FROM known WHERE value IS NOT NULL";

/// The names that a filter needs; those that it does not ask for are left out.
#[derive(Debug, Default)]
pub(super) struct Names {
    staff: Vec<(String, String)>,
    pub(super) units: Vec<String>,
    /// With an empty one, which stands for none.
    pub(super) categories: Vec<String>,
}

impl Names {
    /// Fetches the names that a filter needs.
    pub(super) async fn fetch(db: &Db, expr: &Expr) -> Result<Self> {
        let mut names = Self::default();
        if any(
            expr,
            &|term| matches!(term, Term::Person(_, people) if by_name(people)),
        ) {
            names.staff = db
                .all(sql("SELECT id, name FROM staff ORDER BY id"))
                .await?;
        }
        if any(expr, &|term| matches!(term, Term::Name(NameField::Unit, _))) {
            names.units = values(db, UNITS).await?;
        }
        if any(expr, &|term| {
            matches!(term, Term::Name(NameField::Category, _))
        }) {
            names.categories = values(db, CATEGORIES).await?;
            names.categories.push(String::new());
        }
        Ok(names)
    }

    /// Returns the ids of the officers whose name starts so.
    pub(super) fn staff_starting(&self, start: &str) -> Vec<String> {
        let start = fold(start);
        let meant = self
            .staff
            .iter()
            .filter(|(_, name)| fold(name).starts_with(&start));
        meant.map(|(id, _)| id.clone()).collect()
    }
}

fn by_name(people: &[Person]) -> bool {
    people
        .iter()
        .any(|person| matches!(person, Person::Name(_)))
}

/// Tells whether a filter has such a term.
fn any(expr: &Expr, found: &impl Fn(&Term) -> bool) -> bool {
    match expr {
        Expr::All => false,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| any(part, found)),
        Expr::Not(part) => any(part, found),
        Expr::Term(term) => found(term),
    }
}

async fn values(db: &Db, select: &'static str) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db.all(sql(select)).await?;
    Ok(rows.into_iter().map(|(value,)| value).collect())
}
