//! From the webhook to the reply: what people outside see, and what the desk keeps of it.

mod audit;
mod numbers;
mod officer;
mod outbox;
mod repeats;
mod reporter;
mod transcript;
mod webhook;
