//! From the webhook to the reply: what people outside see, and what the desk keeps of it.

mod repeats;
mod transcript;
