//! The error table: what Fonnte's words mean for the message and for the channel.

use std::time::Duration;

use super::field::Fields;
use crate::gateway::http::{Answer, said};
use crate::gateway::{Error, ErrorKind, Retry};

/// The pause after a complaint about too many requests that names no time.
const BREATH: Duration = Duration::from_mins(1);
const LINKED: &str = "device already connect";

/// What is to be done about a reason.
#[derive(Clone, Copy)]
enum Remedy {
    /// This message will never go.
    GiveUp,
    /// Nothing will go until somebody mends it.
    Hold,
    /// It goes at another time.
    Wait,
    /// It goes when we are slower.
    Slower,
}

/// Words of a reason and their remedy; the first row whose words occur counts.
const REASONS: [(&str, Remedy); 22] = [
    ("token invalid", Remedy::Hold),
    ("invalid token", Remedy::Hold),
    ("unknown token", Remedy::Hold),
    ("devices must belong to an account", Remedy::Hold),
    ("disconnected device", Remedy::Hold),
    ("device disconnected", Remedy::Hold),
    ("insufficient quota", Remedy::Hold),
    ("free device already connected", Remedy::Hold),
    (LINKED, Remedy::GiveUp),
    ("target invalid", Remedy::GiveUp),
    ("target input invalid", Remedy::GiveUp),
    ("input invalid", Remedy::GiveUp),
    ("invalid/empty body value", Remedy::GiveUp),
    ("json format invalid", Remedy::GiveUp),
    ("url invalid", Remedy::GiveUp),
    ("url unreachable", Remedy::Wait),
    ("file format not supported", Remedy::GiveUp),
    ("file size must under", Remedy::GiveUp),
    ("invalid message id", Remedy::GiveUp),
    ("cannot delete message", Remedy::GiveUp),
    ("too many requests", Remedy::Slower),
    ("rate limit", Remedy::Slower),
];

/// Lets only a clear yes through; whatever else came says what to do about it.
pub(super) fn verdict(answer: &Answer, token: &str) -> Result<Fields, Error> {
    let fields = Fields::json(&answer.body).unwrap_or_default();
    let status = answer.status.as_u16();
    let word = fields.text("status").to_lowercase();
    match (status, word.as_str()) {
        (200..300, "true") => Ok(fields),
        (200..500, "false") => Err(refusal(status, &reason(&fields), token)),
        (401 | 403, _) => Err(Error::not_allowed(format!("the gateway answers {status}"))),
        (300..500, _) => Err(not_taken(status)),
        _ => Err(unclear(answer)),
    }
}

/// Tells whether a request to link the number failed because it is linked.
pub(super) fn is_linked_already(error: &Error) -> bool {
    error.retry == Retry::Never && error.text.to_lowercase().contains(LINKED)
}

fn reason(fields: &Fields) -> String {
    let said = fields.first(&["reason", "message", "detail", "error"]);
    said.unwrap_or_else(|| "refused without a reason".to_owned())
}

fn refusal(status: u16, reason: &str, token: &str) -> Error {
    let (text, words) = (said(reason, &[token]), reason.to_lowercase());
    let known = REASONS.iter().find(|(known, _)| words.contains(known));
    match known.map(|(_, remedy)| remedy) {
        Some(Remedy::GiveUp) => Error::refused(text),
        Some(Remedy::Hold) => Error::not_allowed(text),
        Some(Remedy::Slower) => Error::new(ErrorKind::RateLimited, Retry::After(BREATH), text),
        None if matches!(status, 401 | 403) => Error::not_allowed(text),
        Some(Remedy::Wait) | None => Error::new(ErrorKind::Refused, Retry::Later, text),
    }
}

/// A redirect or a client error: the request was turned away before anybody read it.
fn not_taken(status: u16) -> Error {
    let text = format!("the gateway answers {status}");
    Error::new(ErrorKind::Unreadable, Retry::Later, text)
}

