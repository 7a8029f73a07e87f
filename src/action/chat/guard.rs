//! How much one sender may do before the desk keeps quiet: reports, messages, missed numbers.

use std::collections::HashMap;

use crate::action::chat::{Person, Received};
use crate::action::{Result, Work};
use crate::store;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Why a report is kept as an ordinary message instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The installation knows its people and takes no guests.
    Guest,
    /// Enough for this hour.
    Hour,
    /// Enough for today.
    Day,
}

/// How many reports each sender of a batch has made lately.
#[derive(Debug, Default)]
pub(super) struct Allowance(HashMap<i64, (i64, i64)>);

impl Allowance {
    /// Counts the recent reports of those who wrote.
    pub(super) async fn load(
        work: &mut Work<'_>,
        batch: &[Received],
        people: &HashMap<String, Person>,
    ) -> Result<Self> {
        let limits = &work.settings.config.limits;
        if limits.reports_per_hour == 0
            && limits.guest_reports_per_hour == 0
            && limits.guest_reports_per_day == 0
        {
            return Ok(Self::default());
        }
        let senders = batch
            .iter()
            .filter_map(|received| received.incoming.sender.as_ref());
        let mut ids: Vec<i64> = senders
            .filter_map(|sender| people.get(&sender.person.canonical()))
            .map(|person| person.contact.id)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let since = (work.now - HOUR, work.now - DAY);
        let counts = store::report::made_since(&mut work.tx, &ids, since).await?;
        Ok(Self(
            counts
                .into_iter()
                .map(|(id, hour, day)| (id, (hour, day)))
                .collect(),
        ))
    }

    /// Takes one report out of a sender's allowance.
    pub(super) fn take(
        &mut self,
        work: &Work<'_>,
        person: &Person,
    ) -> std::result::Result<(), Refusal> {
        let config = &work.settings.config;
        let (hour, day) = self.0.entry(person.contact.id).or_default();
        let (per_hour, per_day) = if person.is_guest() {
            if !config.desk.guests {
                return Err(Refusal::Guest);
            }
            (
                config.limits.guest_reports_per_hour,
                config.limits.guest_reports_per_day,
            )
        } else {
            (config.limits.reports_per_hour, 0)
        };
        if per_hour > 0 && *hour >= i64::from(per_hour) {
            return Err(Refusal::Hour);
        }
        if per_day > 0 && *day >= i64::from(per_day) {
            return Err(Refusal::Day);
        }
        *hour += 1;
        *day += 1;
        Ok(())
    }
}

/// Returns true when the sender was told of a limit within the hour.
pub(super) fn told_lately(work: &Work<'_>, person: &Person) -> bool {
    person
        .contact
        .limit_told_at
        .is_some_and(|at| work.now - at < HOUR)
}

/// Returns true when the sender has written so many ordinary messages that one more is not
/// answered.
pub(super) async fn is_chatty(work: &mut Work<'_>, person: &Person) -> Result<bool> {
    let limit = i64::from(work.settings.config.limits.messages_per_10_minutes);
    if limit == 0 {
        return Ok(false);
    }
    let since = work.now - 10 * MINUTE;
    let counts = store::message::ordinary_since(&mut work.tx, &[person.contact.id], since).await?;
    Ok(counts.first().is_some_and(|(_, count)| *count >= limit))
}

/// What a number that was not found is answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    Tell,
    /// So many in a row that the sender has to wait; this is the one that says so.
    Pause,
    Silence,
}

/// Counts a number that was not found against somebody who tries them out.
pub(super) async fn miss(work: &mut Work<'_>, person: &Person) -> Result<Miss> {
    let limit = i64::from(work.settings.config.limits.misses_per_10_minutes);
    let Some(contact) = store::contact::find(&mut work.tx, person.contact.id).await? else {
        return Ok(Miss::Silence);
    };
    let age = contact
        .misses_since
        .map_or(i64::MAX, |since| work.now - since);
    let paused = limit > 0 && contact.misses > limit;
    let pause = i64::from(work.settings.config.limits.miss_pause_minutes) * MINUTE;
    let window = if paused { pause } else { 10 * MINUTE };
    let (misses, since) = if age < window {
        (contact.misses + 1, contact.misses_since)
    } else {
        (1, Some(work.now))
    };
    // The pause runs from the miss that caused it.
    let since = if limit > 0 && misses == limit + 1 {
        Some(work.now)
    } else {
        since
    };
    store::contact::misses(&mut work.tx, contact.id, misses, since).await?;
    Ok(match misses - limit {
        _ if limit == 0 => Miss::Tell,
        ..=0 => Miss::Tell,
        1 => Miss::Pause,
        _ => Miss::Silence,
    })
}
