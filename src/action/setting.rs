//! Settings that are changed while the desk runs. They are kept in the database; whoever calls
//! reloads the desk's settings after the commit. No secret gets here: `config` keeps those in
//! files, so there is nothing to hide in the audit.

use serde_json::{Value, json};

use crate::action::{Error, Result, Work};
use crate::config::Layers;
use crate::domain::permission::Act;
use crate::store;
use crate::store::audit::Entry;
use crate::store::setting::Setting;

/// Sets a setting to what somebody typed, if it goes with all the others. `layers` are the
/// settings of this program run; what the database holds is read here.
pub async fn set(work: &mut Work<'_>, layers: &Layers, key: &str, text: &str) -> Result<Setting> {
    work.actor.check(Act::ManageSettings)?;
    let rows = rows(work).await?;
    let value = layers.clone().with_database(&rows).check_set(key, text)?;
    let before = value_in(&rows, key);
    if before == Some(&value) {
        return found(work, key).await;
    }
    work.audit(written("setting-set", key, (before, Some(&value))));
    put(work, key, value).await
}

/// Takes a setting out of the database, so that file or default count again.
pub async fn unset(work: &mut Work<'_>, layers: &Layers, key: &str) -> Result<()> {
    work.actor.check(Act::ManageSettings)?;
    let mut rows = rows(work).await?;
    let known = layers.clone().with_database(&rows).ignored().len();
    let Some(place) = rows.iter().position(|(name, _)| name == key) else {
        return Err(Error::missing("setting", key));
    };
    let (_, before) = rows.remove(place);
    let left = layers.clone().with_database(&rows);
    if let Some(fault) = left.ignored().get(known) {
        return Err(fault.clone().into());
    }
    store::setting::remove(&mut work.tx, key).await?;
    work.audit(written("setting-unset", key, (Some(&before), None)));
    Ok(())
}

/// Puts a setting back from `after` to `before`, unless somebody changed it since. `null` stands
/// for a setting that was not there. The act itself is for the caller to write down.
pub async fn restore(work: &mut Work<'_>, key: &str, before: &Value, after: &Value) -> Result<()> {
    work.actor.check(Act::ManageSettings)?;
    let current = store::setting::find(&mut work.tx, key).await?;
    let current = current.map_or(Value::Null, |setting| parsed(&setting.value));
    if current != *after {
        return Err(Error::Changed(key.to_owned()));
    }
    if before.is_null() {
        store::setting::remove(&mut work.tx, key).await?;
    } else {
        put(work, key, before.to_string()).await?;
    }
    Ok(())
}

async fn put(work: &mut Work<'_>, key: &str, value: String) -> Result<Setting> {
    let setting = Setting {
        key: key.to_owned(),
        value,
        updated_at: work.now,
        updated_by: work.actor.name.clone(),
    };
    store::setting::set(&mut work.tx, &setting).await?;
    Ok(setting)
}

async fn found(work: &mut Work<'_>, key: &str) -> Result<Setting> {
    let found = store::setting::find(&mut work.tx, key).await?;
    found.ok_or_else(|| Error::missing("setting", key))
}

/// Returns what the database holds; what begins with a dot is the program's own.
async fn rows(work: &mut Work<'_>) -> Result<Vec<(String, String)>> {
    let rows = store::setting::all(&mut work.tx).await?;
    let told = rows.into_iter().filter(|row| !row.key.starts_with('.'));
    Ok(told.map(|row| (row.key, row.value)).collect())
}

fn value_in<'a>(rows: &'a [(String, String)], key: &str) -> Option<&'a String> {
    rows.iter()
        .find(|(name, _)| name == key)
        .map(|(_, value)| value)
}

fn written(act: &'static str, key: &str, change: (Option<&String>, Option<&String>)) -> Entry {
    let half = |value: Option<&String>| value.map(|value| parsed(value));
    let (before, after) = change;
    Entry {
        act,
        object: key.to_owned(),
        detail: json!({"before": half(before), "after": half(after)}).to_string(),
        undoable: true,
    }
}

/// Reads a stored value; text that is no JSON stands for itself, as in `config`.
fn parsed(value: &str) -> Value {
    serde_json::from_str(value).unwrap_or_else(|_| value.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_down_as_json() {
        let detail = |change| written("setting-set", "desk.guests", change).detail;
        let (yes, list) = ("true".to_owned(), "[1, 2]".to_owned());
        assert_eq!(
            detail((None, Some(&yes))),
            r#"{"after":true,"before":null}"#
        );
        assert_eq!(
            detail((Some(&yes), Some(&list))),
            r#"{"after":[1,2],"before":true}"#
        );
        assert_eq!(
            detail((Some(&"a b".to_owned()), None)),
            r#"{"after":null,"before":"a b"}"#
        );
    }
}
