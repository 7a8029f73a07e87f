//! Sends what is due, one loop a channel: claim under a lease, hand over, write down what became
//! of it. Claims and outcomes of many letters share a transaction.
//!
//! An outcome is sent, not sent, or unknown. An unknown one is repeated once, after a pause in
//! which the gateway may still tell; what can never be known twice is given up and shown.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::action::notice;
use crate::fault;
use crate::gateway::{self, Gateway, Outgoing, Retry};
use crate::store::outbox::{self, Claim, Letter, Outcome};
use crate::store::{channel, tally};
use crate::worker::Shared;

mod circuit;
mod letter;
mod pace;

use circuit::Circuit;
use pace::Pace;

/// The sum of the notices that a channel has sent on a day.
const NOTICES_SENT: &str = "notices";

/// How long a loop waits for more to write down together.
const GATHER: Duration = Duration::from_millis(5);

/// How long a loop sleeps at most before it looks again: bells of other processes are not heard.
const LOOK: Duration = Duration::from_secs(1);

/// The lanes in the order in which they are served.
const LANES: [i64; 3] = [notice::ANSWERS, notice::STAFF, notice::NOTICES];

/// One channel's loop.
struct Sender {
    shared: Arc<Shared>,
    channel: String,
    gateway: Arc<dyn Gateway>,
    pace: Pace,
    circuit: Circuit,
    flying: JoinSet<(Letter, Result<gateway::Accepted, gateway::Error>)>,
    /// Outcomes that are not yet in the database.
    landed: Vec<Outcome>,
}

