//! What every list command has: a filter, a limit, and a cursor where a cut list goes on.

use clap::Args;

use crate::cli::act::Session;
use crate::cli::failure::{Code, Failure};
use crate::domain::filter::{self, Query, Schema};
use crate::i18n::Phrase;
use crate::store;
use crate::store::page::{Cursor, Page};

/// How many rows are fetched at a time.
const CHUNK: i64 = 500;

/// Which part of a list is wanted.
#[derive(Debug, Args)]
pub struct Slice {
    /// Conditions, in either language; write ! for not
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// At most so many rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
    /// Go on behind the row where a list was cut
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
}

impl Slice {
    /// Reads the filter for a list with these fields.
    pub(super) fn query(&self, session: &Session<'_>, schema: &Schema) -> Result<Query, Failure> {
        let (text, lang) = (self.filter.join(" "), session.shell.lang());
        filter::parse_with(schema, &text, lang).map_err(|error| {
            let why = error.describe(lang);
            let values = [("filter", text.clone().into()), ("why", why.into())];
            Failure::new(Code::Usage, Phrase::new("error-filter", values))
        })
    }

    /// Fetches the rows piece by piece and says on standard error where the list goes on.
    pub(super) async fn walk<T>(
        &self,
        session: &Session<'_>,
        fetch: impl AsyncFn(i64, Option<&Cursor>) -> store::Result<Page<T>>,
        mut each: impl AsyncFnMut(Vec<T>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut left = if self.limit == 0 {
            i64::MAX
        } else {
            i64::from(self.limit)
        };
        let mut after = self.after.as_deref().map(Cursor::read).transpose()?;
        loop {
            let page = fetch(left.min(CHUNK), after.as_ref()).await?;
            left -= i64::try_from(page.rows.len()).unwrap_or(i64::MAX);
            each(page.rows).await?;
            match page.next {
                Some(next) if left > 0 => after = Some(next),
                Some(next) => {
                    session.shell.cursor(&next.text());
                    return Ok(());
                }
                None => return Ok(()),
            }
        }
    }
}
