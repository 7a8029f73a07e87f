//! Words of the desk in what a person is told: things, acts, levels, statuses.

use crate::domain::permission::{Act, Level};
use crate::domain::status::Status;
use crate::i18n::Texts;

/// A word that is said in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Something by the name that the code has for it.
    Thing(&'static str),
    Act(Act),
    Level(Level),
    Status(Status),
}

impl Word {
    /// Returns the word in the language of the texts.
    pub fn say(self, texts: &Texts) -> String {
        match self {
            Self::Thing(name) => {
                thing(name).map_or_else(|| name.to_owned(), |id| texts.say(id, &[]))
            }
            Self::Act(act) => texts.say(self::act(act), &[]),
            Self::Level(level) => level.label(texts.lang()).to_owned(),
            Self::Status(status) => status.label(texts.lang()).to_owned(),
        }
    }
}

/// Returns the text for a thing; one that has none is called what the code calls it.
fn thing(name: &str) -> Option<&'static str> {
    Some(match name {
        "category" => "thing-category",
        "channel" => "thing-channel",
        "delivery" => "thing-delivery",
        "employee" => "thing-employee",
        "letter" => "thing-letter",
        "message" => "thing-message",
        "name" => "thing-name",
        "phone" => "thing-phone",
        "progress" => "thing-progress",
        "report" => "thing-report",
        "rule" => "thing-rule",
        "staff" => "thing-staff",
        "task" => "thing-task",
        "text" => "thing-text",
        "username" => "thing-username",
        _ => return None,
    })
}

fn act(act: Act) -> &'static str {
    match act {
        Act::SeeReports => "act-see-reports",
        Act::Note => "act-note",
        Act::Start => "act-start",
        Act::Finish => "act-finish",
        Act::Assign => "act-assign",
        Act::Edit => "act-edit",
        Act::Pending => "act-pending",
        Act::Merge => "act-merge",
        Act::Reject => "act-reject",
        Act::Cancel => "act-cancel",
        Act::Confirm => "act-confirm",
        Act::Reply => "act-reply",
        Act::Export => "act-export",
        Act::Print => "act-print",
        Act::Validate => "act-validate",
        Act::Correct => "act-correct",
        Act::Reopen => "act-reopen",
        Act::Delete => "act-delete",
        Act::ManageStaff => "act-manage-staff",
        Act::ManageEmployees => "act-manage-employees",
        Act::ManageSettings => "act-manage-settings",
        Act::ManageRules => "act-manage-rules",
        Act::SeeAudit => "act-see-audit",
        Act::ManageOutbox => "act-manage-outbox",
        Act::ManageChannels => "act-manage-channels",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lang::Lang;

    #[test]
    fn every_act_has_words_in_both_languages() {
        for lang in Lang::ALL {
            let texts = Texts::load(lang, None).unwrap();
            for act in Act::ALL {
                let said = Word::Act(act).say(&texts);
                assert!(
                    !said.starts_with("act-"),
                    "{lang}: {act:?} is said as {said}"
                );
            }
        }
    }

    #[test]
    fn a_thing_without_a_text_keeps_its_name() {
        let texts = Texts::load(Lang::Id, None).unwrap();
        assert_eq!(Word::Thing("report").say(&texts), "laporan");
        assert_eq!(Word::Thing("webhook").say(&texts), "webhook");
    }
}