/// Sends a channel's letters until the worker stops.
pub async fn run(shared: Arc<Shared>, channel: String) {
    let Some(gateway) = shared.channels.get(&channel).cloned() else {
        return;
    };
    let pace = Pace::new(&shared.desk, &channel);
    let mut sender = Sender {
        circuit: Circuit::default(),
        flying: JoinSet::new(),
        landed: Vec::new(),
        shared,
        channel,
        gateway,
        pace,
    };
    while !sender.shared.stop.is_cancelled() {
        if let Err(error) = sender.turn().await {
            tracing::warn!(channel = %sender.channel, %error, "the outbox is out of reach");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
    sender.finish().await;
}

/// Sends what a channel has due, once, and returns when it is gone.
pub async fn drain(shared: &Arc<Shared>, channel: &str) {
    let Some(mut sender) = Sender::new(Arc::clone(shared), channel) else {
        return;
    };
    loop {
        match sender.settle_and_claim().await {
            Ok(letters) if letters.is_empty() => return,
            Ok(letters) => letters
                .into_iter()
                .for_each(|letter| sender.hand_over(letter)),
            Err(error) => return tracing::warn!(%error, "the outbox is out of reach"),
        }
        sender.land_all().await;
    }
}

/// Returns a random wait that doubles with every try, in milliseconds.
pub fn backoff(tries: i64, first_ms: u64, most_ms: u64) -> i64 {
    let doubled = first_ms.saturating_mul(1_u64 << tries.clamp(0, 30));
    let wait = rand::random_range(0..=doubled.min(most_ms).max(1));
    i64::try_from(wait).unwrap_or(i64::MAX)
}

impl Sender {
    fn new(shared: Arc<Shared>, channel: &str) -> Option<Self> {
        Some(Self {
            gateway: Arc::clone(shared.channels.get(channel)?),
            pace: Pace::new(&shared.desk, channel),
            circuit: Circuit::default(),
            flying: JoinSet::new(),
            landed: Vec::new(),
            channel: channel.to_owned(),
            shared,
        })
    }

    /// Waits for something to do, then writes outcomes, claims letters and hands them over.
    async fn turn(&mut self) -> crate::store::Result<()> {
        // The bell is armed before the look, so that nothing rings unheard in between.
        let shared = Arc::clone(&self.shared);
        let bell = shared.desk.bells.outbox.notified();
        let claimed = self.settle_and_claim().await?;
        let idle = claimed.is_empty();
        for letter in claimed {
            self.hand_over(letter);
        }
        if idle || self.flying.len() >= self.room() {
            self.wait(bell).await?;
        }
        Ok(())
    }

    fn room(&self) -> usize {
        (self.shared.desk.settings().config.outbox.parallel as usize).max(1)
    }

    async fn wait(&mut self, bell: tokio::sync::futures::Notified<'_>) -> crate::store::Result<()> {
        let pause = self.pause().await?;
        tokio::select! {
            () = self.shared.stop.cancelled() => {}
            Some(landed) = self.flying.join_next() => self.land(landed),
            () = bell => {}
            () = tokio::time::sleep(pause) => {}
        }
        // Outcomes and claims of a moment share a transaction.
        tokio::time::sleep(GATHER).await;
        while let Some(landed) = self.flying.try_join_next() {
            self.land(landed);
        }
        Ok(())
    }

    /// Returns how long there is nothing to do, as far as this process can tell.
    async fn pause(&mut self) -> crate::store::Result<Duration> {
        let now = self.shared.desk.clock.now();
        let mut at = now + i64::try_from(LOOK.as_millis()).unwrap_or(1000);
        // What is due can go only when a letter lands, or when somebody lets the channel go on.
        if self.is_paused() || self.flying.len() >= self.room() {
            return Ok(LOOK);
        }
        for (lane, due) in self.due().await? {
            let ready = self.pace.ready_at(lane, now).max(self.circuit.ready_at());
            at = at.min(due.max(ready));
        }
        Ok(Duration::from_millis(
            u64::try_from(at - now).unwrap_or(0).max(2),
        ))
    }

    /// Writes what became of letters and claims the next ones, in one transaction.
    async fn settle_and_claim(&mut self) -> crate::store::Result<Vec<Letter>> {
        let desk = Arc::clone(&self.shared.desk);
        let now = desk.clock.now();
        let open =
            self.shared.stop.is_cancelled() || !self.circuit.may_send(now) || self.is_paused();
        let free = if open {
            0
        } else {
            self.room().saturating_sub(self.flying.len())
        };
        if self.landed.is_empty() && !self.is_due(free, now).await? {
            return Ok(Vec::new());
        }
        let mut tx = desk.db.begin().await?;
        let mine = outbox::settle(&mut tx, &self.landed).await?;
        let claimed = self.claim(&mut tx, free, now).await?;
        tx.commit().await?;
        if !mine.is_empty() {
            fault::point("k13");
        }
        if !claimed.is_empty() {
            fault::point("k9");
        }
        self.report(&mine);
        Ok(claimed)
    }

    /// A transaction costs a disk sync, so it is started only for something that is due.
    async fn is_due(&self, free: usize, now: i64) -> crate::store::Result<bool> {
        if free == 0 {
            return Ok(false);
        }
        let due = self.due().await?;
        Ok(due
            .into_iter()
            .any(|(lane, due)| due <= now && self.pace.ready_at(lane, now) <= now))
    }

    /// Returns the lanes that hold something that may go, and when the first of it is due.
    async fn due(&self) -> crate::store::Result<Vec<(i64, i64)>> {
        let mut found = Vec::with_capacity(LANES.len());
        for lane in LANES {
            let due = outbox::next_due(&self.shared.desk.db, &self.channel, lane).await?;
            found.extend(due.map(|due| (lane, due)));
        }
        Ok(found)
    }

    async fn claim(
        &mut self,
        tx: &mut crate::db::Tx,
        free: usize,
        now: i64,
    ) -> crate::store::Result<Vec<Letter>> {
        let shared = Arc::clone(&self.shared);
        let lease = i64::from(shared.desk.settings().config.outbox.lease_seconds) * 1000;
        let free = self.circuit.limit(free);
        let mut claimed = Vec::new();
        for lane in LANES {
            self.recall(tx, lane, now).await?;
            let limit = self.pace.allows(lane, now).min(free - claimed.len());
            if limit == 0 {
                continue;
            }
            let claim = Claim {
                worker: &shared.name,
                channel: &self.channel,
                lane,
                now,
                until: now + lease,
                limit: i64::try_from(limit).unwrap_or(i64::MAX),
            };
            if lane == notice::NOTICES {
                outbox::cancel_unwanted(tx, &self.channel, now).await?;
            }
            let letters = outbox::claim(tx, claim).await?;
            self.pace.took(lane, letters.len(), now);
            self.remember(tx, lane, letters.len()).await?;
            claimed.extend(letters);
        }
        Ok(claimed)
    }

    /// Learns how many notices the number has sent today, by whichever worker.
    async fn recall(
        &mut self,
        tx: &mut crate::db::Tx,
        lane: i64,
        now: i64,
    ) -> crate::store::Result<()> {
        if lane != notice::NOTICES || !self.pace.counts_days() {
            return Ok(());
        }
        let day = self.shared.desk.settings().day(now);
        let today = tally::sums(&mut *tx, NOTICES_SENT, (&day, &day)).await?;
        let sent = today
            .iter()
            .find(|sum| sum.key == self.channel)
            .map_or(0, |sum| sum.n);
        let channel = channel::find(&mut *tx, &self.channel).await?;
        self.pace
            .recall(channel.map_or(now, |channel| channel.first_at), sent);
        Ok(())
    }

    async fn remember(
        &self,
        tx: &mut crate::db::Tx,
        lane: i64,
        count: usize,
    ) -> crate::store::Result<()> {
        if lane != notice::NOTICES || count == 0 {
            return Ok(());
        }
        let day = self
            .shared
            .desk
            .settings()
            .day(self.shared.desk.clock.now());
        let mut sums = tally::Changes::default();
        sums.add(
            NOTICES_SENT,
            (&day, &self.channel),
            i64::try_from(count).unwrap_or(i64::MAX),
        );
        sums.write(tx).await
    }

    fn is_paused(&self) -> bool {
        self.shared.holds.is_held(&self.channel)
    }

    /// Hands a letter to the gateway, in the background.
    fn hand_over(&mut self, letter: Letter) {
        let gateway = Arc::clone(&self.gateway);
        let media = self.shared.desk.media.clone();
        let country = self.shared.desk.settings().config.org.country_code.clone();
        let limit = self.shared.desk.settings().config.outbox.send_seconds;
        self.flying.spawn(async move {
            let outgoing = match letter::outgoing(&letter, &media, &country).await {
                Ok(outgoing) => outgoing,
                Err(error) => return (letter, Err(error)),
            };
            fault::point("k10");
            let sent = deliver(&*gateway, &outgoing, limit).await;
            fault::point("k12");
            (letter, sent)
        });
    }

    /// Turns what the gateway said into an outcome.
    fn land(
        &mut self,
        landed: Result<(Letter, Result<gateway::Accepted, gateway::Error>), tokio::task::JoinError>,
    ) {
        let Ok((letter, result)) = landed else {
            // The lease runs out and the letter counts as unknown.
            tracing::error!(channel = %self.channel, "a send died");
            return;
        };
        let desk = &self.shared.desk;
        let settle = self.gateway.capability().settle;
        self.circuit
            .note(&result, &desk.settings().config.circuit, desk.clock.now());
        if let Err(error) = &result {
            tracing::warn!(letter = letter.id, channel = %self.channel, %error, "not sent");
            if error.retry == Retry::HoldChannel {
                self.shared.holds.hold(&self.channel, &error.text);
            }
        }
        self.landed
            .push(letter::outcome(desk, &letter, result, settle));
    }

    /// Counts what was written down; an outcome that came too late belongs to somebody else.
    fn report(&mut self, mine: &[i64]) {
        for outcome in self.landed.drain(..) {
            if mine.contains(&outcome.id) {
                self.shared.metrics.settled(outcome.state);
            } else {
                tracing::warn!(
                    letter = outcome.id,
                    "a finish was refused: the lease was lost"
                );
                self.shared.metrics.fenced();
            }
        }
    }

    async fn land_all(&mut self) {
        while let Some(landed) = self.flying.join_next().await {
            self.land(landed);
        }
    }

    /// Lets letters in flight land and writes down what became of each at once: one that never
    /// lands must not make the others unknown.
    async fn finish(&mut self) {
        loop {
            if let Err(error) = self.settle_and_claim().await {
                tracing::warn!(%error, "the last outcomes are unknown");
            }
            match self.flying.join_next().await {
                Some(landed) => self.land(landed),
                None if self.landed.is_empty() => return,
                None => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }
}

/// Sends one letter within the time limit.
async fn deliver(
    gateway: &dyn Gateway,
    outgoing: &Outgoing,
    seconds: u32,
) -> Result<gateway::Accepted, gateway::Error> {
    let limit = Duration::from_secs(seconds.into());
    match tokio::time::timeout(limit, gateway.send(outgoing)).await {
        Ok(result) => result,
        Err(_) => Err(gateway::Error {
            kind: gateway::ErrorKind::Unreadable,
            retry: Retry::Later,
            ambiguous: true,
            text: "no answer within the time limit".into(),
        }),
    }
}
