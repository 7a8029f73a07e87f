//! The fields of the filter language, their names in both languages, and which list knows which.

use super::{
    nearest::nearest,
    word::{Choice as _, HasWord, SendWord, SlaWord, StatusWord, WindowWord},
};
use crate::domain::{lang::Lang, permission::Level, priority::Priority};

/// What stands before the colon of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "a field is what its names say")]
pub enum Field {
    Status,
    Assignee,
    Unit,
    Category,
    Priority,
    Reporter,
    Phone,
    Id,
    Read,
    Sent,
    Window,
    Created,
    Updated,
    Closed,
    Age,
    Response,
    Sla,
    Has,
    Kind,
    Channel,
    Name,
    Department,
    Level,
    Active,
    Skill,
    By,
    Action,
    Since,
    Sort,
}

impl Field {
    /// Returns every name of the field: the English one, the Indonesian one, then others.
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Status => &["status", "status"],
            Self::Assignee => &["assignee", "tbo", "petugas"],
            Self::Unit => &["unit", "unit", "bagian"],
            Self::Category => &["category", "kategori"],
            Self::Priority => &["priority", "prioritas"],
            Self::Reporter => &["reporter", "pelapor"],
            Self::Phone => &["phone", "telp", "telepon", "hp"],
            Self::Id => &["id", "no", "nomor"],
            Self::Read => &["read", "baca"],
            Self::Sent => &["sent", "kirim", "state"],
            Self::Window => &["window", "jendela"],
            Self::Created => &["created", "masuk", "waktu"],
            Self::Updated => &["updated", "ubah"],
            Self::Closed => &["closed", "selesai"],
            Self::Age => &["age", "umur"],
            Self::Response => &["response", "tanggap"],
            Self::Sla => &["sla", "sla"],
            Self::Has => &["has", "ada"],
            Self::Kind => &["kind", "jenis"],
            Self::Channel => &["channel", "kanal"],
            Self::Name => &["name", "nama"],
            Self::Department => &["department", "jurusan"],
            Self::Level => &["level", "level"],
            Self::Active => &["active", "aktif"],
            Self::Skill => &["skill", "keahlian"],
            Self::By => &["by", "oleh"],
            Self::Action => &["action", "aksi"],
            Self::Since => &["since", "sejak"],
            Self::Sort => &["sort", "urut"],
        }
    }

    /// Returns the name that a language writes before the colon.
    pub const fn name(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.names()[0],
            Lang::Id => self.names()[1],
        }
    }

    /// Returns the fixed values of the field as a language writes them; empty if it has none.
    pub fn values(self, lang: Lang) -> Vec<String> {
        match self {
            Self::Status => StatusWord::values(lang),
            Self::Priority => Priority::values(lang),
            Self::Sla => SlaWord::values(lang),
            Self::Has => HasWord::values(lang),
            Self::Sent => SendWord::values(lang),
            Self::Window => WindowWord::values(lang),
            Self::Level => Level::values(lang),
            Self::Read => [lang.pick("belum", "no"), lang.pick("sudah", "yes")]
                .map(Into::into)
                .into(),
            Self::Active => [lang.pick("ya", "yes"), lang.pick("tidak", "no")]
                .map(Into::into)
                .into(),
            Self::Assignee | Self::By => vec![lang.pick("@saya", "@me").to_owned()],
            _ => Vec::new(),
        }
    }
}

/// The fields whose values are names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "a field is what its names say")]
pub enum NameField {
    Unit,
    Category,
    Reporter,
    Kind,
    Channel,
    Name,
    Department,
    Skill,
    Action,
}

impl From<NameField> for Field {
    fn from(field: NameField) -> Self {
        match field {
            NameField::Unit => Self::Unit,
            NameField::Category => Self::Category,
            NameField::Reporter => Self::Reporter,
            NameField::Kind => Self::Kind,
            NameField::Channel => Self::Channel,
            NameField::Name => Self::Name,
            NameField::Department => Self::Department,
            NameField::Skill => Self::Skill,
            NameField::Action => Self::Action,
        }
    }
}

/// The fields whose values are people of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "a field is what its names say")]
pub enum PersonField {
    Assignee,
    By,
}

impl From<PersonField> for Field {
    fn from(field: PersonField) -> Self {
        match field {
            PersonField::Assignee => Self::Assignee,
            PersonField::By => Self::By,
        }
    }
}

