//! A gateway in memory, for the demo, for `sim` and for tests: it keeps what is sent.
//!
//! A delivery is JSON: `{"id", "from", "name", "text", "sent_at", "group", "location": {…},
//! "media": [{"kind", "path" or "url", "filename"}]}`; all but `from` may be left out. A path
//! becomes a `file:` address, which only a simulated channel may follow.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use secrecy::SecretString;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tokio::sync::broadcast;

use super::{
    Accepted, Attachment, Capability, Delivery, Device, Error, Event, Gateway, Incoming, Location,
    LoginBy, MediaKind, Outgoing, Pairing, Proof, knows_secret,
};
use crate::domain::phone::{Address, Phone, Sender};

/// How many messages a slow listener may fall behind.
const BACKLOG: usize = 1024;

/// What a simulated channel says about itself.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub secrets: Vec<SecretString>,
    pub allow_unsigned: bool,
    pub country_code: String,
}

/// A gateway that answers by itself; clones share what was sent.
#[derive(Debug, Clone)]
pub struct Simulator {
    settings: Settings,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    sent: Mutex<Vec<Outgoing>>,
    fault: Mutex<Option<Error>>,
    tries: AtomicUsize,
    news: broadcast::Sender<Outgoing>,
}

#[derive(Deserialize)]
struct Note {
    id: Option<String>,
    from: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    text: String,
    sent_at: Option<i64>,
    group: Option<String>,
    location: Option<Location>,
    #[serde(default)]
    media: Vec<Media>,
}

#[derive(Deserialize)]
struct Media {
    kind: String,
    path: Option<String>,
    url: Option<String>,
    #[serde(default)]
    filename: String,
}

impl Simulator {
    /// Makes a gateway that takes everything.
    pub fn new(settings: Settings) -> Self {
        let shared = Shared {
            sent: Mutex::default(),
            fault: Mutex::default(),
            tries: AtomicUsize::default(),
            news: broadcast::Sender::new(BACKLOG),
        };
        Self {
            settings,
            shared: Arc::new(shared),
        }
    }

    /// Returns what it took, oldest first.
    pub fn sent(&self) -> Vec<Outgoing> {
        open(&self.shared.sent).clone()
    }

    /// Returns how often it was asked to send, refusals included.
    pub fn tries(&self) -> usize {
        self.shared.tries.load(Ordering::SeqCst)
    }

    /// Returns what it takes from now on, as it takes it.
    pub fn listen(&self) -> broadcast::Receiver<Outgoing> {
        self.shared.news.subscribe()
    }

    /// Makes every call fail with this error, or work again; an ambiguous one sends all the same.
    pub fn fail_with(&self, error: Option<Error>) {
        *open(&self.shared.fault) = error;
    }

    fn fault(&self) -> Result<(), Error> {
        open(&self.shared.fault).clone().map_or(Ok(()), Err)
    }

    fn take(&self, message: &Outgoing) -> Result<Accepted, Error> {
        self.shared.tries.fetch_add(1, Ordering::SeqCst);
        let fault = self.fault();
        if fault.as_ref().is_err_and(|error| !error.ambiguous) {
            return fault.map(|()| Accepted::default());
        }
        let mut sent = open(&self.shared.sent);
        sent.push(message.clone());
        // Nobody listens most of the time.
        self.shared.news.send(message.clone()).ok();
        let gateway_id = Some(format!("sim:{}", sent.len()));
        fault.map(|()| Accepted {
            gateway_id,
            quota_left: None,
        })
    }

    fn message(&self, delivery: &Delivery) -> Result<Incoming, String> {
        let note: Note = serde_json::from_slice(&delivery.body).map_err(|it| it.to_string())?;
        let address = |raw: &str| {
            Address::parse(raw, &self.settings.country_code).map_err(|it| format!("{raw:?}: {it}"))
        };
        let group = note.group.as_deref().map(address).transpose()?;
        let sender = Sender {
            group,
            person: address(&note.from)?,
        };
        let attachments = note
            .media
            .into_iter()
            .map(attachment)
            .collect::<Result<_, _>>()?;
        Ok(Incoming {
            keys: vec![key(note.id.as_deref(), &delivery.body)],
            gateway_id: note.id,
            sender: Some(sender),
            name: note.name,
            sent_at: note.sent_at,
            text: note.text,
            attachments,
            location: note.location,
            extra: None,
        })
    }
}

