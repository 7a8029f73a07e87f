//! `tanggap rule`: who gets which report.

use clap::{Args, Subcommand};
use serde_json::json;

use crate::action;
use crate::cli::act::{Session, at_desk};
use crate::cli::cut::{self, Cut};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::view::Table;
use crate::domain::permission::Act;
use crate::domain::rule::{Candidate, Proposal, Rule as Kept, Subject};
use crate::store;

/// Look after the assignment rules.
#[derive(Debug, Subcommand)]
pub enum Rule {
    /// Show the rules in the order in which they are tried
    #[command(after_help = "Example: tanggap rule list")]
    List(List),
    /// Add a rule; without conditions it takes every report
    #[command(
        after_help = "Example: tanggap rule add --name AC --word ac --word 'pendingin*' \
                      --skill AC"
    )]
    Add(Add),
    /// Change a rule; what is given takes the place of what was there
    #[command(after_help = "Example: tanggap rule edit 300 --place 'gedung b' --order 20")]
    Edit(Edit),
    /// Take a rule out
    #[command(after_help = "Example: tanggap rule remove 300")]
    Remove(Id),
    /// Tell who would get such a report, and why
    #[command(after_help = "Example: tanggap rule test 'AC ruang 203 bocor'")]
    Test(Test),
}

/// Which rules.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    cut: Cut,
}

/// One rule.
#[derive(Debug, Args)]
pub struct Id {
    /// Id of the rule
    id: String,
}

/// A new rule.
#[derive(Debug, Args)]
pub struct Add {
    /// What people call it
    #[arg(long)]
    name: String,
    #[command(flatten)]
    said: Said,
}

/// Changes to a rule.
#[derive(Debug, Args)]
pub struct Edit {
    /// Id of the rule
    id: String,
    /// What people call it
    #[arg(long)]
    name: Option<String>,
    /// Puts the rule into use
    #[arg(long, conflicts_with = "inactive")]
    active: bool,
    #[command(flatten)]
    said: Said,
}

/// What a report must be like, and the skills it then needs.
#[derive(Debug, Clone, Args)]
struct Said {
    /// A word of which the text has one; a * at the end takes any ending; several times, '' for none
    #[arg(long = "word", value_name = "WORD")]
    words: Vec<String>,
    /// A place of which the text has one; several times, '' for none
    #[arg(long = "place", value_name = "PLACE")]
    places: Vec<String>,
    /// The category of the report; '' for any
    #[arg(long)]
    category: Option<String>,
    /// The reporter's unit; '' for any
    #[arg(long)]
    unit: Option<String>,
    /// A skill that the officer needs; several times, '' for none
    #[arg(long = "skill", value_name = "SKILL")]
    skills: Vec<String>,
    /// Where it stands; the smallest is tried first
    #[arg(long, value_name = "N")]
    order: Option<i64>,
    /// Keeps the rule out of use
    #[arg(long)]
    inactive: bool,
}

/// A report that nobody wrote.
#[derive(Debug, Args)]
pub struct Test {
    /// The reporter's words
    text: String,
    /// Its category; recognised by the words when left out
    #[arg(long)]
    category: Option<String>,
    /// The reporter's unit
    #[arg(long)]
    unit: Option<String>,
}

impl Said {
    /// Puts what was said into a rule; what was left out stays.
    fn into(self, rule: &mut Kept) {
        let list = |given: Vec<String>, kept: &mut Vec<String>| {
            if !given.is_empty() {
                *kept = given
                    .into_iter()
                    .filter(|word| !word.trim().is_empty())
                    .collect();
            }
        };
        list(self.words, &mut rule.words);
        list(self.places, &mut rule.places);
        list(self.skills, &mut rule.skills);
        rule.category = self.category.or(rule.category.take());
        rule.unit = self.unit.or(rule.unit.take());
        rule.order = self.order.unwrap_or(rule.order);
        rule.active = rule.active && !self.inactive;
    }
}

impl Rule {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match &self {
            Self::List(list) => list.run(session).await,
            Self::Add(add) => add.run(session).await,
            Self::Edit(edit) => edit.run(session).await,
            Self::Remove(one) => remove(session, &one.id).await,
            Self::Test(test) => test.run(session).await,
        })
        .await
    }
}

impl List {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        session.actor.check(Act::SeeReports)?;
        let mut rules = action::rule::list(&session.desk).await?;
        let next = self.cut.apply(&mut rules, |rule| rule.id.clone())?;
        cut::print(session.shell, &rules, next.as_deref(), || {
            table(session.shell, &rules)
        });
        Ok(())
    }
}

