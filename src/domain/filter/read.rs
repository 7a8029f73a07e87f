//! The grammar: a line of text becomes a query. Recursive, but no deeper than parentheses may be.

use super::{
    Bound, Expr, Field, FilterError, FilterFault as Fault, MAX_DEPTH, MAX_TERMS, Query, Schema,
    Sort, Term,
    cursor::Cursor,
    value::{Item, Piece, term},
};
use crate::domain::lang::Lang;

/// The words that join alternatives; written in capitals, to tell them from searched words.
const OR: [&str; 2] = ["ATAU", "OR"];

/// A text and the most characters it may have.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) limit: usize,
}

/// Reads a whole query.
pub(super) fn query(source: Source<'_>, schema: &Schema, lang: Lang) -> Result<Query, FilterError> {
    let Source { text, limit } = source;
    if let Some((at, _)) = text.char_indices().nth(limit) {
        return Err(FilterError::new(at, text.len() - at, Fault::TooLong(limit)));
    }
    let cursor = Cursor::new(text);
    let mut reader = Reader {
        cursor,
        schema,
        lang,
        depth: 0,
        terms: 0,
        sort: Vec::new(),
    };
    let expr = reader.any_of()?;
    match reader.cursor.peek() {
        Some(_) => Err(FilterError::new(
            reader.cursor.at(),
            1,
            Fault::StrayParenthesis,
        )),
        None => Ok(Query {
            expr,
            sort: reader.sort,
        }),
    }
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    schema: &'a Schema,
    lang: Lang,
    depth: usize,
    terms: usize,
    sort: Vec<Sort>,
}

