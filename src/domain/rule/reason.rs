//! The sentence that goes with a proposal.

use super::{Candidate, Rule};
use crate::domain::lang::Lang;

/// What decided a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Why {
    /// No rule is in use.
    NoRules,
    /// None of the rules is about this report.
    NoMatch,
    /// A rule looked at the officers.
    Judged {
        rule: String,
        skills: Vec<String>,
        verdict: Verdict,
    },
}

/// What a rule found among the officers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// This one is free and carries least.
    Chosen(Candidate),
    /// No officer has the skills.
    NobodyFits,
    /// So many have them, but none is at work.
    AllAway(usize),
    /// Those at work are at their limit; this one carries least.
    AllFull(Candidate),
}

impl Why {
    /// Says what a rule found; `ranked` has the best first.
    pub(super) fn of(rule: &Rule, ranked: &[Candidate]) -> Self {
        let mut fit = ranked.iter().filter(|candidate| candidate.fits).peekable();
        let verdict = match fit.peek() {
            None => Verdict::NobodyFits,
            Some(best) if best.is_free() => Verdict::Chosen((*best).clone()),
            Some(best) if best.present => Verdict::AllFull((*best).clone()),
            Some(_) => Verdict::AllAway(fit.count()),
        };
        Self::Judged {
            rule: rule.name.clone(),
            skills: rule.skills.clone(),
            verdict,
        }
    }

    pub(super) fn sentence(&self, lang: Lang) -> String {
        let none = lang.pick("Tidak ada usulan", "No proposal");
        match self {
            Self::NoRules => {
                let why = lang.pick("belum ada aturan yang aktif", "no rule is active yet");
                format!("{none}: {why}.")
            }
            Self::NoMatch => {
                let why = lang.pick(
                    "tidak ada aturan yang cocok dengan laporan ini",
                    "no rule matches this report",
                );
                format!("{none}: {why}.")
            }
            Self::Judged {
                rule,
                skills,
                verdict: Verdict::Chosen(officer),
            } => chosen(officer, &joined(skills, lang), &named(rule, lang), lang),
            Self::Judged {
                rule,
                skills,
                verdict,
            } => {
                let why = verdict.refusal(&joined(skills, lang), lang);
                format!("{none}: {why} ({}).", named(rule, lang))
            }
        }
    }
}

impl Verdict {
    /// Says why nobody is proposed.
    fn refusal(&self, skills: &str, lang: Lang) -> String {
        let with = match (skills.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Id) => format!(" dengan keahlian {skills}"),
            (false, Lang::En) => format!(" with the skill {skills}"),
        };
        match (self, lang) {
            (Self::AllAway(count), Lang::Id) => {
                format!("tidak hadir semua, {count} petugas{with}")
            }
            (Self::AllAway(count), Lang::En) => format!("all away, {count} officers{with}"),
            (Self::AllFull(best), Lang::Id) => {
                format!(
                    "petugas{with} yang hadir sudah penuh, paling ringan {}",
                    load_of(best)
                )
            }
            (Self::AllFull(best), Lang::En) => {
                format!(
                    "officers{with} at work are full, the lightest load is {}",
                    load_of(best)
                )
            }
            (_, Lang::Id) => format!("tidak ada petugas{with}"),
            (_, Lang::En) => format!("there is no officer{with}"),
        }
    }
}

fn chosen(officer: &Candidate, skills: &str, rule: &str, lang: Lang) -> String {
    let Candidate {
        id,
        name,
        open,
        max_open,
        ..
    } = officer;
    let why = match (skills.is_empty(), lang) {
        (true, Lang::Id) => format!("cocok menurut {rule}"),
        (true, Lang::En) => format!("fits by {rule}"),
        (false, Lang::Id) => format!("keahlian {skills} cocok ({rule})"),
        (false, Lang::En) => format!("has the skill {skills} ({rule})"),
    };
    match lang {
        Lang::Id => format!("{id} {name}: {why}, hadir, beban paling ringan {open}/{max_open}."),
        Lang::En => format!("{id} {name}: {why}, is present, lightest load {open}/{max_open}."),
    }
}

fn load_of(officer: &Candidate) -> String {
    let Candidate {
        id,
        name,
        open,
        max_open,
        ..
    } = officer;
    format!("{id} {name} {open}/{max_open}")
}

fn named(rule: &str, lang: Lang) -> String {
    format!("{} '{rule}'", lang.pick("aturan", "rule"))
}

/// Joins skills as a sentence does: `A, B dan C`.
fn joined(skills: &[String], lang: Lang) -> String {
    match skills {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => {
            format!("{} {} {last}", first.join(", "), lang.pick("dan", "and"))
        }
    }
}