impl Add {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let mut rule = Kept {
            name: self.name.clone(),
            active: true,
            ..Kept::default()
        };
        self.said.clone().into(&mut rule);
        let rule = session
            .act(async |work| action::rule::add(work, rule.clone()).await)
            .await?;
        done(session, &rule, "done-rule-saved");
        Ok(())
    }
}

impl Edit {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let rule = session
            .act(async |work| {
                let found = store::rule::find(&mut work.tx, &self.id).await?;
                let missing = || action::Error::missing("rule", self.id.as_str());
                let mut rule = found.ok_or_else(missing)?;
                rule.active |= self.active;
                rule.name = self.name.clone().unwrap_or(rule.name);
                self.said.clone().into(&mut rule);
                action::rule::edit(work, rule).await
            })
            .await?;
        done(session, &rule, "done-rule-saved");
        Ok(())
    }
}

async fn remove(session: &Session<'_>, id: &str) -> Result<(), Failure> {
    let rule = session
        .act(async |work| action::rule::remove(work, id).await)
        .await?;
    done(session, &rule, "done-rule-removed");
    Ok(())
}

impl Test {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        session.actor.check(Act::SeeReports)?;
        let subject = Subject {
            text: &self.text,
            category: self.category.as_deref(),
            unit: self.unit.as_deref(),
        };
        let proposal = action::rule::test(&session.desk, &subject).await?;
        let reason = proposal.reason(session.shell.lang());
        let value = json!({
            "officer": proposal.officer,
            "rule": proposal.rule,
            "reason": reason,
            "candidates": proposal.ranked,
        });
        session
            .shell
            .print(&value, || told(session.shell, &proposal, &reason));
        Ok(())
    }
}

fn told(shell: &Shell, proposal: &Proposal, reason: &str) -> String {
    let fit: Vec<&Candidate> = proposal.ranked.iter().filter(|one| one.fits).collect();
    if fit.is_empty() {
        return reason.to_owned();
    }
    let heads = [
        "column-id",
        "column-name",
        "column-present",
        "column-open-tasks",
        "column-most-tasks",
    ];
    let mut table = Table::new(shell, &heads);
    for one in fit {
        let present = if one.present { "word-yes" } else { "word-no" };
        table.row([
            one.id.clone(),
            one.name.clone(),
            shell.say(present, &[]),
            one.open.to_string(),
            one.max_open.to_string(),
        ]);
    }
    format!("{reason}\n\n{}", table.text())
}

fn done(session: &Session<'_>, rule: &Kept, id: &str) {
    let values = [
        ("id", rule.id.as_str().into()),
        ("name", rule.name.as_str().into()),
    ];
    session.shell.print(rule, || session.shell.say(id, &values));
}

fn table(shell: &Shell, rules: &[Kept]) -> Table {
    let heads = [
        "column-id",
        "column-order",
        "column-name",
        "column-words",
        "column-place",
        "column-category",
        "column-unit",
        "column-skills",
        "column-active",
    ];
    let mut table = Table::new(shell, &heads);
    for rule in rules {
        let active = if rule.active {
            "word-active"
        } else {
            "word-inactive"
        };
        table.row([
            rule.id.clone(),
            rule.order.to_string(),
            rule.name.clone(),
            rule.words.join(", "),
            rule.places.join(", "),
            rule.category.clone().unwrap_or_default(),
            rule.unit.clone().unwrap_or_default(),
            rule.skills.join(", "),
            shell.say(active, &[]),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Kept, Said};

    fn said() -> Said {
        Said {
            words: Vec::new(),
            places: Vec::new(),
            category: None,
            unit: None,
            skills: Vec::new(),
            order: None,
            inactive: false,
        }
    }

    #[test]
    fn what_is_left_out_of_a_rule_stays_and_an_empty_word_clears() {
        let kept = Kept {
            words: vec!["ac".into()],
            places: vec!["gedung b".into()],
            category: Some("AC".into()),
            active: true,
            order: 10,
            ..Kept::default()
        };
        let mut rule = kept.clone();
        said().into(&mut rule);
        assert_eq!(rule, kept);
        Said {
            words: vec![String::new()],
            inactive: true,
            ..said()
        }
        .into(&mut rule);
        assert!(rule.words.is_empty() && !rule.active, "{rule:?}");
        assert_eq!(rule.places, kept.places);
    }
}