/// The fields whose values are dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "a field is what its names say")]
pub enum DateField {
    Created,
    Updated,
    Closed,
}

impl From<DateField> for Field {
    fn from(field: DateField) -> Self {
        match field {
            DateField::Created => Self::Created,
            DateField::Updated => Self::Updated,
            DateField::Closed => Self::Closed,
        }
    }
}

/// The fields whose values are durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "a field is what its names say")]
pub enum SpanField {
    Age,
    Response,
}

impl From<SpanField> for Field {
    fn from(field: SpanField) -> Self {
        match field {
            SpanField::Age => Self::Age,
            SpanField::Response => Self::Response,
        }
    }
}

/// Which fields a list can be filtered and sorted by; every list also knows `sort`.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// The fields that conditions may name.
    pub fields: &'static [Field],
    /// The fields that `sort` may name.
    pub sorts: &'static [Field],
}

impl Schema {
    /// The list of reports.
    pub const REPORTS: Self = Self {
        fields: &[
            Field::Status,
            Field::Assignee,
            Field::Unit,
            Field::Category,
            Field::Priority,
            Field::Reporter,
            Field::Phone,
            Field::Id,
            Field::Read,
            Field::Sent,
            Field::Window,
            Field::Created,
            Field::Updated,
            Field::Closed,
            Field::Age,
            Field::Response,
            Field::Sla,
            Field::Has,
        ],
        sorts: &[
            Field::Id,
            Field::Status,
            Field::Created,
            Field::Updated,
            Field::Closed,
            Field::Age,
            Field::Response,
            Field::Sla,
            Field::Priority,
            Field::Unit,
            Field::Category,
            Field::Reporter,
            Field::Assignee,
        ],
    };

    /// The list of messages.
    pub const MESSAGES: Self = Self {
        fields: &[
            Field::Kind,
            Field::Phone,
            Field::Reporter,
            Field::Created,
            Field::Window,
            Field::Read,
        ],
        sorts: &[Field::Created, Field::Reporter],
    };

    /// The list of outgoing messages.
    pub const OUTBOX: Self = Self {
        fields: &[
            Field::Sent,
            Field::Phone,
            Field::Channel,
            Field::Created,
            Field::Id,
        ],
        sorts: &[Field::Created, Field::Sent, Field::Channel],
    };

    /// The list of employees.
    pub const EMPLOYEES: Self = Self {
        fields: &[
            Field::Name,
            Field::Unit,
            Field::Department,
            Field::Phone,
            Field::Id,
            Field::Active,
        ],
        sorts: &[Field::Name, Field::Unit, Field::Department, Field::Id],
    };

    /// The list of staff.
    pub const STAFF: Self = Self {
        fields: &[
            Field::Name,
            Field::Level,
            Field::Skill,
            Field::Phone,
            Field::Id,
            Field::Active,
        ],
        sorts: &[Field::Name, Field::Level, Field::Id],
    };

    /// The audit log.
    pub const AUDIT: Self = Self {
        fields: &[
            Field::By,
            Field::Action,
            Field::Created,
            Field::Since,
            Field::Id,
        ],
        sorts: &[Field::Created],
    };

    /// Finds a field of the list by any of its names, in any case.
    pub fn find(&self, name: &str) -> Option<Field> {
        named(self.fields, name).or_else(|| named(&[Field::Sort], name))
    }

    /// Finds a field that the list can be sorted by.
    pub fn find_sort(&self, name: &str) -> Option<Field> {
        named(self.sorts, name)
    }

    /// Returns the name of the field that is nearest to an unknown word.
    pub(super) fn nearest_field(&self, word: &str) -> Option<&'static str> {
        let fields = self.fields.iter().chain(&[Field::Sort]);
        nearest(word, fields.flat_map(|field| field.names()).copied())
    }

    /// Returns the name of the sort key that is nearest to an unknown word.
    pub(super) fn nearest_sort(&self, word: &str) -> Option<&'static str> {
        nearest(
            word,
            self.sorts.iter().flat_map(|field| field.names()).copied(),
        )
    }
}

fn named(fields: &[Field], name: &str) -> Option<Field> {
    let name = name.to_lowercase();
    fields
        .iter()
        .copied()
        .find(|field| field.names().contains(&name.as_str()))
}
