//! Assignment rules: kept by administrators, asked for every report that needs an officer.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::action::{Error, Result, Work};
use crate::desk::{Desk, Settings};
use crate::domain::permission::{Act, Level};
use crate::domain::rule::{Officer, Proposal, Rule, Rules, Subject};
use crate::domain::text::{fold, line};
use crate::store;
use crate::store::audit::Entry;
use crate::store::report::Report;
use crate::store::staff::{Filter, Staff};

/// Characters of a name or a word, and how many words a rule may have of each kind.
const WORD: usize = 100;
const WORDS: usize = 200;
/// The room between two rules, so that another one fits in.
const STEP: i64 = 10;

/// Returns every rule, the one tried first in front.
pub async fn list(desk: &Desk) -> Result<Vec<Rule>> {
    Ok(store::rule::all(&desk.db).await?)
}

/// Stores a new rule under an id of ours; without an order it is tried last.
pub async fn add(work: &mut Work<'_>, rule: Rule) -> Result<Rule> {
    work.actor.check(Act::ManageRules)?;
    let mut rule = checked(&work.settings, rule)?;
    rule.id = work.id().await?.to_string();
    if rule.order == 0 {
        rule.order = store::rule::last_position(&mut work.tx).await? + STEP;
    }
    store::rule::insert(&mut work.tx, &rule, work.now).await?;
    work.audit(written("rule-add", &rule.id, (None, Some(&rule))));
    Ok(rule)
}

/// Puts a rule in the place of the one with its id.
pub async fn edit(work: &mut Work<'_>, rule: Rule) -> Result<Rule> {
    work.actor.check(Act::ManageRules)?;
    let rule = checked(&work.settings, rule)?;
    let before = get(work, &rule.id).await?;
    if before != rule {
        store::rule::update(&mut work.tx, &rule, work.now).await?;
        work.audit(written("rule-edit", &rule.id, (Some(&before), Some(&rule))));
    }
    Ok(rule)
}

/// Takes a rule out and returns it.
pub async fn remove(work: &mut Work<'_>, id: &str) -> Result<Rule> {
    work.actor.check(Act::ManageRules)?;
    let rule = get(work, id).await?;
    store::rule::remove(&mut work.tx, id).await?;
    work.audit(written("rule-remove", &rule.id, (Some(&rule), None)));
    Ok(rule)
}

/// Puts a rule back from `after` to `before`, unless somebody changed it since. `null` stands for
/// a rule that was not there. The act itself is for the caller to write down.
pub async fn restore(work: &mut Work<'_>, id: &str, before: &Value, after: &Value) -> Result<()> {
    work.actor.check(Act::ManageRules)?;
    let (wanted, expected) = (read(id, before)?, read(id, after)?);
    let current = store::rule::find(&mut work.tx, id).await?;
    if current != expected {
        return Err(Error::Changed(id.to_owned()));
    }
    match (wanted, current) {
        (Some(rule), Some(_)) => store::rule::update(&mut work.tx, &rule, work.now).await?,
        (Some(rule), None) => store::rule::insert(&mut work.tx, &rule, work.now).await?,
        (None, _) => {
            store::rule::remove(&mut work.tx, id).await?;
        }
    }
    Ok(())
}

/// Tells who would get such a report, and why; an unknown category is recognised by the text.
pub async fn test(desk: &Desk, subject: &Subject<'_>) -> Result<Proposal> {
    let settings = desk.settings();
    let category = subject
        .category
        .or_else(|| settings.categories.recognise(subject.text));
    let table = Table {
        rules: store::rule::all(&desk.db).await?,
        staff: store::staff::page(&desk.db, &active(), None, None)
            .await?
            .rows,
        loads: store::assignment::loads(&desk.db).await?,
    };
    Ok(table.propose(&Subject {
        category,
        ..*subject
    }))
}

