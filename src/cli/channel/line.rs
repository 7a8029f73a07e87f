//! A channel as a command uses it: the gateway itself, without the queue.

use std::sync::Arc;

use serde_json::Value;

use crate::cli::act::Session;
use crate::cli::failure::{Code, Failure};
use crate::cli::worker::{client, gateway};
use crate::domain::permission::Act;
use crate::domain::phone::{Address, Phone};
use crate::gateway::{Accepted, Body, Capability, Error, Gateway, Outgoing};
use crate::i18n::Phrase;
use crate::store::audit::Entry;

type Ability = fn(&Capability) -> bool;

/// What a gateway may be able to do, with the texts that name it.
const ABILITIES: [(&str, Ability); 7] = [
    ("can-send-file", |can| can.send_file),
    ("can-send-location", |can| can.send_location),
    ("can-quote", |can| can.quote),
    ("can-login-qr", |can| can.login_qr),
    ("can-login-code", |can| can.login_code),
    ("can-logout", |can| can.logout),
    ("can-check", |can| can.number_check),
];

/// A channel and whoever uses it.
pub(super) struct Line<'s> {
    session: &'s Session<'s>,
    name: &'s str,
    kind: &'static str,
    pub(super) gateway: Arc<dyn Gateway>,
}

impl<'s> Line<'s> {
    /// Opens a channel of the settings.
    pub(super) fn open(session: &'s Session<'_>, name: &'s str) -> Result<Self, Failure> {
        session.actor.check(Act::ManageChannels)?;
        let settings = session.desk.settings();
        let client = client(&settings.config, session.desk.clock.clone())?;
        let gateway = gateway(&settings.config, name, &client)?;
        let mut channels = settings.config.channel.iter();
        let kind = channels.find(|channel| channel.name == name);
        let kind = kind.map_or("", |channel| channel.gateway.as_str());
        Ok(Self {
            session,
            name,
            kind,
            gateway,
        })
    }

    /// Refuses what the gateway cannot do, and tells what it can.
    pub(super) fn can(
        &self,
        what: &'static str,
        can: impl Fn(&Capability) -> bool,
    ) -> Result<(), Failure> {
        let capability = self.gateway.capability();
        if can(&capability) {
            return Ok(());
        }
        let shell = self.session.shell;
        let able = ABILITIES.iter().filter(|(_, able)| able(&capability));
        let able: Vec<String> = able.map(|(id, _)| shell.say(id, &[])).collect();
        let values = [
            ("gateway", self.kind.into()),
            ("channel", self.name.to_owned().into()),
            ("what", shell.say(what, &[]).into()),
            ("able", able.join(", ").into()),
        ];
        Err(Failure::new(
            Code::Refused,
            Phrase::new("error-gateway-lacks", values),
        ))
    }

    /// Reads a phone number.
    pub(super) fn phone(&self, raw: &str) -> Result<Phone, Failure> {
        let settings = self.session.desk.settings();
        Phone::parse(raw, &settings.config.org.country_code).map_err(|_| {
            let values = [("value", raw.to_owned().into())];
            Failure::new(Code::Usage, Phrase::new("why-phone", values))
        })
    }

    /// Sends a text at once.
    pub(super) async fn send(&self, to: &Phone, text: String) -> Result<Accepted, Error> {
        let message = Outgoing {
            id: uuid::Uuid::new_v4().to_string(),
            to: Address::Phone(to.clone()),
            body: Body::Text(text),
            quote: None,
        };
        self.gateway.send(&message).await
    }

    /// Writes down what was done with the channel.
    pub(super) async fn note(&self, act: &'static str, detail: Value) -> Result<(), Failure> {
        let entry = Entry {
            act,
            object: self.name.to_owned(),
            detail: detail.to_string(),
            undoable: false,
        };
        self.session
            .act(async |work| {
                work.audit(entry.clone());
                Ok(())
            })
            .await
    }

    /// Says why the gateway did not do it.
    pub(super) fn failed(&self, error: &Error) -> Failure {
        let values = [
            ("channel", self.name.to_owned().into()),
            ("why", error.text.clone().into()),
        ];
        Failure::new(Code::Failed, Phrase::new("error-gateway", values))
    }
}
