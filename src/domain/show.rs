//! Numbers, moments, ages and sizes as people read them: one form for chat, console and print.

use jiff::Zoned;
use jiff::civil::{Date, Time};

use super::lang::Lang;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const MONTHS: [(&str, &str); 12] = [
    ("Januari", "January"),
    ("Februari", "February"),
    ("Maret", "March"),
    ("April", "April"),
    ("Mei", "May"),
    ("Juni", "June"),
    ("Juli", "July"),
    ("Agustus", "August"),
    ("September", "September"),
    ("Oktober", "October"),
    ("November", "November"),
    ("Desember", "December"),
];

/// Returns a number with its thousands set apart: `1.024.512`, `1,024,512`.
pub fn number(value: i64, lang: Lang) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push_str(lang.pick(".", ","));
        }
        out.push(digit);
    }
    out
}

/// Returns a moment in its own zone: `17 Sep 2024 18.12 WIB`, `17 Sep 2024 18:12`.
///
/// Indonesia has three times, so its readers see which; a zone without a name shows its offset.
pub fn date_time(at: &Zoned, lang: Lang) -> String {
    let (day, clock) = (date(at.date(), lang), time(at.time(), lang));
    match lang {
        Lang::Id => {
            let offset = at.time_zone().to_offset_info(at.timestamp());
            format!("{day} {clock} {}", offset.abbreviation())
        }
        Lang::En => format!("{day} {clock}"),
    }
}

/// Returns a day: `17 Sep 2024`, in Indonesian `7 Agu 2024`.
pub fn date(day: Date, lang: Lang) -> String {
    format!("{} {} {}", day.day(), short_month(day, lang), day.year())
}

/// Returns a time of day to the minute: `18.12`, `18:12`.
pub fn time(time: Time, lang: Lang) -> String {
    format!(
        "{:02}{}{:02}",
        time.hour(),
        lang.pick(".", ":"),
        time.minute()
    )
}

/// Returns the whole name of a day's month.
pub fn month(day: Date, lang: Lang) -> &'static str {
    let (id, en) = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    lang.pick(id, en)
}

/// Returns the three letters of a day's month.
pub fn short_month(day: Date, lang: Lang) -> &'static str {
    &month(day, lang)[..3]
}

/// Returns how long something has lasted: `12m`, `1j 05m`, `26j`, `3h 4j`; a negative age is none.
///
/// English: `12m`, `1h05`, `26h`, `3d 4h`. From one to two days hours are still easier to read.
pub fn age(millis: i64, lang: Lang) -> String {
    let millis = millis.max(0);
    let (days, hours, minutes) = (millis / DAY, millis / HOUR, millis % HOUR / MINUTE);
    match (millis, lang) {
        (..HOUR, _) => format!("{minutes}m"),
        (..DAY, Lang::Id) => format!("{hours}j {minutes:02}m"),
        (..DAY, Lang::En) => format!("{hours}h{minutes:02}"),
        _ if days < 2 => format!("{hours}{}", lang.pick("j", "h")),
        (_, Lang::Id) => format!("{days}h {}j", hours % 24),
        (_, Lang::En) => format!("{days}d {}h", hours % 24),
    }
}

/// Returns a file size in thousands of bytes: `812 B`, `240 kB`, `1,5 MB`, `1.5 MB`.
pub fn bytes(count: u64, lang: Lang) -> String {
    if count < 1000 {
        return format!("{count} B");
    }
    let mut unit = 1000;
    let mut names = ["kB", "MB", "GB", "TB"].into_iter();
    let mut name = names.next().expect("there are four units");
    // A size that would be rounded up to a thousand is one of the next unit.
    while count / (unit / 10) >= 9995 {
        let Some(next) = names.next() else { break };
        (unit, name) = (unit * 1000, next);
    }
    let tenths = rounded(count, unit / 10);
    if tenths < 100 && !tenths.is_multiple_of(10) {
        return format!(
            "{}{}{} {name}",
            tenths / 10,
            lang.pick(",", "."),
            tenths % 10
        );
    }
    format!("{} {name}", rounded(count, unit))
}

