//! The fixed values of fields: each has one code for the canonical form and one label a language.

use crate::domain::{
    lang::{Lang, plain},
    permission::Level,
    priority::Priority,
    status::Status,
};

/// A value out of a closed set of words.
pub trait Choice: Copy + PartialEq + 'static {
    /// Returns every value.
    fn all() -> Vec<Self>;

    /// Returns the word of the canonical form.
    fn code(self) -> &'static str;

    /// Returns the word shown to people.
    fn label(self, lang: Lang) -> &'static str;

    /// Returns further words that mean the same.
    fn also(self) -> &'static [&'static str] {
        &[]
    }

    /// Reads a code or a label of either language, in any case and spacing.
    fn read(word: &str) -> Option<Self> {
        let word = plain(word);
        Self::all().into_iter().find(|value| {
            let own = [value.code(), value.label(Lang::Id), value.label(Lang::En)];
            own.iter()
                .chain(value.also())
                .any(|known| plain(known) == word)
        })
    }

    /// Returns the values as a language writes them in a filter.
    fn values(lang: Lang) -> Vec<String> {
        Self::all()
            .into_iter()
            .map(|value| plain(value.label(lang)))
            .collect()
    }
}

/// A status, or all that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    /// Exactly this status.
    Is(Status),
    /// Any open status.
    Open,
}

impl Choice for StatusWord {
    fn all() -> Vec<Self> {
        Status::ALL
            .into_iter()
            .map(Self::Is)
            .chain([Self::Open])
            .collect()
    }

    fn code(self) -> &'static str {
        match self {
            Self::Is(status) => status.as_str(),
            Self::Open => "open",
        }
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Is(status) => status.label(lang),
            Self::Open => lang.pick("terbuka", "open"),
        }
    }

    fn also(self) -> &'static [&'static str] {
        match self {
            Self::Is(Status::Cancelled) => &["canceled"],
            _ => &[],
        }
    }
}

impl Choice for Priority {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn code(self) -> &'static str {
        self.as_str()
    }

    fn label(self, lang: Lang) -> &'static str {
        Self::label(self, lang)
    }

    /// Reads a word or any start of it; no two priorities start alike.
    fn read(word: &str) -> Option<Self> {
        let start = plain(word.trim_end_matches('*'));
        let begins = |value: &Self| {
            Lang::ALL
                .iter()
                .any(|&lang| Self::label(*value, lang).starts_with(&start))
        };
        Self::ALL
            .into_iter()
            .find(|value| !start.is_empty() && begins(value))
    }
}

impl Choice for Level {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn code(self) -> &'static str {
        self.as_str()
    }

    fn label(self, lang: Lang) -> &'static str {
        Self::label(self, lang)
    }

    fn also(self) -> &'static [&'static str] {
        match self {
            Self::Administrator => &["admin"],
            _ => &[],
        }
    }
}

/// The state of the completion target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlaWord {
    /// Time enough.
    Ok,
    /// Four fifths of the time are used.
    Near,
    /// The time is over.
    Breached,
}

impl Choice for SlaWord {
    fn all() -> Vec<Self> {
        vec![Self::Ok, Self::Near, Self::Breached]
    }

    fn code(self) -> &'static str {
        self.label(Lang::En)
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Ok => lang.pick("aman", "ok"),
            Self::Near => lang.pick("dekat", "near"),
            Self::Breached => lang.pick("lewat", "breached"),
        }
    }
}

/// Something that belongs to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HasWord {
    /// A picture or another file.
    Photo,
    /// A note of the desk or of an officer.
    Note,
    /// An answer to the reporter.
    Reply,
    /// A message that could not be sent.
    FailedSend,
}

impl Choice for HasWord {
    fn all() -> Vec<Self> {
        vec![Self::Photo, Self::Note, Self::Reply, Self::FailedSend]
    }

    fn code(self) -> &'static str {
        match self {
            Self::FailedSend => "failed-send",
            other => other.label(Lang::En),
        }
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Photo => lang.pick("foto", "photo"),
            Self::Note => lang.pick("catatan", "note"),
            Self::Reply => lang.pick("balasan", "reply"),
            Self::FailedSend => lang.pick("gagal kirim", "failed send"),
        }
    }
}

/// The state of an outgoing message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendWord {
    /// Kept back so that it can still be taken back.
    Held,
    /// Waits for its turn.
    Pending,
    /// A worker has taken it.
    Sending,
    /// Will be tried again.
    Retry,
    /// Perhaps sent; the gateway did not say.
    Unknown,
    /// The gateway has it.
    Sent,
    /// The phone has it.
    Delivered,
    /// The person has read it.
    Read,
    /// Needs a person.
    Failed,
    /// Taken back.
    Cancelled,
}

impl Choice for SendWord {
    fn all() -> Vec<Self> {
        vec![
            Self::Held,
            Self::Pending,
            Self::Sending,
            Self::Retry,
            Self::Unknown,
            Self::Sent,
            Self::Delivered,
            Self::Read,
            Self::Failed,
            Self::Cancelled,
        ]
    }

    fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Pending => "pending",
            Self::Sending => "sending",
            Self::Retry => "retry",
            Self::Unknown => "unknown",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Held => lang.pick("Ditahan", "Held"),
            Self::Pending => lang.pick("Menunggu", "Queued"),
            Self::Sending => lang.pick("Mengirim", "Sending"),
            Self::Retry => lang.pick("Dicoba lagi", "Retrying"),
            Self::Unknown => lang.pick("Tak pasti", "Unknown"),
            Self::Sent => lang.pick("Terkirim", "Sent"),
            Self::Delivered => lang.pick("Sampai", "Delivered"),
            Self::Read => lang.pick("Dibaca", "Read"),
            Self::Failed => lang.pick("Gagal", "Failed"),
            Self::Cancelled => lang.pick("Dibatalkan", "Cancelled"),
        }
    }
}

/// Whether free text may still be sent to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowWord {
    /// It may.
    Open,
    /// Only a template may.
    Closed,
}

impl Choice for WindowWord {
    fn all() -> Vec<Self> {
        vec![Self::Open, Self::Closed]
    }

    fn code(self) -> &'static str {
        self.label(Lang::En)
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Open => lang.pick("buka", "open"),
            Self::Closed => lang.pick("tutup", "closed"),
        }
    }

    fn also(self) -> &'static [&'static str] {
        match self {
            Self::Open => &["terbuka"],
            Self::Closed => &["tertutup"],
        }
    }
}

/// A plain yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YesNo {
    /// It is so.
    Yes,
    /// It is not so, or not yet.
    No,
}

impl Choice for YesNo {
    fn all() -> Vec<Self> {
        vec![Self::Yes, Self::No]
    }

    fn code(self) -> &'static str {
        self.label(Lang::En)
    }

    fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Yes => lang.pick("sudah", "yes"),
            Self::No => lang.pick("belum", "no"),
        }
    }

    fn also(self) -> &'static [&'static str] {
        match self {
            Self::Yes => &["ya"],
            Self::No => &["tidak"],
        }
    }
}
