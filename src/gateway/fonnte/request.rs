//! What goes out to Fonnte, and what its answers hold. Everything is a form, because its JSON is
//! refused for the smallest wrong type.
//!
//! Texts go as they are: braces may stand for variables at Fonnte, but a single target carries
//! none, and a hidden mark inside a stranger's text would be worse than a lost brace.

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};

use super::field::Fields;
use crate::domain::phone::{Address, Phone};
use crate::gateway::{
    Accepted, Body, Content, Device, Error, ErrorKind, File, LoginBy, MediaKind, Outgoing, Pairing,
    Retry,
};

/// How many numbers one call may check.
pub(super) const CHECKS_A_CALL: usize = 500;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The longest pairing code; anything longer is something else.
const CODE_LETTERS: usize = 12;

/// A message as the form that Fonnte takes.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parcel {
    fields: Vec<(&'static str, String)>,
    upload: Option<(String, Vec<u8>)>,
}

impl Parcel {
    fn put(&mut self, key: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push((key, value));
        }
    }

    /// Writes the form; multipart only where bytes travel along.
    pub(super) fn pack(self, request: RequestBuilder) -> Result<RequestBuilder, Error> {
        let Some((name, bytes)) = self.upload else {
            return Ok(request.form(&self.fields));
        };
        let part = Part::bytes(bytes)
            .mime_str(mime(&name))
            .map_err(|error| Error::refused(error.to_string()))?;
        let form = self
            .fields
            .into_iter()
            .fold(Form::new(), |form, (key, it)| form.text(key, it));
        Ok(request.multipart(form.part("file", part.file_name(name))))
    }
}

/// Writes a message as a form with only what it needs.
pub(super) fn parcel(message: &Outgoing) -> Result<Parcel, Error> {
    let mut parcel = Parcel::default();
    parcel.put("target", target(&message.to)?);
    parcel.put("countryCode", "0");
    match &message.body {
        Body::Text(text) => parcel.put("message", text),
        Body::Location(place) => {
            parcel.put(
                "location",
                format!("{},{}", place.latitude, place.longitude),
            );
        }
        Body::File(file) => put_file(&mut parcel, file),
    }
    let quote = message
        .quote
        .as_deref()
        .and_then(|it| it.parse::<u64>().ok());
    if let Some(quote) = quote.filter(|it| *it > 0) {
        parcel.put("inboxid", quote.to_string());
    }
    Ok(parcel)
}

/// Returns the one target; a comma or a bar in it would make it several.
fn target(to: &Address) -> Result<String, Error> {
    match to {
        Address::Phone(phone) => Ok(phone.to_string()),
        Address::Group(group) => Ok(format!("{group}@g.us")),
        Address::Lid(_) | Address::Scoped(_) => Err(Error::refused(
            "Fonnte sends to telephone numbers and groups only",
        )),
    }
}

fn put_file(parcel: &mut Parcel, file: &File) {
    parcel.put("message", &file.caption);
    match &file.content {
        Content::Link(url) => parcel.put("url", url),
        Content::Bytes(bytes) => parcel.upload = Some((upload_name(file), bytes.clone())),
    }
    if file.kind == MediaKind::Document {
        parcel.put("filename", &file.filename);
    }
}

/// Returns a name with an ending, which Fonnte goes by.
fn upload_name(file: &File) -> String {
    let ends = file
        .filename
        .rsplit_once('.')
        .is_some_and(|(stem, _)| !stem.is_empty());
    let default = match file.kind {
        _ if ends => file.filename.as_str(),
        MediaKind::Image => "image.jpg",
        MediaKind::Video => "video.mp4",
        MediaKind::Audio => "audio.mp3",
        MediaKind::Document => "document.pdf",
        MediaKind::Sticker => "sticker.webp",
    };
    default.to_owned()
}

fn mime(name: &str) -> &'static str {
    let ending = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match ending.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "webp" => "image/webp",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// Reads the answer to a message that was taken.
pub(super) fn accepted(fields: &Fields) -> Result<Accepted, Error> {
    // A target that turns out to be none is left out of an answer that says yes.
    if fields.is_empty_list("target") {
        return Err(Error::refused("target invalid"));
    }
    let id = fields.first(&["id"]);
    Ok(Accepted {
        gateway_id: id.map(|it| format!("id:{it}")),
        quota_left: quota(fields),
    })
}

