//! Schemas change by numbered steps, which a database counts.

use crate::StoreError;

/// One step. Its number is one more than the one's before it; what was released is never changed.
#[derive(Debug)]
pub(crate) struct Migration {
    pub(crate) number: i64,
    pub(crate) sql: &'static str,
}

/// The steps that a database still needs that has taken all up to `version`, 0 for an empty one.
pub(crate) fn pending(
    all: &'static [Migration],
    version: i64,
) -> Result<impl Iterator<Item = &'static Migration>, StoreError> {
    let newest = all.last().map_or(0, |last| last.number);
    if version > newest {
        return Err(StoreError::Unavailable(format!(
            "its schema is version {version}, written by a newer Outcrop; this one knows versions up to {newest}. \
             Run the newer Outcrop, or use another database"
        )));
    }
    Ok(all.iter().filter(move |step| step.number > version))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: &[Migration] = &[
        Migration {
            number: 1,
            sql: "one",
        },
        Migration {
            number: 2,
            sql: "two",
        },
    ];

    #[test]
    fn only_what_is_missing_is_done() {
        let missing = |version| {
            pending(STEPS, version)
                .unwrap()
                .map(|step| step.number)
                .collect::<Vec<_>>()
        };
        assert_eq!(missing(0), [1, 2]);
        assert_eq!(missing(1), [2]);
        assert!(missing(2).is_empty());
    }

    #[test]
    fn a_newer_schema_is_refused() {
        let error = pending(STEPS, 3).err().unwrap().to_string();
        assert!(
            error.contains("version 3") && error.contains("up to 2"),
            "{error}"
        );
    }
}
