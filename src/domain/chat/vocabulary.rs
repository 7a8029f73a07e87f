//! The words of the grammar, each in the spelling `text::letters` gives it.

/// What a word asks for, before what follows it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Report(&'static str),
    Guide,
    Check,
    Track,
    Confirm,
    Refuse,
    /// A negation; it means something only before `selesai`.
    Not,
    Withdraw,
    OfficerGuide,
    Jobs,
    Start,
    Progress,
    Finish,
}

impl Verb {
    /// Returns what a reporter's word means.
    pub(super) fn of_reporter(word: &str) -> Option<Self> {
        Some(match word {
            "request" => Self::Report("request"),
            "req" => Self::Report("req"),
            "help" => Self::Report("help"),
            "bantu" => Self::Report("bantu"),
            "tolong" => Self::Report("tolong"),
            "bantuan" | "menu" => Self::Guide,
            "cek" => Self::Check,
            "track" => Self::Track,
            "selesai" => Self::Confirm,
            "belum" | "blm" => Self::Refuse,
            "batal" => Self::Withdraw,
            _ if is_negation(word) => Self::Not,
            _ => return None,
        })
    }

    /// Returns what a word means that only officers have.
    pub(super) fn of_officer(word: &str) -> Option<Self> {
        Some(match word {
            "help2" => Self::OfficerGuide,
            "job" => Self::Jobs,
            "start" => Self::Start,
            "report" => Self::Progress,
            "finish" => Self::Finish,
            _ => return None,
        })
    }

    /// Tells whether the verb speaks of one report.
    pub(super) fn takes_number(self) -> bool {
        !matches!(
            self,
            Self::Report(_) | Self::Guide | Self::OfficerGuide | Self::Jobs
        )
    }
}

/// Tells whether a word turns `selesai` into its opposite.
pub(super) fn is_negation(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "belum", "blm", "tidak", "tdk", "tak", "nggak", "ngga", "gak", "ga", "gk", "enggak",
        "engga", "bukan", "jangan",
    ];
    WORDS.contains(&word)
}

/// Tells whether a word may stand between a command and its number without a meaning.
pub(super) fn is_filler(word: &str) -> bool {
    const WORDS: [&str; 49] = [
        "no", "nomor", "nomer", "nmr", "number", "num", "kode", "id", "tiket", "ticket", "laporan",
        "lap", "status", "pak", "bapak", "bu", "ibu", "mas", "mbak", "kak", "min", "admin", "ya",
        "yah", "dong", "donk", "saya", "sy", "yg", "yang", "utk", "untuk", "dgn", "dengan", "dari",
        "tentang", "juga", "saja", "aja", "dulu", "sih", "kok", "tolong", "mohon", "ini", "itu",
        "nih", "terakhir", "lagi",
    ];
    WORDS.contains(&word)
}

/// Tells whether a word announces a rating.
pub(super) fn is_rating_word(word: &str) -> bool {
    matches!(word, "bintang" | "rating" | "nilai" | "skor")
}
