//! Who wrote: any spelling of a phone number, or of an identity without one, → one address.
//! An address is a typed value; nothing here guesses a phone from the digits of another kind.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::text;

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was written.
    #[error("the phone number is empty")]
    Empty,
    /// Something other than digits and the usual punctuation.
    #[error("a phone number has digits only")]
    NotDigits,
    /// Fewer digits than any subscriber has.
    #[error("the phone number is too short")]
    TooShort,
    /// More digits than we take for a phone; hidden ids look like this.
    #[error("the phone number is too long")]
    TooLong,
    /// An identity of another kind, or of a server we do not know.
    #[error("this is not the address of a phone")]
    NotAPhone,
}

/// A phone number in E.164 digits, without the plus.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Ids of 15 digits are what gateways send for hidden numbers; real phones stay below.
const DIGITS: std::ops::RangeInclusive<usize> = 8..=14;

impl Phone {
    /// Reads a number as people and gateways write it; `country_code` is that of the desk.
    pub fn parse(raw: &str, country_code: &str) -> Result<Self, PhoneError> {
        let spelled = spelled(raw);
        let Some((user, server)) = spelled.split_once('@') else {
            return Self::from_digits(&national(&spelled, country_code)?);
        };
        if !matches!(server, "c.us" | "s.whatsapp.net") {
            return Err(PhoneError::NotAPhone);
        }
        let digits = without_device(user);
        let digits = digits.strip_prefix('+').unwrap_or(digits);
        match digits.strip_prefix('0') {
            Some(_) => Self::from_digits(&national(digits, country_code)?),
            None => Self::from_digits(digits),
        }
    }

    /// Returns the digits, country code first, without a plus.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the number with at least four digits hidden, as logs and strangers may see it.
    pub fn masked(&self) -> String {
        let (head, tail) = (self.0.len().saturating_sub(8).min(5), self.0.len() - 4);
        format!("+{}••••{}", &self.0[..head], &self.0[tail..])
    }

    fn from_digits(digits: &str) -> Result<Self, PhoneError> {
        if digits.is_empty() {
            return Err(PhoneError::Empty);
        }
        if digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneError::NotDigits);
        }
        match digits.len() {
            n if n < *DIGITS.start() => Err(PhoneError::TooShort),
            n if n > *DIGITS.end() => Err(PhoneError::TooLong),
            _ => Ok(Self(digits.to_owned())),
        }
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masked, because what is printed for debugging ends in logs.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(digits: String) -> Result<Self, PhoneError> {
        Self::from_digits(&digits)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// One identity on a channel. Two are the same person's only when the store says so.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Address {
    /// A phone number.
    Phone(Phone),
    /// A hidden number: an id that only looks like digits.
    Lid(String),
    /// A business-scoped id, `CC.` and letters or digits.
    Scoped(String),
    /// A group chat.
    Group(String),
}

impl Address {
    /// Reads a sender as gateways give it; its kind follows from its form alone.
    pub fn parse(raw: &str, country_code: &str) -> Result<Self, PhoneError> {
        let spelled = spelled(raw);
        match spelled.split_once('@') {
            Some((user, "lid")) => id(without_device(user), is_digit).map(Self::Lid),
            Some((user, "g.us")) => id(user, is_group).map(Self::Group),
            None if is_bare_group(&spelled) => Ok(Self::Group(spelled)),
            None if is_scoped(&spelled) => Ok(Self::Scoped(scoped(&spelled))),
            _ => Phone::parse(&spelled, country_code).map(Self::Phone),
        }
    }

    /// Returns the one spelling that is stored and compared: `phone:62…`, `lid:…`.
    pub fn canonical(&self) -> String {
        self.to_string()
    }

    /// Reads back what `canonical` wrote, and nothing else.
    pub fn from_canonical(stored: &str) -> Result<Self, PhoneError> {
        match stored.split_once(':').ok_or(PhoneError::NotAPhone)? {
            ("phone", digits) => Phone::from_digits(digits).map(Self::Phone),
            ("lid", digits) => id(digits, is_digit).map(Self::Lid),
            ("user", user) if is_scoped(user) => Ok(Self::Scoped(scoped(user))),
            ("group", group) => id(group, is_group).map(Self::Group),
            _ => Err(PhoneError::NotAPhone),
        }
    }

