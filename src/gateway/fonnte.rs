//! Fonnte: an unofficial gateway that speaks forms, answers 200 to everything and repeats a
//! webhook for fifteen minutes.
//!
//! `settings`, `request` (out), `delivery` (in), `reason` (what its failures mean).

use futures_util::future::BoxFuture;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Method, RequestBuilder};

use super::http::Client;
use super::{
    Accepted, Capability, Delivery, Device, Error, Event, Gateway, LoginBy, Outgoing, Pairing,
    Proof,
};
use crate::domain::phone::Phone;
use field::Fields;

mod delivery;
mod field;
mod reason;
mod request;
mod settings;

pub use settings::Settings;

/// One device at Fonnte.
pub struct Fonnte {
    settings: Settings,
    client: Client,
    /// Two checks of numbers at once disturb each other at Fonnte.
    checking: tokio::sync::Mutex<()>,
}

impl Fonnte {
    /// Makes the adapter of one channel.
    pub fn new(settings: Settings, client: Client) -> Self {
        Self {
            settings,
            client,
            checking: tokio::sync::Mutex::new(()),
        }
    }

    fn post(&self, name: &str) -> Result<RequestBuilder, Error> {
        let mut token = HeaderValue::from_str(self.settings.token().trim())
            .map_err(|_| Error::not_allowed("the token holds characters that no token has"))?;
        token.set_sensitive(true);
        let base = self.settings.base_url.trim_end_matches('/');
        let url = format!("{base}/{name}");
        Ok(self
            .client
            .request(Method::POST, &url)
            .header(AUTHORIZATION, token))
    }

    /// Makes a call and lets only a clear yes through.
    async fn call(&self, request: RequestBuilder) -> Result<Fields, Error> {
        let answer = self.client.call(request).await?;
        reason::verdict(&answer, self.settings.token())
    }

    /// Asks something that sends nothing.
    async fn ask(&self, name: &str, form: &[(&str, String)]) -> Result<Fields, Error> {
        let request = self.post(name)?.form(form);
        self.call(request).await.map_err(Error::of_a_question)
    }

    async fn send_one(&self, message: &Outgoing) -> Result<Accepted, Error> {
        let parcel = request::parcel(message)?;
        let fields = self.call(parcel.pack(self.post("send")?)?).await?;
        request::accepted(&fields)
    }

    async fn log_in(&self, by: LoginBy) -> Result<Pairing, Error> {
        let form = request::login(by, self.settings.own_number().as_ref())?;
        match self.ask("qr", &form).await {
            Ok(fields) => request::pairing(by, &fields),
            Err(error) if reason::is_linked_already(&error) => Ok(Pairing::Connected),
            Err(error) => Err(error),
        }
    }

    async fn check_all(&self, phones: &[Phone]) -> Result<Vec<bool>, Error> {
        let _one_at_a_time = self.checking.lock().await;
        let mut found = Vec::with_capacity(phones.len());
        for some in phones.chunks(request::CHECKS_A_CALL) {
            let fields = self.ask("validate", &request::check(some)).await?;
            found.extend(request::registered(some, &fields));
        }
        Ok(found)
    }
}

impl Gateway for Fonnte {
    fn capability(&self) -> Capability {
        settings::CAPABILITY
    }

    fn genuine(&self, proof: &Proof<'_>) -> bool {
        delivery::genuine(&self.settings, proof)
    }

    fn delivery_key(&self, delivery: &Delivery) -> String {
        delivery::key(&self.settings, delivery)
    }

    fn read(&self, delivery: &Delivery) -> Vec<Event> {
        vec![delivery::event(&self.settings, delivery)]
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> BoxFuture<'a, Result<Accepted, Error>> {
        Box::pin(self.send_one(message))
    }

    fn device(&self) -> BoxFuture<'_, Result<Device, Error>> {
        Box::pin(async { Ok(request::device(&self.ask("device", &[]).await?)) })
    }

    fn login(&self, by: LoginBy) -> BoxFuture<'_, Result<Pairing, Error>> {
        Box::pin(self.log_in(by))
    }

    fn logout(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async { self.ask("disconnect", &[]).await.map(drop) })
    }

    fn check<'a>(&'a self, phones: &'a [Phone]) -> BoxFuture<'a, Result<Vec<bool>, Error>> {
        Box::pin(self.check_all(phones))
    }

    fn media_host(&self, host: &str) -> bool {
        self.settings.is_media_host(host)
    }

    fn is_local(&self) -> bool {
        super::http::is_local(&self.settings.base_url)
    }
}

#[cfg(test)]
mod tests;
