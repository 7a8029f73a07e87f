//! Listing messages and showing one.

use std::collections::HashMap;

use crate::cli::act::Session;
use crate::cli::failure::Failure;
use crate::cli::list::Slice;
use crate::cli::view::{self, Message};
use crate::domain::filter::Schema;
use crate::domain::permission::Act;
use crate::store;
use crate::store::dialogue::{self, Line};

/// Lists what came in and what went out.
pub(super) async fn list(session: &Session<'_>, slice: &Slice) -> Result<(), Failure> {
    session.actor.check(Act::Reply)?;
    let query = slice.query(session, &Schema::MESSAGES)?;
    let (db, scope) = (&session.desk.db, session.scope());
    let mut all = Vec::new();
    let fetch = async |limit: i64, after: Option<&store::page::Cursor>| {
        dialogue::page(db, &query, &scope, (Some(limit), after)).await
    };
    slice
        .walk(session, fetch, async |lines| {
            all.extend(session.listed(messages(session, lines).await?));
            Ok(())
        })
        .await?;
    let settings = session.desk.settings();
    session.tabled(&all, |shell| Message::table(shell, &settings, &all));
    Ok(())
}

/// Returns the lines of a dialogue as they are printed, in their order.
async fn messages(session: &Session<'_>, lines: Vec<Line>) -> store::Result<Vec<Message>> {
    let settings = session.desk.settings();
    let ids: Vec<i64> = lines.iter().map(Line::id).collect();
    let (mut incoming, mut known) = (Vec::new(), HashMap::new());
    for line in lines {
        match line {
            Line::In(message) => incoming.push(message),
            Line::Out(sent) => {
                let (id, around) = (sent.letter.id, (sent.track_id, sent.contact));
                known.insert(id, view::of_letter(&settings, sent.letter, around));
            }
        }
    }
    let received: Vec<i64> = incoming.iter().map(|message| message.id).collect();
    let shown = view::of_messages(&session.desk, incoming).await?;
    known.extend(received.into_iter().zip(shown));
    Ok(ids.iter().filter_map(|id| known.remove(id)).collect())
}

/// Shows one message.
pub(super) async fn show(session: &Session<'_>, raw: &str) -> Result<(), Failure> {
    session.actor.check(Act::Reply)?;
    let id = Session::id("message", raw)?;
    let message = get(session, id).await?;
    let settings = session.desk.settings();
    session
        .shell
        .print(&message, || message.page(session.shell, &settings));
    Ok(())
}

async fn get(session: &Session<'_>, id: i64) -> Result<Message, Failure> {
    let line = dialogue::find(&session.desk.db, id).await?;
    let mut found = messages(session, line.into_iter().collect()).await?;
    found
        .pop()
        .ok_or_else(|| Failure::not_found("message", id.to_string()))
}

/// Prints a message that was changed; people read a sentence about it.
pub(super) async fn changed(
    session: &Session<'_>,
    id: i64,
    (sentence, number): (&'static str, &str),
) -> Result<(), Failure> {
    let message = get(session, id).await?;
    session.shell.print(&message, || {
        let values = [
            ("id", message.id.as_str().into()),
            ("number", number.into()),
        ];
        session.shell.say(sentence, &values)
    });
    Ok(())
}