    /// Returns the phone, where the address is one.
    pub fn phone(&self) -> Option<&Phone> {
        match self {
            Self::Phone(phone) => Some(phone),
            _ => None,
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(phone) => write!(f, "phone:{phone}"),
            Self::Lid(id) => write!(f, "lid:{id}"),
            Self::Scoped(id) => write!(f, "user:{id}"),
            Self::Group(id) => write!(f, "group:{id}"),
        }
    }
}

impl TryFrom<String> for Address {
    type Error = PhoneError;

    fn try_from(stored: String) -> Result<Self, PhoneError> {
        Self::from_canonical(&stored)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.canonical()
    }
}

/// Who wrote, and in which group if it was in one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sender {
    /// The group the message stands in; none in a private chat.
    pub group: Option<Address>,
    /// The one who wrote it.
    pub person: Address,
}

/// Longest spelling that is looked at; no address is as long.
const LONGEST: usize = 200;

/// Resolves full-width forms and drops invisible marks and outer blanks.
fn spelled(raw: &str) -> String {
    let seen = raw.nfkc().take(LONGEST).collect::<String>();
    text::display(&seen).text.trim().to_owned()
}

/// Drops the device of a linked phone: `62…:12` → `62…`.
fn without_device(user: &str) -> &str {
    match user.split_once(':') {
        Some((id, device)) if !device.is_empty() && device.bytes().all(|b| b.is_ascii_digit()) => {
            id
        }
        _ => user,
    }
}

/// Turns a number as people write it into international digits.
fn national(spelled: &str, country_code: &str) -> Result<String, PhoneError> {
    let digits = digits(spelled)?;
    let home = |subscriber: &str| format!("{country_code}{subscriber}");
    let international = match digits.strip_prefix("00") {
        Some(rest) => rest,
        None if spelled.starts_with('+') => &digits,
        None if digits.starts_with('0') => return Ok(home(&digits[1..])),
        None if is_bare_mobile(&digits, country_code) => return Ok(home(&digits)),
        // Bare digits of this length are an id; taking a zero out must not make it a phone.
        None if digits.len() > *DIGITS.end() => return Err(PhoneError::TooLong),
        None => &digits,
    };
    // `+62 (0)811 …`: the trunk digit is often left standing behind the country code.
    let trunk = international
        .strip_prefix(country_code)
        .and_then(|rest| rest.strip_prefix('0'));
    Ok(trunk.map_or_else(|| international.to_owned(), home))
}

fn digits(spelled: &str) -> Result<String, PhoneError> {
    let number = spelled.strip_prefix('+').unwrap_or(spelled);
    let punctuation = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '.' | '(' | ')' | '/' | '\u{2010}'..='\u{2015}')
    };
    let digits: String = number.chars().filter(|&c| !punctuation(c)).collect();
    let only_digits = digits.bytes().all(|b| b.is_ascii_digit());
    only_digits.then_some(digits).ok_or(PhoneError::NotDigits)
}

/// Indonesian mobiles are often written without zero or country code: `811 0000 0001`.
fn is_bare_mobile(digits: &str, country_code: &str) -> bool {
    country_code == "62" && digits.starts_with('8') && (9..=12).contains(&digits.len())
}

fn id(text: &str, allowed: fn(char) -> bool) -> Result<String, PhoneError> {
    match (text.len(), text.chars().all(allowed)) {
        (0, _) => Err(PhoneError::Empty),
        (1..=40, true) => Ok(text.to_owned()),
        (1..=40, false) => Err(PhoneError::NotDigits),
        _ => Err(PhoneError::TooLong),
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn is_group(c: char) -> bool {
    c.is_ascii_digit() || c == '-'
}

fn is_bare_group(text: &str) -> bool {
    text.len() >= 15 && text.starts_with("120363") && id(text, is_digit).is_ok()
}

fn is_scoped(text: &str) -> bool {
    text.split_once('.').is_some_and(|(country, id)| {
        country.len() == 2
            && country.bytes().all(|b| b.is_ascii_alphabetic())
            && (1..=128).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

/// The country is a code and has no case; the id behind it is opaque and keeps its own.
fn scoped(text: &str) -> String {
    let (country, id) = text.split_at(2);
    country.to_ascii_uppercase() + id
}

#[cfg(test)]
mod tests;
