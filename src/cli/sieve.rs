//! The filter language on people: lists of staff and employees are short enough to be compared
//! here, row by row.

use std::cmp::Ordering;

use crate::cli::cut::Cut;
use crate::cli::failure::{Code, Failure};
use crate::cli::shell::Shell;
use crate::domain::filter::{
    Expr, Field, IdWord, Name, NameField, Query, Schema, Sort, Term, YesNo, parse_with,
};
use crate::domain::permission::Level;
use crate::domain::text::fold;
use crate::i18n::Phrase;

/// Somebody as a filter sees people.
pub(super) trait Person {
    fn id(&self) -> &str;
    fn phone(&self) -> Option<&str>;
    fn active(&self) -> bool;
    /// Everything that words are looked for in.
    fn words(&self) -> String;
    /// The values of a field that holds names.
    fn names(&self, field: NameField) -> Vec<String>;
    fn level(&self) -> Option<Level> {
        None
    }
}

/// Reads a filter over a list of people.
pub(super) fn read(shell: &Shell, schema: &Schema, words: &[String]) -> Result<Query, Failure> {
    let text = words.join(" ");
    parse_with(schema, &text, shell.lang()).map_err(|error| {
        let why = error.describe(shell.lang());
        let values = [("filter", text.clone().into()), ("why", why.into())];
        Failure::new(Code::Usage, Phrase::new("error-filter", values))
    })
}

/// Returns the people wanted, by falling id unless the filter says otherwise, and the cursor
/// behind them if there are more.
pub(super) fn pick<T: Person>(
    mut people: Vec<T>,
    query: &Query,
    cut: &Cut,
) -> Result<(Vec<T>, Option<String>), Failure> {
    people.retain(|person| holds(&query.expr, person));
    people.sort_by(|one, other| order(&query.sort, one, other));
    let next = cut.apply(&mut people, |person| person.id().to_owned())?;
    Ok((people, next))
}

fn order<T: Person>(sort: &[Sort], one: &T, other: &T) -> Ordering {
    for key in sort {
        let found = rank(key.by, one).cmp(&rank(key.by, other));
        let found = if key.descending {
            found.reverse()
        } else {
            found
        };
        if found.is_ne() {
            return found;
        }
    }
    other.id().cmp(one.id())
}

fn rank<T: Person>(field: Field, person: &T) -> String {
    let name = |field| {
        person
            .names(field)
            .first()
            .map(|name| fold(name))
            .unwrap_or_default()
    };
    match field {
        Field::Name => name(NameField::Name),
        Field::Unit => name(NameField::Unit),
        Field::Department => name(NameField::Department),
        Field::Level => person
            .level()
            .map_or(String::new(), |level| (level as u8).to_string()),
        _ => person.id().to_owned(),
    }
}

fn holds<T: Person>(expr: &Expr, person: &T) -> bool {
    match expr {
        Expr::All => true,
        Expr::And(parts) => parts.iter().all(|part| holds(part, person)),
        Expr::Or(parts) => parts.iter().any(|part| holds(part, person)),
        Expr::Not(part) => !holds(part, person),
        Expr::Term(term) => meets(term, person),
    }
}

fn meets<T: Person>(term: &Term, person: &T) -> bool {
    match term {
        Term::Word(word) => {
            let (word, words) = (fold(word), person.words());
            words
                .split(|sign: char| !sign.is_alphanumeric())
                .any(|own| own.starts_with(&word))
                || words.split_whitespace().any(|own| own.starts_with(&word))
        }
        Term::Phrase(phrase) => person.words().contains(&fold(phrase)),
        Term::Name(field, names) => {
            let own = person.names(*field);
            names.iter().any(|name| is_named(name, &own))
        }
        Term::Phone(numbers) => {
            let own = person.phone().unwrap_or_default();
            numbers
                .iter()
                .any(|digits| own.contains(digits.trim_start_matches('0')))
        }
        Term::Id(ids) => ids.iter().any(|id| has_id(id, person.id())),
        Term::Level(levels) => person.level().is_some_and(|level| levels.contains(&level)),
        Term::Active(states) => {
            let state = if person.active() {
                YesNo::Yes
            } else {
                YesNo::No
            };
            states.contains(&state)
        }
        // The schemas of these lists know no other conditions.
        _ => false,
    }
}

