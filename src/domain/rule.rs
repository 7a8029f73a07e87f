//! Assignment rules: which skills a report needs, and which officer is to be proposed.
//!
//! Only rules and officers are looked at; whether a proposal is carried out is the desk's setting.

mod reason;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::category::{Pattern, words};
use super::lang::Lang;
use super::text::fold;

use reason::Why;

/// A rule as people write it: what a report must be like, and the skills it then needs.
///
/// A condition left empty is always met, so a rule without conditions takes every report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rule {
    /// What the rule is stored under.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Words or phrases of which the text has one; a `*` at the end takes any ending.
    pub words: Vec<String>,
    /// The category the report is in.
    pub category: Option<String>,
    /// Words or phrases for a place, of which the text has one.
    pub places: Vec<String>,
    /// The unit the report comes from.
    pub unit: Option<String>,
    /// The skills an officer needs, all of them.
    pub skills: Vec<String>,
    /// Whether the rule is in use.
    pub active: bool,
    /// Where it stands among the rules; the smallest is tried first.
    pub order: i64,
}

/// An officer as the rules see one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The staff id, such as `ADM05`.
    pub id: String,
    /// The name people know.
    pub name: String,
    /// What the officer can do.
    pub skills: Vec<String>,
    /// Whether the officer is at work.
    pub present: bool,
    /// Tasks that are open now.
    pub open: u32,
    /// Open tasks at most; nobody is proposed beyond it, so 0 takes no task at all.
    pub max_open: u32,
}

/// What the rules look at in a report.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The reporter's words.
    pub text: &'a str,
    /// The category, if one is known.
    pub category: Option<&'a str>,
    /// The reporter's unit, if one is known.
    pub unit: Option<&'a str>,
}

/// An officer measured against a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The staff id.
    pub id: String,
    /// The name people know.
    pub name: String,
    /// Whether all skills are there.
    pub fits: bool,
    /// Whether the officer is at work.
    pub present: bool,
    /// Tasks that are open now.
    pub open: u32,
    /// Open tasks at most.
    pub max_open: u32,
}

/// Whom the rules would give a report to, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The officer to be assigned, if there is one.
    pub officer: Option<String>,
    /// The rule that decided, if one matches.
    pub rule: Option<String>,
    /// Every officer, the best first; empty when no rule matches.
    pub ranked: Vec<Candidate>,
    why: Why,
}

/// The rules of a desk, made ready for many reports.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    ready: Vec<Ready>,
}

/// An active rule with its words folded.
#[derive(Debug, Clone)]
struct Ready {
    rule: Rule,
    words: Vec<Pattern>,
    places: Vec<Pattern>,
    category: Option<String>,
    unit: Option<String>,
    skills: Vec<String>,
}

impl Rules {
    /// Prepares the active ones among `rules`, in their order.
    pub fn new(rules: Vec<Rule>) -> Self {
        let mut ready: Vec<Ready> = rules
            .into_iter()
            .filter(|rule| rule.active)
            .map(Ready::new)
            .collect();
        ready.sort_by(|a, b| (a.rule.order, &a.rule.id).cmp(&(b.rule.order, &b.rule.id)));
        Self { ready }
    }

    /// Proposes an officer by the first rule that matches and has a free one.
    ///
    /// When no matching rule has one, the first that matches says why.
    pub fn propose(&self, subject: &Subject<'_>, officers: &[Officer]) -> Proposal {
        let mut failed = None;
        for rule in self.matching(subject) {
            let proposal = rule.propose(officers);
            if proposal.officer.is_some() {
                return proposal;
            }
            failed.get_or_insert(proposal);
        }
        failed.unwrap_or_else(|| Proposal {
            officer: None,
            rule: None,
            ranked: Vec::new(),
            why: if self.ready.is_empty() {
                Why::NoRules
            } else {
                Why::NoMatch
            },
        })
    }

    fn matching(&self, subject: &Subject<'_>) -> Vec<&Ready> {
        let text = fold(subject.text);
        let text: Vec<&str> = words(&text).collect();
        let (category, unit) = (subject.category.map(fold), subject.unit.map(fold));
        let matches = |rule: &&Ready| rule.matches(&text, category.as_deref(), unit.as_deref());
        self.ready.iter().filter(matches).collect()
    }
}

impl Ready {
    fn new(rule: Rule) -> Self {
        let patterns = |texts: &[String]| -> Vec<Pattern> {
            texts.iter().filter_map(|text| Pattern::new(text)).collect()
        };
        Self {
            words: patterns(&rule.words),
            places: patterns(&rule.places),
            category: rule
                .category
                .as_deref()
                .map(fold)
                .filter(|name| !name.is_empty()),
            unit: rule
                .unit
                .as_deref()
                .map(fold)
                .filter(|name| !name.is_empty()),
            skills: rule.skills.iter().map(|skill| fold(skill)).collect(),
            rule,
        }
    }

    fn matches(&self, text: &[&str], category: Option<&str>, unit: Option<&str>) -> bool {
        let any = |patterns: &[Pattern]| {
            patterns.is_empty() || patterns.iter().any(|pattern| pattern.is_in(text))
        };
        let same = |wanted: &Option<String>, is| wanted.is_none() || wanted.as_deref() == is;
        same(&self.category, category)
            && same(&self.unit, unit)
            && any(&self.words)
            && any(&self.places)
    }

    fn propose(&self, officers: &[Officer]) -> Proposal {
        let mut ranked: Vec<Candidate> = officers
            .iter()
            .map(|officer| self.measure(officer))
            .collect();
        ranked.sort_by(|a, b| a.rank().cmp(&b.rank()));
        let best = ranked.first().filter(|candidate| candidate.is_free());
        Proposal {
            officer: best.map(|candidate| candidate.id.clone()),
            rule: Some(self.rule.id.clone()),
            why: Why::of(&self.rule, &ranked),
            ranked,
        }
    }

    fn measure(&self, officer: &Officer) -> Candidate {
        let has = |skill: &String| officer.skills.iter().any(|own| fold(own) == *skill);
        Candidate {
            id: officer.id.clone(),
            name: officer.name.clone(),
            fits: self.skills.iter().all(has),
            present: officer.present,
            open: officer.open,
            max_open: officer.max_open,
        }
    }
}

impl Candidate {
    /// Returns whether a task can be given: fit, present and below the limit.
    pub fn is_free(&self) -> bool {
        self.fits && self.present && self.open < self.max_open
    }

    /// Orders candidates, the best first.
    fn rank(&self) -> impl Ord + '_ {
        let standing = Reverse((self.is_free(), self.fits, self.present));
        (standing, self.load(), self.open, &self.id)
    }

    /// Returns the share of the limit that is taken, in 32-bit fractions.
    fn load(&self) -> u64 {
        (u64::from(self.open) << 32)
            .checked_div(u64::from(self.max_open))
            .unwrap_or(u64::MAX)
    }
}

impl Proposal {
    /// Says in one sentence why this officer, or why nobody.
    pub fn reason(&self, lang: Lang) -> String {
        self.why.sentence(lang)
    }
}

#[cfg(test)]
mod tests;