/// Proposes an officer for a report, as things stand in this work.
pub async fn propose_for(work: &mut Work<'_>, report: &Report) -> Result<Proposal> {
    work.flush().await?;
    let table = Table {
        rules: store::rule::all(&mut work.tx).await?,
        staff: store::staff::page(&mut work.tx, &active(), None, None)
            .await?
            .rows,
        loads: store::assignment::loads(&mut work.tx).await?,
    };
    Ok(table.propose(&Subject {
        text: &report.text,
        category: report.category.as_deref(),
        unit: Some(report.unit.as_str()).filter(|unit| !unit.is_empty()),
    }))
}

/// What a proposal is made from.
struct Table {
    rules: Vec<Rule>,
    staff: Vec<Staff>,
    loads: Vec<(String, i64)>,
}

impl Table {
    fn propose(self, subject: &Subject<'_>) -> Proposal {
        let loads: HashMap<String, i64> = self.loads.into_iter().collect();
        let officers: Vec<Officer> = self
            .staff
            .iter()
            .filter(|staff| takes_tasks(staff))
            .map(|staff| officer(staff, loads.get(&staff.id).copied().unwrap_or_default()))
            .collect();
        Rules::new(self.rules).propose(subject, &officers)
    }
}

/// Tells whether somebody takes tasks by rule: field officers, and others who have a skill.
fn takes_tasks(staff: &Staff) -> bool {
    staff.active && (staff.level == Level::Tbo || !staff.skills().is_empty())
}

fn officer(staff: &Staff, open: i64) -> Officer {
    let count = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    Officer {
        id: staff.id.clone(),
        name: staff.name.clone(),
        skills: staff.skills(),
        present: staff.present,
        open: count(open),
        max_open: count(staff.max_open),
    }
}

fn active() -> Filter {
    Filter {
        active: Some(true),
        ..Filter::default()
    }
}

async fn get(work: &mut Work<'_>, id: &str) -> Result<Rule> {
    let found = store::rule::find(&mut work.tx, id).await?;
    found.ok_or_else(|| Error::missing("rule", id))
}

/// Returns a rule as it is kept: clean words, and a category as the settings spell it.
fn checked(settings: &Settings, rule: Rule) -> Result<Rule> {
    let name = line(&rule.name, WORD);
    if name.is_empty() {
        return Err(Error::Invalid {
            what: "name",
            value: name,
            why: "why-empty",
        });
    }
    let one = |text: Option<String>| text.map(|it| line(&it, WORD)).filter(|it| !it.is_empty());
    let category = match one(rule.category) {
        Some(name) => Some(known_category(settings, name)?),
        None => None,
    };
    Ok(Rule {
        name,
        category,
        unit: one(rule.unit),
        words: words("words", rule.words)?,
        places: words("places", rule.places)?,
        skills: words("skills", rule.skills)?,
        ..rule
    })
}

fn known_category(settings: &Settings, name: String) -> Result<String> {
    let folded = fold(&name);
    let known = settings
        .categories
        .list()
        .iter()
        .find(|known| fold(&known.name) == folded);
    let invalid = || Error::Invalid {
        what: "category",
        value: name.clone(),
        why: "why-category",
    };
    known.map(|known| known.name.clone()).ok_or_else(invalid)
}

fn words(what: &'static str, raw: Vec<String>) -> Result<Vec<String>> {
    let words: Vec<String> = raw
        .iter()
        .map(|word| line(word, WORD))
        .filter(|word| !word.is_empty())
        .collect();
    if words.len() > WORDS {
        let value = words.len().to_string();
        return Err(Error::Invalid {
            what,
            value,
            why: "why-too-many",
        });
    }
    Ok(words)
}

fn written(act: &'static str, id: &str, change: (Option<&Rule>, Option<&Rule>)) -> Entry {
    let (before, after) = change;
    Entry {
        act,
        object: id.to_owned(),
        detail: json!({"before": before, "after": after}).to_string(),
        undoable: true,
    }
}