fn is_named(name: &Name, own: &[String]) -> bool {
    match name {
        Name::Empty => own.iter().all(|own| own.trim().is_empty()),
        Name::Text(text) => own.iter().any(|own| fold(own).starts_with(&fold(text))),
    }
}

fn has_id(wanted: &IdWord, id: &str) -> bool {
    match wanted {
        IdWord::Whole(whole) => id.eq_ignore_ascii_case(whole),
        IdWord::Tail(digits) => id.ends_with(digits.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lang::Lang;

    struct One(&'static str, &'static str, Level, bool);

    impl Person for One {
        fn id(&self) -> &str {
            self.0
        }
        fn phone(&self) -> Option<&str> {
            Some("6281100000005")
        }
        fn active(&self) -> bool {
            self.3
        }
        fn words(&self) -> String {
            fold(&format!("{} {}", self.1, self.0))
        }
        fn names(&self, field: NameField) -> Vec<String> {
            match field {
                NameField::Name => vec![self.1.to_owned()],
                _ => vec!["Listrik".to_owned(), "AC".to_owned()],
            }
        }
        fn level(&self) -> Option<Level> {
            Some(self.2)
        }
    }

    fn people() -> Vec<One> {
        vec![
            One("ADM01", "Rina Wati", Level::Administrator, true),
            One("ADM04", "Budi Santoso", Level::Tbo, true),
            One("ADM05", "Sari Dewi", Level::Tbo, false),
        ]
    }

    fn ids(filter: &str, limit: u32, after: Option<&str>) -> (Vec<&'static str>, Option<String>) {
        let query = parse_with(&Schema::STAFF, filter, Lang::En).unwrap();
        let cut = Cut::new(limit, after.map(str::to_owned));
        let (rows, next) = pick(people(), &query, &cut).unwrap();
        (rows.into_iter().map(|one| one.0).collect(), next)
    }

    #[test]
    fn every_condition_of_the_language_holds_here_too() {
        for (filter, wanted) in [
            ("", &["ADM05", "ADM04", "ADM01"][..]),
            ("level:tbo", &["ADM05", "ADM04"]),
            ("level:tbo active:yes", &["ADM04"]),
            ("-level:tbo", &["ADM01"]),
            ("santo", &["ADM04"]),
            ("ntoso", &[]),
            ("rina OR sari", &["ADM05", "ADM01"]),
            ("\"budi santoso\"", &["ADM04"]),
            ("name:budi", &["ADM04"]),
            ("skill:ac", &["ADM05", "ADM04", "ADM01"]),
            ("skill:pipa", &[]),
            ("id:ADM04", &["ADM04"]),
            ("phone:08110000", &["ADM05", "ADM04", "ADM01"]),
            ("phone:08119999", &[]),
            ("sort:name", &["ADM04", "ADM01", "ADM05"]),
        ] {
            assert_eq!(ids(filter, 0, None).0, wanted, "{filter}");
        }
    }

    #[test]
    fn a_cut_list_goes_on_behind_its_cursor() {
        let (first, next) = ids("sort:name", 2, None);
        assert_eq!(
            (first, next.as_deref()),
            (vec!["ADM04", "ADM01"], Some("ADM01"))
        );
        assert_eq!(ids("sort:name", 2, Some("ADM01")), (vec!["ADM05"], None));
    }

    #[test]
    fn a_cursor_of_nobody_is_refused() {
        let query = parse_with(&Schema::STAFF, "", Lang::En).unwrap();
        assert!(pick(people(), &query, &Cut::new(2, Some("ADM99".to_owned()))).is_err());
    }
}