/// Reads what is left; the map's key is our number in a spelling nobody knows.
fn quota(fields: &Fields) -> Option<i64> {
    let devices = fields.value("quota")?.as_object()?;
    let left = devices.values().next()?.get("remaining")?;
    left.as_i64().or_else(|| left.as_str()?.trim().parse().ok())
}

/// Reads the state of the number.
pub(super) fn device(fields: &Fields) -> Device {
    let package = fields.first(&["package"]);
    let expiry = fields.first(&["expired"]).map(|it| format!("until {it}"));
    let note = [package, expiry]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    Device {
        connected: fields
            .text("device_status")
            .trim()
            .eq_ignore_ascii_case("connect"),
        number: fields.first(&["device"]),
        name: fields.first(&["name"]),
        quota_left: fields.number("quota"),
        note: (!note.is_empty()).then_some(note),
    }
}

/// Writes the request to link the number.
pub(super) fn login(
    by: LoginBy,
    number: Option<&Phone>,
) -> Result<Vec<(&'static str, String)>, Error> {
    let kind = match by {
        LoginBy::Qr => "qr",
        LoginBy::Code if number.is_none() => {
            return Err(Error::refused(
                "a pairing code needs the channel's own number (device)",
            ));
        }
        LoginBy::Code => "code",
    };
    let mut form = vec![("type", kind.to_owned())];
    form.extend(number.map(|it| ("whatsapp", it.to_string())));
    Ok(form)
}

/// Reads the picture or the code; where the code stands is written nowhere.
pub(super) fn pairing(by: LoginBy, fields: &Fields) -> Result<Pairing, Error> {
    let found = match by {
        LoginBy::Qr => fields
            .first(&["url", "qr"])
            .and_then(|it| png(&it))
            .map(Pairing::QrPng),
        LoginBy::Code => ["code", "pairing_code", "pairingcode", "pairing", "url"]
            .iter()
            .filter_map(|key| fields.first(&[key]))
            .find(|it| is_code(it))
            .map(Pairing::Code),
    };
    let nothing = "the answer holds no way to link the number";
    found.ok_or_else(|| Error::new(ErrorKind::Unreadable, Retry::Later, nothing))
}

fn is_code(text: &str) -> bool {
    let letters = text
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || it == '-');
    letters && (6..=CODE_LETTERS).contains(&text.len())
}

fn png(text: &str) -> Option<Vec<u8>> {
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let base64 = text.rsplit_once("base64,").map_or(text, |(_, it)| it);
    let base64: String = base64.split_whitespace().collect();
    let bytes = GeneralPurpose::new(&ALPHABET, lenient)
        .decode(base64)
        .ok()?;
    bytes.starts_with(PNG).then_some(bytes)
}

/// Writes the question which of these numbers are on `WhatsApp`.
pub(super) fn check(phones: &[Phone]) -> Vec<(&'static str, String)> {
    let targets = phones
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",");
    vec![("target", targets), ("countryCode", "0".to_owned())]
}