impl Reader<'_> {
    fn any_of(&mut self) -> Result<Expr, FilterError> {
        let first = self.all_of()?;
        if or_length(self.cursor.rest()).is_none() {
            return Ok(first);
        }
        let mut any = vec![self.present(first)?];
        while let Some(length) = or_length(self.cursor.rest()) {
            self.skip(length);
            let next = self.all_of()?;
            any.push(self.present(next)?);
        }
        Ok(Expr::or(any))
    }

    /// Reads conditions up to an alternative, a closing parenthesis or the end.
    fn all_of(&mut self) -> Result<Expr, FilterError> {
        let mut all = Vec::new();
        loop {
            self.cursor.skip_space();
            let rest = self.cursor.rest();
            if rest.is_empty() || rest.starts_with(')') || or_length(rest).is_some() {
                return Ok(Expr::and(all));
            }
            all.extend(self.condition()?);
        }
    }

    /// Refuses the empty condition where one must stand.
    fn present(&self, expr: Expr) -> Result<Expr, FilterError> {
        match expr {
            Expr::All => Err(self.missing()),
            other => Ok(other),
        }
    }

    fn missing(&self) -> FilterError {
        let rest = self.cursor.rest();
        let length = or_length(rest).or(rest.chars().next().map(char::len_utf8));
        FilterError::new(self.cursor.at(), length.unwrap_or(0), Fault::Missing)
    }

    /// Reads one condition; an order is noted and is no condition.
    fn condition(&mut self) -> Result<Option<Expr>, FilterError> {
        let start = self.cursor.at();
        let negated = self.cursor.eat("-") || self.cursor.eat("!");
        let expr = match self.cursor.peek() {
            Some('(') => Some(self.group()?),
            Some('"') => Some(self.phrase_term()?),
            Some(letter) if !stops_word(letter) && !matches!(letter, '-' | '!') => self.word()?,
            Some(':') => return Err(FilterError::new(self.cursor.at(), 1, Fault::NoField)),
            _ => return Err(self.missing()),
        };
        match expr {
            Some(expr) if negated => Ok(Some(expr.negate())),
            None if negated => Err(self.fault_since(start, Fault::SortInside)),
            other => Ok(other),
        }
    }

    fn group(&mut self) -> Result<Expr, FilterError> {
        let start = self.cursor.at();
        if self.depth == MAX_DEPTH {
            return Err(FilterError::new(start, 1, Fault::TooDeep));
        }
        self.depth += 1;
        self.cursor.bump();
        let inner = self.any_of()?;
        if !self.cursor.rest().starts_with(')') {
            return Err(FilterError::new(start, 1, Fault::UnclosedGroup));
        }
        let inner = self.present(inner)?;
        self.cursor.bump();
        self.depth -= 1;
        Ok(inner)
    }

    fn phrase_term(&mut self) -> Result<Expr, FilterError> {
        let start = self.cursor.at();
        let phrase = self.phrase()?;
        self.count(start)?;
        Ok(Expr::Term(Term::Phrase(phrase)))
    }

    /// Reads a quoted text, with single spaces between its words.
    fn phrase(&mut self) -> Result<String, FilterError> {
        let start = self.cursor.at();
        let mut phrase = String::new();
        self.cursor.bump();
        loop {
            match self.cursor.bump() {
                None => return Err(self.fault_since(start, Fault::UnclosedQuote)),
                Some('"') => break,
                Some('\\') if self.cursor.eat("\"") => phrase.push('"'),
                Some('\\') if self.cursor.eat("\\") => phrase.push('\\'),
                Some(other) => phrase.push(other),
            }
        }
        let words: Vec<_> = phrase.split_whitespace().collect();
        if words.is_empty() {
            return Err(self.fault_since(start, Fault::EmptyPhrase));
        }
        Ok(words.join(" "))
    }

    /// Reads a bare word, or a field with its values.
    fn word(&mut self) -> Result<Option<Expr>, FilterError> {
        let start = self.cursor.at();
        let word = self.cursor.take_until(|rest| rest.starts_with(stops_word));
        if self.cursor.rest().starts_with(':') {
            return self.field(start, word);
        }
        let stem = word.trim_end_matches('*');
        if stem.is_empty() || OR.contains(&stem) {
            return Err(FilterError::new(start, word.len(), Fault::Missing));
        }
        self.count(start)?;
        Ok(Some(Expr::Term(Term::Word(stem.to_owned()))))
    }

    fn field(&mut self, start: usize, name: &str) -> Result<Option<Expr>, FilterError> {
        let Some(field) = self.schema.find(name) else {
            let fault = Fault::UnknownField(name.to_owned());
            let nearest = self.schema.nearest_field(name);
            return Err(FilterError::new(start, name.len(), fault).with_suggestion(nearest));
        };
        self.cursor.bump();
        let items = self.items(field)?;
        self.count(start)?;
        if field == Field::Sort {
            self.note_order(start, items)?;
            return Ok(None);
        }
        term(field, items, self.lang).map(|term| Some(Expr::Term(term)))
    }

    fn items(&mut self, field: Field) -> Result<Vec<Item>, FilterError> {
        let mut items = vec![self.item(field)?];
        while self.cursor.eat(",") {
            items.push(self.item(field)?);
        }
        if self.cursor.rest().starts_with("..") {
            return Err(FilterError::new(self.cursor.at(), 2, Fault::BadRange));
        }
        Ok(items)
    }

    /// Reads a value, a comparison with one, or a range of two.
    fn item(&mut self, field: Field) -> Result<Item, FilterError> {
        let sign = [">=", "<=", ">", "<"]
            .into_iter()
            .find(|sign| self.cursor.eat(sign));
        let first = self.piece(field)?;
        Ok(match sign {
            Some(">=") => Item::Bound(Bound::AtLeast(first)),
            Some("<=") => Item::Bound(Bound::AtMost(first)),
            Some(">") => Item::Bound(Bound::Over(first)),
            Some(_) => Item::Bound(Bound::Under(first)),
            None if self.cursor.eat("..") => Item::Bound(Bound::Between(first, self.piece(field)?)),
            None => Item::One(first),
        })
    }

    fn piece(&mut self, field: Field) -> Result<Piece, FilterError> {
        let at = self.cursor.at();
        let quoted = self.cursor.rest().starts_with('"');
        let text = if quoted {
            self.phrase()?
        } else {
            self.bare_value().to_owned()
        };
        if text.is_empty() {
            return Err(FilterError::new(at, 0, Fault::EmptyValue(field)));
        }
        Ok(Piece {
            text,
            quoted,
            at,
            len: self.cursor.at() - at,
        })
    }

    /// Reads a value without quotes; a colon may stand in it, as in a time of day.
    fn bare_value(&mut self) -> &str {
        self.cursor.take_until(|rest| {
            let letter = rest.chars().next().unwrap_or(' ');
            letter == ',' || (letter != ':' && stops_word(letter)) || rest.starts_with("..")
        })
    }

    fn note_order(&mut self, start: usize, items: Vec<Item>) -> Result<(), FilterError> {
        if self.depth > 0 {
            return Err(self.fault_since(start, Fault::SortInside));
        }
        for item in items {
            let key = self.sort_key(&item.single(Field::Sort)?)?;
            if self.sort.iter().all(|known| known.by != key.by) {
                self.sort.push(key);
            }
        }
        Ok(())
    }

    fn sort_key(&self, piece: &Piece) -> Result<Sort, FilterError> {
        let (name, descending) = match piece.text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (piece.text.as_str(), false),
        };
        let found = self
            .schema
            .find_sort(name)
            .map(|by| Sort { by, descending });
        found.ok_or_else(|| {
            let fault = Fault::UnknownSort(name.to_owned());
            piece
                .fault(fault)
                .with_suggestion(self.schema.nearest_sort(name))
        })
    }

    fn count(&mut self, start: usize) -> Result<(), FilterError> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(self.fault_since(start, Fault::TooManyTerms));
        }
        Ok(())
    }

    fn fault_since(&self, start: usize, fault: Fault) -> FilterError {
        FilterError::new(start, self.cursor.at() - start, fault)
    }

    fn skip(&mut self, bytes: usize) {
        let rest = self.cursor.rest();
        self.cursor.eat(&rest[..bytes]);
    }
}

/// Says whether a character ends a word.
fn stops_word(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | '"' | '|' | ':')
}

/// Returns the length of the sign for "or" that a text starts with.
fn or_length(rest: &str) -> Option<usize> {
    if rest.starts_with('|') {
        return Some(1);
    }
    let word = OR.into_iter().find(|word| rest.starts_with(word))?;
    let after = rest[word.len()..].chars().next();
    after
        .is_none_or(|letter| letter != ':' && stops_word(letter))
        .then_some(word.len())
}