fn rounded(count: u64, unit: u64) -> u64 {
    count / unit + u64::from(count % unit >= unit / 2)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use jiff::tz::{Offset, TimeZone};
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "0", "0")]
    #[case(999, "999", "999")]
    #[case(1000, "1.000", "1,000")]
    #[case(-1000, "-1.000", "-1,000")]
    #[case(-999, "-999", "-999")]
    #[case(1_024_512, "1.024.512", "1,024,512")]
    #[case(i64::MIN, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808")]
    fn thousands_are_set_apart(#[case] value: i64, #[case] id: &str, #[case] en: &str) {
        assert_eq!(number(value, Lang::Id), id);
        assert_eq!(number(value, Lang::En), en);
    }

    #[rstest]
    #[case("Asia/Jakarta", "17 Sep 2024 18.12 WIB")]
    #[case("Asia/Pontianak", "17 Sep 2024 18.12 WIB")]
    #[case("Asia/Makassar", "17 Sep 2024 19.12 WITA")]
    #[case("Asia/Jayapura", "17 Sep 2024 20.12 WIT")]
    #[case("America/New_York", "17 Sep 2024 07.12 EDT")]
    #[case("Asia/Singapore", "17 Sep 2024 19.12 +08")]
    fn a_moment_names_its_zone(#[case] zone: &str, #[case] shown: &str) {
        let at = day(2024, 9, 17).at(11, 12, 59, 0).in_tz("UTC").unwrap();
        let at = at.in_tz(zone).unwrap();
        assert_eq!(date_time(&at, Lang::Id), shown);
        let english = shown.rsplit_once(' ').unwrap().0.replace('.', ":");
        assert_eq!(date_time(&at, Lang::En), english);
    }

    #[test]
    fn a_zone_without_a_name_shows_its_offset() {
        let zone = TimeZone::fixed(Offset::constant(7));
        let at = day(2025, 8, 7).at(0, 5, 0, 0).to_zoned(zone).unwrap();
        assert_eq!(date_time(&at, Lang::Id), "7 Agu 2025 00.05 +07");
    }

    #[test]
    fn months_have_names_in_both_languages() {
        let of = |short: fn(Date, Lang) -> &'static str, lang| {
            (1..=12)
                .map(|month| short(day(2024, month, 1), lang))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(
            of(short_month, Lang::Id),
            "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des"
        );
        assert_eq!(
            of(short_month, Lang::En),
            "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
        );
        assert_eq!(month(day(2024, 8, 31), Lang::Id), "Agustus");
        assert_eq!(month(day(2024, 3, 31), Lang::En), "March");
    }

    #[rstest]
    #[case(-5, "0m", "0m")]
    #[case(59_999, "0m", "0m")]
    #[case(12 * MINUTE, "12m", "12m")]
    #[case(HOUR - 1, "59m", "59m")]
    #[case(HOUR, "1j 00m", "1h00")]
    #[case(65 * MINUTE, "1j 05m", "1h05")]
    #[case(DAY - 1, "23j 59m", "23h59")]
    #[case(DAY, "24j", "24h")]
    #[case(26 * HOUR + 59 * MINUTE, "26j", "26h")]
    #[case(2 * DAY, "2h 0j", "2d 0h")]
    #[case(76 * HOUR, "3h 4j", "3d 4h")]
    #[case(400 * DAY, "400h 0j", "400d 0h")]
    fn an_age_shows_its_two_largest_parts(#[case] ms: i64, #[case] id: &str, #[case] en: &str) {
        assert_eq!(age(ms, Lang::Id), id);
        assert_eq!(age(ms, Lang::En), en);
    }

    #[rstest]
    #[case(0, "0 B")]
    #[case(999, "999 B")]
    #[case(1000, "1 kB")]
    #[case(1499, "1,5 kB")]
    #[case(9_949, "9,9 kB")]
    #[case(9_950, "10 kB")]
    #[case(240_000, "240 kB")]
    #[case(999_499, "999 kB")]
    #[case(999_500, "1 MB")]
    #[case(1_540_000, "1,5 MB")]
    #[case(25_499_999, "25 MB")]
    #[case(3_200_000_000, "3,2 GB")]
    #[case(u64::MAX, "18446744 TB")]
    fn a_size_has_two_figures_at_least(#[case] count: u64, #[case] shown: &str) {
        assert_eq!(bytes(count, Lang::Id), shown);
        assert_eq!(bytes(count, Lang::En), shown.replace(',', "."));
    }

    proptest! {
        #[test]
        fn a_number_loses_no_digit(value in any::<i64>()) {
            let bare = number(value, Lang::Id).replace('.', "");
            prop_assert_eq!(bare, value.to_string());
        }
    }
}
