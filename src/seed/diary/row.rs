//! The rows that a case leaves behind: steps, messages, letters.

use super::{Case, Diary, HOUR, SECOND, Told, words_of};
use crate::action::Result;
use crate::action::notice::{ANSWERS, NOTICES};
use crate::i18n::Value;
use crate::seed::dice::Dice;
use crate::seed::life::{Act, Deed, leads_to};
use crate::store::message::Message;
use crate::store::outbox::Letter;
use crate::store::report::Report;
use crate::store::step::Step;

impl Diary<'_, '_> {
    pub(super) async fn step(
        &mut self,
        case: &mut Case,
        deed: Deed,
        (kind, by): (&str, &str),
    ) -> Result<()> {
        let words = self.step_words(case, deed.act);
        let step = Step {
            id: self.work.id().await?,
            report_id: case.report.id,
            at: deed.at,
            by: by.to_owned(),
            kind: kind.to_owned(),
            text: words.clone(),
            public: true,
            status: leads_to(deed.act).map(|status| status.as_str().to_owned()),
        };
        case.last = (deed.at, words);
        case.status = leads_to(deed.act).unwrap_or(case.status);
        self.rows.step(&step);
        Ok(())
    }

    pub(super) fn step_words(&self, case: &Case, act: Act) -> String {
        let id = match act {
            Act::Receive => "step-received",
            Act::Assign => "step-assigned",
            Act::Start => "step-started",
            Act::Pause(_) => "step-pending",
            Act::Resume => "step-resumed",
            Act::Finish(None) => "step-finished",
            Act::Finish(Some(_)) => "step-finished-note",
            Act::Confirm { rating: None, .. } => "step-confirmed",
            Act::Confirm { .. } => "step-confirmed-rating",
            Act::Object(_) => "step-refused",
            Act::Withdraw => "step-withdrawn",
            Act::Reject(_) => "step-rejected",
            Act::Merge => "step-duplicate",
            Act::Tell(_) | Act::Ask | Act::Chat(_) => "step-progress",
        };
        let rating = case.report.rating.unwrap_or_default();
        let values = [
            ("officer", Value::from(case.officer.name.as_str())),
            ("why", Value::from(words_of(act))),
            ("text", Value::from(words_of(act))),
            ("rating", Value::Number(rating)),
            (
                "number",
                Value::from(case.parent.clone().unwrap_or_default()),
            ),
        ];
        self.work.settings.chat.say(id, &values)
    }

    pub(super) async fn hear(
        &mut self,
        case: &mut Case,
        at: i64,
        (kind, words): (&str, &str),
    ) -> Result<i64> {
        let from = case.reporter.clone();
        let who = (
            from.name.as_str(),
            from.phone.as_str(),
            from.address.as_str(),
        );
        let mut message = self.message(case, (at, words), who).await?;
        message.contact_id = Some(from.contact_id);
        kind.clone_into(&mut message.kind);
        if kind == "ordinary" {
            message.report_id = None;
            message.track_id = None;
            let old = self.work.now - at > 48 * HOUR;
            message.handled_at = old.then_some(at + HOUR);
            message.handled_by = old.then(|| case.desk.clone());
        }
        self.rows
            .message(&message, &key(message.at, &mut case.dice));
        Ok(message.id)
    }

    pub(super) async fn hear_officer(&mut self, case: &mut Case, said: (i64, &str)) -> Result<i64> {
        let from = case.officer.clone();
        let who = (
            from.name.as_str(),
            from.phone.as_str(),
            from.address.as_str(),
        );
        let mut message = self.message(case, said, who).await?;
        message.contact_id = Some(from.contact_id);
        self.rows
            .message(&message, &key(message.at, &mut case.dice));
        Ok(message.id)
    }

    pub(super) async fn message(
        &mut self,
        case: &mut Case,
        (at, words): (i64, &str),
        (name, phone, address): (&str, &str, &str),
    ) -> Result<Message> {
        Ok(Message {
            id: self.work.id().await?,
            delivery_id: format!("{at:016x}{}", case.dice.hex(16)),
            channel: case.report.channel.clone(),
            contact_id: None,
            address: address.to_owned(),
            name: name.to_owned(),
            phone: Some(phone.to_owned()),
            at,
            sent_at: Some(at - case.dice.between(SECOND, 4 * SECOND)),
            kind: "tbo".to_owned(),
            text: words.to_owned(),
            gateway_id: Some(format!("{at:012x}{}", case.dice.hex(4))),
            location: None,
            extra: None,
            reason: None,
            report_id: Some(case.report.id),
            track_id: Some(case.report.track_id.clone()),
            handled_at: None,
            handled_by: None,
        })
    }

    pub(super) async fn answer(
        &mut self,
        case: &mut Case,
        (at, id): (i64, i64),
        text: &str,
    ) -> Result<()> {
        let told = Told {
            address: &case.reporter.address,
            contact_id: Some(case.reporter.contact_id),
            staff_id: None,
            message_id: Some(id),
            lane: ANSWERS,
            by: "reporter",
        };
        self.letter((&case.report, &mut case.dice), (at, text), told)
            .await
    }

    pub(super) async fn notice(
        &mut self,
        case: &mut Case,
        (at, by): (i64, &str),
        text: &str,
    ) -> Result<()> {
        let told = Told {
            address: &case.reporter.address,
            contact_id: Some(case.reporter.contact_id),
            staff_id: None,
            message_id: None,
            lane: NOTICES,
            by,
        };
        self.letter((&case.report, &mut case.dice), (at, text), told)
            .await
    }

    pub(super) async fn letter(
        &mut self,
        (report, dice): (&Report, &mut Dice),
        (at, text): (i64, &str),
        told: Told<'_>,
    ) -> Result<()> {
        let sent_at = at + dice.between(SECOND, 15 * SECOND);
        let read_at = sent_at + dice.between(20 * SECOND, HOUR);
        let read = dice.chance(700) && read_at <= self.work.now;
        let letter = Letter {
            id: self.work.id().await?,
            channel: report.channel.clone(),
            address: told.address.to_owned(),
            contact_id: told.contact_id,
            staff_id: told.staff_id.map(ToOwned::to_owned),
            report_id: Some(report.id),
            message_id: told.message_id,
            kind: "text".into(),
            text: text.to_owned(),
            payload: None,
            quote: None,
            source: if told.lane == ANSWERS {
                "reply"
            } else {
                "notice"
            }
            .into(),
            lane: told.lane,
            state: "sent".into(),
            created_at: at,
            due_at: at,
            worker: String::new(),
            epoch: 1,
            attempts: 1,
            ambiguous: 0,
            last_error: None,
            gateway_id: Some(format!("{sent_at:012x}{}", dice.hex(4))),
            sent_at: Some(sent_at),
            delivered_at: Some(sent_at + 2 * SECOND),
            read_at: read.then_some(read_at),
            by: told.by.to_owned(),
        };
        self.rows.letter(&letter);
        Ok(())
    }
}

/// Returns a key as long as those of real messages; in order, because that is written faster.
fn key(at: i64, dice: &mut Dice) -> String {
    format!("{at:016x}{}{}", dice.hex(16), dice.hex(11))
}
