//! What a check prints.

use std::{fmt::Write as _, time::Duration};

/// How one call went.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) backend: String,
    pub(super) asked: String,
    pub(super) told: Result<String, String>,
    pub(super) took: Duration,
    /// Whether its failure means that something configured does not work.
    pub(super) counts: bool,
}

impl Row {
    /// Whether it says nothing against the configuration.
    pub(super) fn works(&self) -> bool {
        self.told.is_ok() || !self.counts
    }
}

/// One line for each call, in columns.
pub(super) fn table(rows: &[Row]) -> String {
    let width = |text: fn(&Row) -> &str| {
        let widths = rows.iter().map(|row| text(row).chars().count());
        widths.max().unwrap_or_default()
    };
    let (first, second) = (width(|row| &row.backend), width(|row| &row.asked));
    let mut out = String::new();
    for row in rows {
        let (word, told) = match &row.told {
            Ok(told) => ("works", told),
            Err(told) => ("fails", told),
        };
        let took = format!("{:.3} s", row.took.as_secs_f64());
        let told = told.replace('\n', " ");
        let (backend, asked) = (&row.backend, &row.asked);
        let _ = writeln!(
            out,
            "{backend:first$}  {asked:second$}  {word}  {took:>9}  {told}"
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_lists_do_not_decide() {
        let row = |backend: &str, told, counts| Row {
            backend: backend.to_owned(),
            asked: "models".to_owned(),
            told,
            took: Duration::from_millis(12),
            counts,
        };
        let rows = [
            row("a", Err("404: no\nlist".to_owned()), false),
            row("long", Ok("2 models".to_owned()), true),
        ];
        assert!(rows.iter().all(Row::works));
        assert_eq!(
            table(&rows),
            "a     models  fails    0.012 s  404: no list\nlong  models  works    0.012 s  2 models\n"
        );
        assert!(!row("a", Err(String::new()), true).works());
    }
}