/// Neither yes nor no: the message may have gone.
fn unclear(answer: &Answer) -> Error {
    let text = format!(
        "the gateway answers {} without saying yes or no",
        answer.status.as_u16()
    );
    let error = Error::ambiguous(ErrorKind::Unreadable, text);
    match answer.retry_after {
        Some(pause) => Error {
            retry: Retry::After(pause),
            ..error
        },
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::*;

    fn judge(status: u16, body: &str) -> Result<Fields, Error> {
        let status = StatusCode::from_u16(status).unwrap();
        let answer = Answer {
            status,
            body: body.as_bytes().to_vec(),
            retry_after: None,
        };
        verdict(&answer, "kunci-rahasia")
    }

    const REMEDIES: [(ErrorKind, Retry, &[&str]); 4] = [
        (
            ErrorKind::NotAllowed,
            Retry::HoldChannel,
            &[
                "token invalid",
                "Invalid Token",
                "unknown token",
                "devices must belong to an account",
                "request invalid on disconnected device",
                "device disconnected",
                "insufficient quota",
                "free device already connected",
            ],
        ),
        (
            ErrorKind::Refused,
            Retry::Never,
            &[
                "device already connect",
                "target invalid",
                "target input invalid",
                "input invalid",
                "invalid/empty body value",
                "JSON format invalid",
                "url invalid",
                "file format not supported",
                "file size must under 4MB",
                "file size must under 10MB",
                "invalid message id",
                "cannot delete message with status processing",
            ],
        ),
        (
            ErrorKind::Refused,
            Retry::Later,
            &["url unreachable", "server sedang sibuk"],
        ),
        (
            ErrorKind::RateLimited,
            Retry::After(BREATH),
            &["Too many requests", "rate limit reached"],
        ),
    ];

    #[test]
    fn every_reason_has_its_remedy() {
        for (kind, retry, reasons) in REMEDIES {
            for (reason, (status, key)) in reasons.iter().flat_map(|it| {
                [(200, "reason"), (400, "Reason"), (404, "detail")].map(|answer| (it, answer))
            }) {
                let body = format!(r#"{{"Status":"FALSE","{key}":"{reason}"}}"#);
                let error = judge(status, &body).unwrap_err();
                let found = (
                    error.kind,
                    error.retry,
                    error.ambiguous,
                    error.text.as_str(),
                );
                assert_eq!(found, (kind, retry, false, *reason), "{status} {reason}");
            }
        }
    }

    #[test]
    fn only_a_clear_yes_is_a_yes() {
        for yes in [
            r#"{"status":true}"#,
            r#"{"Status":"True"}"#,
            r#"{"status":"true","id":[]}"#,
        ] {
            assert!(judge(200, yes).is_ok(), "{yes}");
        }
        for unclear in [
            "",
            "ok",
            "true",
            "<html>status=true</html>",
            "status=true",
            r#"{"status":true"#,
            r#"{"status":1}"#,
            r#"{"status":null}"#,
            r#"{"status":"success"}"#,
            r#"{"status":{"status":true}}"#,
            r#"[{"status":true}]"#,
            "{}",
        ] {
            for status in [200, 500, 502, 503] {
                let error = judge(status, unclear).unwrap_err();
                assert!(error.ambiguous, "{status} {unclear}");
                assert_eq!(error.retry, Retry::Later, "{status} {unclear}");
            }
        }
        assert!(judge(500, r#"{"status":true}"#).unwrap_err().ambiguous);
        assert!(
            judge(500, r#"{"status":false,"reason":"x"}"#)
                .unwrap_err()
                .ambiguous
        );
    }

    #[test]
    fn a_client_error_or_a_redirect_sent_nothing() {
        for (status, kind, retry) in [
            (302, ErrorKind::Unreadable, Retry::Later),
            (400, ErrorKind::Unreadable, Retry::Later),
            (401, ErrorKind::NotAllowed, Retry::HoldChannel),
            (403, ErrorKind::NotAllowed, Retry::HoldChannel),
            (404, ErrorKind::Unreadable, Retry::Later),
            (413, ErrorKind::Unreadable, Retry::Later),
        ] {
            let error = judge(status, "<html>").unwrap_err();
            assert_eq!(
                (error.kind, error.retry, error.ambiguous),
                (kind, retry, false),
                "{status}"
            );
        }
    }

    #[test]
    fn an_unknown_reason_with_401_is_about_us() {
        let error = judge(401, r#"{"status":false,"reason":"siapa ini"}"#).unwrap_err();
        assert_eq!(
            (error.retry, error.text.as_str()),
            (Retry::HoldChannel, "siapa ini")
        );
    }

    #[test]
    fn a_reason_that_repeats_our_token_is_told_without_it() {
        let error =
            judge(200, r#"{"status":false,"reason":"no kunci-rahasia\nhere"}"#).unwrap_err();
        assert_eq!(error.text, "no … here");
    }

    #[test]
    fn a_refusal_without_a_reason_still_says_something() {
        assert_eq!(
            judge(200, r#"{"status":false}"#).unwrap_err().text,
            "refused without a reason"
        );
    }
}
