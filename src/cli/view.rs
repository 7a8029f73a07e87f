//! What commands print: the JSON shapes that scripts rely on, and tables and pages for people.

use crate::desk::Settings;

mod message;
mod outbox;
mod page;
mod report;
mod show;
mod table;

pub use message::{Message, of_letter, of_messages};
pub use outbox::Letter;
pub use page::Page;
pub use report::{Media, Report, of_reports};
pub use show::{Shown, show};
pub use table::Table;

/// Returns a moment as RFC 3339 with the organisation's offset.
pub fn time(settings: &Settings, at: i64) -> String {
    let local = settings.local(at);
    local
        .timestamp()
        .display_with_offset(local.offset())
        .to_string()
}

/// Returns an address as people write it: a phone by its digits alone.
pub fn address(canonical: &str) -> String {
    phone(canonical).unwrap_or_else(|| canonical.to_owned())
}

/// Returns the phone of an address that is one.
pub fn phone(canonical: &str) -> Option<String> {
    canonical.strip_prefix("phone:").map(str::to_owned)
}

#[cfg(test)]
pub(super) mod sample;

#[cfg(test)]
mod tests {
    use super::{address, phone, sample, time};

    #[test]
    fn a_time_has_the_offset_of_the_organisation() {
        let settings = sample::settings("Asia/Jakarta");
        let at: jiff::Timestamp = "2024-11-18T01:02:03Z".parse().unwrap();
        assert_eq!(
            time(&settings, at.as_millisecond()),
            "2024-11-18T08:02:03+07:00"
        );
        assert_eq!(
            time(&settings, at.as_millisecond() + 45),
            "2024-11-18T08:02:03.045+07:00"
        );
    }

    #[test]
    fn a_phone_is_shown_by_its_digits_and_a_group_as_it_is() {
        assert_eq!(address("phone:6281100001001"), "6281100001001");
        assert_eq!(
            address("group:120363000000000001"),
            "group:120363000000000001"
        );
        assert_eq!(phone("lid:123"), None);
    }
}