fn read(id: &str, half: &Value) -> Result<Option<Rule>> {
    let rule: std::result::Result<Option<Rule>, _> = serde_json::from_value(half.clone());
    rule.map_err(|_| Error::Changed(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::staff::skills_text;

    fn somebody(id: &str, level: Level, skills: &[&str]) -> Staff {
        Staff {
            id: id.into(),
            name: id.to_lowercase(),
            level,
            duty: String::new(),
            email: String::new(),
            phone: None,
            username: None,
            password: None,
            active: true,
            present: true,
            max_open: 5,
            skills: skills_text(&skills.iter().map(|&it| it.to_owned()).collect::<Vec<_>>()),
            note: String::new(),
            profile: "{}".into(),
            created_at: 0,
            updated_at: 0,
        }
    }

    fn rule(skills: &[&str]) -> Rule {
        Rule {
            id: "1".into(),
            name: "Semua".into(),
            skills: skills.iter().map(|&it| it.to_owned()).collect(),
            active: true,
            order: 10,
            ..Rule::default()
        }
    }

    fn proposed(rule: Rule, staff: Vec<Staff>, loads: &[(&str, i64)]) -> Option<String> {
        let loads = loads.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect();
        let table = Table {
            rules: vec![rule],
            staff,
            loads,
        };
        table
            .propose(&Subject {
                text: "lampu mati",
                ..Subject::default()
            })
            .officer
    }

    #[test]
    fn the_least_loaded_fit_officer_is_proposed() {
        let staff = vec![
            somebody("ADM05", Level::Tbo, &["Listrik"]),
            somebody("ADM06", Level::Tbo, &["Listrik"]),
            somebody("ADM07", Level::Tbo, &["AC"]),
        ];
        for (loads, wanted) in [
            (&[("ADM05", 1)][..], Some("ADM06")),
            (&[("ADM05", 1), ("ADM06", 2)], Some("ADM05")),
            (&[("ADM05", 5), ("ADM06", 9)], None),
        ] {
            let found = proposed(rule(&["listrik"]), staff.clone(), loads);
            assert_eq!(found.as_deref(), wanted, "{loads:?}");
        }
    }

    #[test]
    fn whoever_runs_the_desk_gets_tasks_only_for_a_skill() {
        let desk = || somebody("ADM01", Level::Administrator, &[]);
        assert_eq!(proposed(rule(&[]), vec![desk()], &[]), None);
        let skilled = somebody("ADM02", Level::Staf, &["AC"]);
        assert_eq!(
            proposed(rule(&[]), vec![desk(), skilled], &[]).as_deref(),
            Some("ADM02")
        );
        let officer = somebody("ADM03", Level::Tbo, &[]);
        assert_eq!(
            proposed(rule(&[]), vec![desk(), officer], &[]).as_deref(),
            Some("ADM03")
        );
        let gone = Staff {
            active: false,
            ..somebody("ADM04", Level::Tbo, &[])
        };
        assert_eq!(proposed(rule(&[]), vec![gone], &[]), None);
    }

    #[test]
    fn a_rule_is_read_back_from_what_was_written_down() {
        let entry = written("rule-add", "1", (None, Some(&rule(&["AC"]))));
        let detail: Value = serde_json::from_str(&entry.detail).unwrap();
        assert_eq!(read("1", &detail["before"]).unwrap(), None);
        assert_eq!(read("1", &detail["after"]).unwrap(), Some(rule(&["AC"])));
        assert!(read("1", &json!({"word": []})).is_err());
    }

    #[test]
    fn words_are_cleaned_and_limited() {
        let raw = |words: &[&str]| words.iter().map(|&it| it.to_owned()).collect();
        assert_eq!(
            words("words", raw(&[" mati  lampu ", "", "ac*"])).unwrap(),
            ["mati lampu", "ac*"]
        );
        assert!(words("words", vec!["a".to_owned(); 201]).is_err());
        assert!(words("words", vec!["a".to_owned(); 200]).is_ok());
    }
}