/// Reads which of them are; a number that the answer leaves out is not.
pub(super) fn registered(phones: &[Phone], fields: &Fields) -> Vec<bool> {
    let registered = fields.list("registered");
    let digits = |it: &String| it.chars().filter(char::is_ascii_digit).collect::<String>();
    let registered: Vec<String> = registered.iter().map(digits).collect();
    phones
        .iter()
        .map(|phone| registered.iter().any(|it| it == phone.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::gateway::Location;

    fn outgoing(body: Body) -> Outgoing {
        let to = Address::parse("6281100000001", "62").unwrap();
        Outgoing {
            id: "o1".to_owned(),
            to,
            body,
            quote: None,
        }
    }

    fn file(kind: MediaKind, filename: &str, content: Content) -> Body {
        let filename = filename.to_owned();
        Body::File(File {
            kind,
            content,
            filename,
            caption: "foto".to_owned(),
        })
    }

    fn fields(value: Value) -> Fields {
        Fields::json(value.to_string().as_bytes()).unwrap()
    }

    fn sent(message: &Outgoing) -> Vec<(&'static str, String)> {
        parcel(message).unwrap().fields
    }

    fn pairs<const N: usize>(pairs: [(&'static str, &str); N]) -> Vec<(&'static str, String)> {
        pairs.map(|(key, value)| (key, value.to_owned())).to_vec()
    }

    #[test]
    fn a_text_needs_three_fields() {
        let text = "Laporan {BRT-1} diterima, terima kasih | salam";
        let expected = pairs([
            ("target", "6281100000001"),
            ("countryCode", "0"),
            ("message", text),
        ]);
        assert_eq!(sent(&outgoing(Body::Text(text.to_owned()))), expected);
    }

    #[test]
    fn only_a_number_above_zero_is_quoted() {
        for (quote, expected) in [
            (Some("48120077"), Some("48120077")),
            (Some("0"), None),
            (Some(""), None),
            (Some("id:4"), None),
            (Some("-4"), None),
            (None, None),
        ] {
            let quote = quote.map(str::to_owned);
            let message = Outgoing {
                quote,
                ..outgoing(Body::Text("ya".to_owned()))
            };
            let fields = sent(&message);
            let found = fields
                .iter()
                .find(|it| it.0 == "inboxid")
                .map(|it| it.1.as_str());
            assert_eq!(found, expected, "{:?}", message.quote);
        }
    }

    #[test]
    fn a_group_is_named_with_its_ending_and_a_hidden_number_is_refused_here() {
        for (to, expected) in [
            ("120363000000000001@g.us", Some("120363000000000001@g.us")),
            ("120363000000000001", Some("120363000000000001@g.us")),
            ("0811-0000-0001", Some("6281100000001")),
            ("123456789012345@lid", None),
            ("ID.abc123", None),
        ] {
            let found = target(&Address::parse(to, "62").unwrap());
            assert_eq!(found.as_deref().ok(), expected, "{to}");
            if let Err(error) = found {
                assert_eq!(
                    (error.retry, error.ambiguous),
                    (Retry::Never, false),
                    "{to}"
                );
            }
        }
    }

    #[test]
    fn a_place_is_two_numbers() {
        let body = Body::Location(Location {
            latitude: -6.2,
            longitude: 106.816_666,
            name: Some("Gedung B".to_owned()),
            address: None,
        });
        assert_eq!(
            sent(&outgoing(body))[2],
            ("location", "-6.2,106.816666".to_owned())
        );
    }

    #[test]
    fn a_link_goes_as_a_link_and_only_documents_keep_their_name() {
        let link = || Content::Link("https://contoh.test/a".to_owned());
        for (kind, named) in [
            (MediaKind::Image, false),
            (MediaKind::Video, false),
            (MediaKind::Audio, false),
            (MediaKind::Sticker, false),
            (MediaKind::Document, true),
        ] {
            let parcel = parcel(&outgoing(file(kind, "surat.pdf", link()))).unwrap();
            assert!(
                parcel
                    .fields
                    .contains(&("url", "https://contoh.test/a".to_owned()))
            );
            assert!(parcel.fields.contains(&("message", "foto".to_owned())));
            let name = parcel.fields.iter().any(|it| it.0 == "filename");
            assert_eq!(name, named, "{kind:?}");
            assert_eq!(parcel.upload, None, "{kind:?}");
        }
    }

    #[test]
    fn an_upload_has_a_name_with_an_ending() {
        for (kind, name, expected, mime_type) in [
            (MediaKind::Image, "", "image.jpg", "image/jpeg"),
            (MediaKind::Image, "a.PNG", "a.PNG", "image/png"),
            (
                MediaKind::Document,
                "surat",
                "document.pdf",
                "application/pdf",
            ),
            (
                MediaKind::Document,
                "x.csv",
                "x.csv",
                "application/octet-stream",
            ),
            (MediaKind::Audio, ".mp3", "audio.mp3", "audio/mpeg"),
            (MediaKind::Video, "", "video.mp4", "video/mp4"),
            (MediaKind::Sticker, "", "sticker.webp", "image/webp"),
        ] {
            let body = file(kind, name, Content::Bytes(vec![7]));
            let (found, bytes) = parcel(&outgoing(body)).unwrap().upload.unwrap();
            assert_eq!(
                (found.as_str(), mime(&found)),
                (expected, mime_type),
                "{kind:?} {name}"
            );
            assert_eq!(bytes, [7]);
        }
    }

    #[test]
    fn the_id_is_read_as_text_and_as_a_number() {
        for (answer, id, left) in [
            (json!({"id": [151_000_321]}), Some("id:151000321"), None),
            (json!({"id": ["151000321"]}), Some("id:151000321"), None),
            (json!({"ID": 151_000_321}), Some("id:151000321"), None),
            (
                json!({"id": "151000321", "target": ["62811"]}),
                Some("id:151000321"),
                None,
            ),
            (json!({"id": []}), None, None),
            (
                json!({"quota": {"0811": {"remaining": 999}}}),
                None,
                Some(999),
            ),
            (
                json!({"quota": {"0811": {"remaining": "999"}}}),
                None,
                Some(999),
            ),
            (json!({"quota": {}}), None, None),
            (json!({"quota": "banyak"}), None, None),
        ] {
            let found = accepted(&fields(answer.clone())).unwrap();
            assert_eq!(found.gateway_id.as_deref(), id, "{answer}");
            assert_eq!(found.quota_left, left, "{answer}");
        }
    }

    #[test]
    fn a_yes_to_no_target_is_a_no() {
        let error = accepted(&fields(json!({"status": true, "id": [], "target": []}))).unwrap_err();
        assert_eq!(
            (error.kind, error.retry),
            (ErrorKind::Refused, Retry::Never)
        );
    }

    #[test]
    fn the_state_of_the_number_is_read_in_their_types() {
        let answer = json!({
            "status": true, "device": "081100000009", "device_status": "connect", "name": "BRT",
            "package": "Super", "quota": "950", "messages": 50, "expired": "1 Januari 2027",
        });
        let expected = Device {
            connected: true,
            number: Some("081100000009".to_owned()),
            name: Some("BRT".to_owned()),
            quota_left: Some(950),
            note: Some("Super, until 1 Januari 2027".to_owned()),
        };
        assert_eq!(device(&fields(answer)), expected);
        assert!(!device(&fields(json!({"device_status": "disconnect"}))).connected);
        assert!(!device(&fields(json!({"status": true}))).connected);
    }

    #[test]
    fn a_qr_code_is_a_png_in_any_base64() {
        let image = [PNG, b"ab"].concat();
        for (text, expected) in [
            ("iVBORw0KGgphYg==", true),
            ("iVBORw0KGgphYg", true),
            ("data:image/png;base64,iVBORw0KGgphYg==", true),
            ("iVBORw0K\nGgphYg==\n", true),
            ("R0lGODlh", false),
            ("https://contoh.test/qr.png", false),
        ] {
            let found = pairing(LoginBy::Qr, &fields(json!({"url": text}))).ok();
            let expected = expected.then(|| Pairing::QrPng(image.clone()));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_pairing_code_is_found_where_it_may_stand() {
        for (answer, expected) in [
            (json!({"code": "ABCD-1234"}), Some("ABCD-1234")),
            (json!({"pairing_code": "ABCD1234"}), Some("ABCD1234")),
            (json!({"url": "ABCD1234"}), Some("ABCD1234")),
            (json!({"url": "iVBORw0KGgphYg=="}), None),
            (json!({"code": 200, "url": "ABCD1234"}), Some("ABCD1234")),
            (json!({}), None),
        ] {
            let found = pairing(LoginBy::Code, &fields(answer.clone())).ok();
            assert_eq!(
                found,
                expected.map(|it| Pairing::Code(it.to_owned())),
                "{answer}"
            );
        }
    }

    #[test]
    fn linking_by_code_needs_our_number() {
        let number = Phone::parse("0811-0000-0009", "62").unwrap();
        let whatsapp = ("whatsapp", "6281100000009".to_owned());
        for (by, kind) in [(LoginBy::Qr, "qr"), (LoginBy::Code, "code")] {
            let expected = vec![("type", kind.to_owned()), whatsapp.clone()];
            assert_eq!(login(by, Some(&number)), Ok(expected), "{kind}");
        }
        assert_eq!(
            login(LoginBy::Qr, None),
            Ok(vec![("type", "qr".to_owned())])
        );
        assert_eq!(login(LoginBy::Code, None).unwrap_err().retry, Retry::Never);
    }

    #[test]
    fn a_number_is_registered_only_where_the_answer_says_so() {
        let phones = ["0811-0000-0001", "0811-0000-0002", "0811-0000-0003"];
        let phones = phones.map(|it| Phone::parse(it, "62").unwrap());
        let expected = vec![true, false, false];
        for registered in [json!(["6281100000001"]), json!([6_281_100_000_001_u64])] {
            let answer = json!({"registered": registered, "not_registered": ["6281100000002"]});
            assert_eq!(
                super::registered(&phones, &fields(answer)),
                expected,
                "{registered}"
            );
        }
        assert_eq!(
            check(&phones)[0].1,
            "6281100000001,6281100000002,6281100000003"
        );
    }
}