fn open<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn key(id: Option<&str>, body: &[u8]) -> String {
    let hex = |name: String, byte: &u8| format!("{name}{byte:02x}");
    let digest = || Sha256::digest(body).iter().fold("digest:".to_owned(), hex);
    id.map_or_else(digest, |it| format!("id:{it}"))
}

fn attachment(media: Media) -> Result<Attachment, String> {
    let kind = MediaKind::read(&media.kind).ok_or_else(|| format!("no media {:?}", media.kind))?;
    let path = media.path.map(|it| format!("file:{it}"));
    let url = media
        .url
        .or(path)
        .ok_or("media without a path or an address")?;
    Ok(Attachment {
        kind,
        url,
        filename: media.filename,
    })
}

impl Gateway for Simulator {
    fn capability(&self) -> Capability {
        Capability {
            send_file: true,
            send_location: true,
            quote: true,
            login_qr: false,
            login_code: true,
            logout: true,
            device_state: true,
            number_check: true,
            webhook: true,
            signs: false,
            settle: Duration::from_secs(10),
        }
    }

    fn genuine(&self, proof: &Proof<'_>) -> bool {
        let known = knows_secret(proof.key, &self.settings.secrets);
        known || self.settings.allow_unsigned
    }

    fn delivery_key(&self, delivery: &Delivery) -> String {
        let note = serde_json::from_slice::<Note>(&delivery.body).ok();
        key(note.and_then(|it| it.id).as_deref(), &delivery.body)
    }

    fn read(&self, delivery: &Delivery) -> Vec<Event> {
        let message = self.message(delivery);
        vec![message.map_or_else(Event::Unparsed, |it| Event::Message(Box::new(it)))]
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<Accepted, Error>> {
        async { self.take(message) }.boxed()
    }

    fn device(&self) -> BoxFuture<'_, Result<Device, Error>> {
        let connected = self.fault().is_ok();
        let name = Some("simulator".to_owned());
        ready(Ok(Device {
            connected,
            name,
            ..Device::default()
        }))
        .boxed()
    }

