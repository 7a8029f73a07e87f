//! Which messages of a batch are new, and in what order they are taken.

use std::collections::{HashMap, HashSet};

use sha2::{Digest as _, Sha256};

use crate::action::chat::Received;
use crate::action::{Result, Work};
use crate::store;

/// Returns the messages that nobody has seen, and remembers them for good.
pub(super) async fn fresh(work: &mut Work<'_>, batch: Vec<Received>) -> Result<Vec<Received>> {
    let hashed: Vec<Vec<String>> = batch.iter().map(keys).collect();
    let all: Vec<&str> = hashed.iter().flatten().map(String::as_str).collect();
    let known = store::message::known(&mut work.tx, &all).await?;
    let mut taken: HashSet<&str> = HashSet::new();
    let mut new = Vec::new();
    for (index, keys) in hashed.iter().enumerate() {
        let repeated = keys
            .iter()
            .any(|key| known.contains(key) || taken.contains(key.as_str()));
        taken.extend(keys.first().map(String::as_str));
        if !repeated {
            new.push(index);
        }
    }
    let mut first: Vec<&str> = taken
        .into_iter()
        .filter(|key| !known.contains(*key))
        .collect();
    // In one order, so that two workers never wait for each other in a ring.
    first.sort_unstable();
    store::message::remember(&mut work.tx, &first).await?;
    let keep: HashSet<usize> = new.into_iter().collect();
    let kept = batch
        .into_iter()
        .enumerate()
        .filter(|(index, _)| keep.contains(index));
    Ok(kept.map(|(_, received)| received).collect())
}

/// Returns the keys of a message as they are stored: short, and without anybody's number in them.
pub fn keys(received: &Received) -> Vec<String> {
    use base64::Engine as _;
    let hash = |key: &String| {
        let digest = Sha256::new()
            .chain_update(received.channel.as_bytes())
            .chain_update([0])
            .chain_update(key.as_bytes())
            .finalize();
        base64::engine::general_purpose::STANDARD_NO_PAD.encode(digest)
    };
    received.incoming.keys.iter().map(hash).collect()
}

/// Puts each sender's messages into the order in which they were sent, where the gateway tells;
/// the places that a sender has in the batch stay his.
pub(super) fn by_send_time(batch: Vec<Received>) -> Vec<Received> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, received) in batch.iter().enumerate() {
        let sender = received
            .incoming
            .sender
            .as_ref()
            .map(|sender| sender.person.canonical());
        places
            .entry(sender.unwrap_or_default())
            .or_default()
            .push(index);
    }
    let mut order: Vec<usize> = (0..batch.len()).collect();
    for indexes in places.into_values().filter(|indexes| indexes.len() > 1) {
        let mut sorted = indexes.clone();
        sorted.sort_by_key(|index| (batch[*index].incoming.sent_at, *index));
        for (place, index) in indexes.into_iter().zip(sorted) {
            order[place] = index;
        }
    }
    let mut batch: Vec<Option<Received>> = batch.into_iter().map(Some).collect();
    order
        .into_iter()
        .filter_map(|index| batch[index].take())
        .collect()
}
