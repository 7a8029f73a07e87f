//! Changes of a report that its reporter is not told about.

use crate::action::report::{Change, Written, deadlines};
use crate::action::work::NewStep;
use crate::action::{Error, Result, Work};
use crate::domain::permission::Act;
use crate::domain::priority::Priority;
use crate::domain::text;
use crate::store::report::Report;

/// What is to be changed; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    pub category: Option<String>,
    pub priority: Option<Priority>,
    pub unit: Option<String>,
}

/// Changes category, priority or unit.
pub async fn edit(work: &mut Work<'_>, number: &str, edit: &Edit) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Edit).await?;
    if let Some(category) = &edit.category {
        change.report.category = known_category(work, category)?;
    }
    if let Some(unit) = &edit.unit {
        change.report.unit = text::line(unit, super::super::open::NAME);
    }
    if let Some(priority) = edit.priority {
        change.report.priority = priority;
        deadlines(&work.settings, &mut change.report);
    }
    let said = work.settings.chat.say("step-edited", &[]);
    change
        .step(
            work,
            NewStep {
                kind: "edited",
                text: &said,
                public: false,
                status: None,
            },
        )
        .await?;
    change
        .save(
            work,
            Written {
                name: "report-edit",
                undoable: true,
            },
        )
        .await
}

/// Finds a category by its name, or any start of it; an empty name takes the category away.
fn known_category(work: &Work<'_>, wanted: &str) -> Result<Option<String>> {
    let folded = text::fold(wanted);
    if folded.is_empty() {
        return Ok(None);
    }
    let names = || {
        work.settings
            .categories
            .list()
            .iter()
            .map(|category| &category.name)
    };
    let exact = names().find(|name| text::fold(name) == folded);
    let found = exact.or_else(|| names().find(|name| text::fold(name).starts_with(&folded)));
    found
        .map(|name| Some(name.clone()))
        .ok_or_else(|| Error::Invalid {
            what: "category",
            value: wanted.to_owned(),
            why: "why-category",
        })
}

/// Marks a report as read or unread.
pub async fn mark_read(work: &mut Work<'_>, number: &str, read: bool) -> Result<Report> {
    let mut change = Change::of(work, number, Act::SeeReports).await?;
    change.report.read = read;
    let name = if read { "report-read" } else { "report-unread" };
    change
        .save(
            work,
            Written {
                name,
                undoable: true,
            },
        )
        .await
}

/// Takes a report off every list; it stays in the database and can be brought back.
pub async fn delete(work: &mut Work<'_>, number: &str, why: &str) -> Result<Report> {
    let mut change = Change::of(work, number, Act::Delete).await?;
    if why.trim().is_empty() {
        return Err(Error::ReasonMissing);
    }
    change.report.deleted_at = Some(work.now);
    let why = super::said(why);
    super::internal(work, &mut change, &why).await?;
    change
        .save(
            work,
            Written {
                name: "report-delete",
                undoable: true,
            },
        )
        .await
}