    fn login(&self, by: LoginBy) -> BoxFuture<'_, Result<Pairing, Error>> {
        let pairing = match by {
            LoginBy::Qr => Pairing::Connected,
            LoginBy::Code => Pairing::Code("TANG-GAP1".to_owned()),
        };
        ready(self.fault().map(|()| pairing)).boxed()
    }

    fn logout(&self) -> BoxFuture<'_, Result<(), Error>> {
        ready(self.fault()).boxed()
    }

    fn check<'a>(&'a self, phones: &'a [Phone]) -> BoxFuture<'a, Result<Vec<bool>, Error>> {
        ready(self.fault().map(|()| vec![true; phones.len()])).boxed()
    }

    fn media_host(&self, host: &str) -> bool {
        matches!(host, "localhost" | "127.0.0.1" | "[::1]")
    }

    fn is_local(&self) -> bool {
        true
    }

    fn is_simulated(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::*;
    use crate::gateway::{Body, ErrorKind};

    fn simulator() -> Simulator {
        let secrets = vec!["kunci".into()];
        Simulator::new(Settings {
            secrets,
            allow_unsigned: false,
            country_code: "62".to_owned(),
        })
    }

    fn delivery(body: &str) -> Delivery {
        let body = body.as_bytes().to_vec();
        Delivery {
            content_type: "application/json".to_owned(),
            body,
            received_at: 0,
        }
    }

    fn outgoing(id: &str) -> Outgoing {
        let to = Address::parse("6281100000001", "62").unwrap();
        Outgoing {
            id: id.to_owned(),
            to,
            body: Body::Text("ya".to_owned()),
            quote: None,
        }
    }

    #[test]
    fn a_full_note_becomes_a_message() {
        let simulator = simulator();
        let delivery = delivery(
            r#"{"id":"m1","from":"0811-0000-0001","name":"Rina","text":"bocor","sent_at":5,
            "group":"120363000000000001@g.us","location":{"latitude":-6.2,"longitude":106.8},
            "media":[{"kind":"image","path":"foto/a.jpg"},{"kind":"audio","url":"http://x/y"}]}"#,
        );
        let events = simulator.read(&delivery);
        let [Event::Message(message)] = &events[..] else {
            panic!("{events:?}")
        };
        let sender = message.sender.clone().unwrap();
        assert_eq!(sender.person.canonical(), "phone:6281100000001");
        assert_eq!(
            sender.group.unwrap().canonical(),
            "group:120363000000000001"
        );
        assert_eq!((message.text.as_str(), message.sent_at), ("bocor", Some(5)));
        let (latitude, longitude) = (-6.2, 106.8);
        let place = Location {
            latitude,
            longitude,
            name: None,
            address: None,
        };
        assert_eq!(message.location, Some(place));
        let urls: Vec<_> = message
            .attachments
            .iter()
            .map(|it| it.url.as_str())
            .collect();
        assert_eq!(urls, ["file:foto/a.jpg", "http://x/y"]);
        assert_eq!(message.keys, [simulator.delivery_key(&delivery)]);
    }

    #[test]
    fn a_note_that_cannot_be_read_says_why() {
        for body in [
            "",
            "{}",
            r#"{"from":"bukan nomor"}"#,
            r#"{"from":"0811","media":[]}"#,
        ] {
            let events = simulator().read(&delivery(body));
            assert!(
                matches!(events[..], [Event::Unparsed(_)]),
                "{body}: {events:?}"
            );
        }
    }

    #[test]
    fn notes_without_an_id_are_told_apart_by_their_text() {
        let key = |body| simulator().delivery_key(&delivery(body));
        let (one, two) = (
            r#"{"from":"081100000001","text":"a"}"#,
            r#"{"from":"081100000001"}"#,
        );
        assert_ne!(key(one), key(two));
        assert_eq!(key(one), key(one));
    }

    #[test]
    fn only_the_secret_opens_the_door_unless_none_is_asked() {
        let (headers, delivery) = (HeaderMap::new(), delivery("{}"));
        let open = Settings {
            allow_unsigned: true,
            ..Settings::default()
        };
        for (gateway, key, expected) in [
            (simulator(), Some("kunci"), true),
            (simulator(), Some("kunc"), false),
            (simulator(), None, false),
            (Simulator::new(open), None, true),
            (Simulator::new(Settings::default()), Some(""), false),
        ] {
            let proof = Proof {
                key,
                headers: &headers,
                delivery: &delivery,
            };
            assert_eq!(gateway.genuine(&proof), expected, "{key:?} {gateway:?}");
        }
    }

    #[tokio::test]
    async fn what_is_sent_is_kept_and_told() {
        let simulator = simulator();
        let mut news = simulator.listen();
        let accepted = simulator.send(&outgoing("o1")).await.unwrap();
        assert_eq!(accepted.gateway_id.as_deref(), Some("sim:1"));
        assert_eq!(news.try_recv().unwrap().id, "o1");
        assert_eq!(simulator.clone().sent(), [outgoing("o1")]);
    }

    #[tokio::test]
    async fn a_fault_stops_messages_and_an_ambiguous_one_does_not() {
        let simulator = simulator();
        let refusal = Error::not_allowed("token invalid");
        let doubt = Error::ambiguous(ErrorKind::Unreachable, "timed out");
        for (fault, sent) in [(refusal, 0), (doubt, 1)] {
            simulator.fail_with(Some(fault.clone()));
            assert_eq!(simulator.send(&outgoing("o1")).await, Err(fault.clone()));
            assert_eq!(simulator.sent().len(), sent, "{fault}");
            assert!(!simulator.device().await.unwrap().connected);
        }
        simulator.fail_with(None);
        assert!(simulator.send(&outgoing("o2")).await.is_ok());
        assert_eq!((simulator.sent().len(), simulator.tries()), (2, 3));
    }
}
