//! Scores: how many exchanges are equal in each aspect, per operation and family of models.

use std::{collections::BTreeMap, fmt};

use crate::{recording::Exchange, verdict::Verdict};

/// The names of the aspects, in the order of the table.
pub const ASPECTS: [&str; 5] = ["accepted", "skeleton", "order", "headers", "errors"];

/// Equal exchanges, and those that could be compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Those that are equal.
    pub equal: u32,
    /// All that could be compared.
    pub of: u32,
}

/// The counts of each aspect.
pub type Row = [Count; 5];

/// The score of a whole run.
#[derive(Debug, Default)]
pub struct Score {
    rows: BTreeMap<(String, &'static str), Row>,
}

impl Count {
    fn add(&mut self, equal: Option<bool>) {
        if let Some(equal) = equal {
            self.equal += u32::from(equal);
            self.of += 1;
        }
    }

    /// Per cent, or nothing where nothing could be compared.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.equal) * 100.0 / f64::from(self.of))
    }
}

impl Score {
    /// Counts one verdict.
    pub fn add(&mut self, exchange: &Exchange, verdict: &Verdict) {
        let family = if exchange.accepted() {
            outcrop_dialects::family(exchange.base_model()).unwrap_or("-")
        } else {
            "(errors)"
        };
        let key = (exchange.operation.clone(), family);
        let row = self.rows.entry(key).or_default();
        let aspects = [
            verdict.accepted,
            verdict.skeleton,
            verdict.order,
            verdict.headers,
            verdict.error,
        ];
        for (count, aspect) in row.iter_mut().zip(aspects) {
            count.add(aspect);
        }
    }

    /// The sums per operation, and each family's row under the operation and the family.
    #[must_use]
    pub fn sums(&self) -> BTreeMap<String, Row> {
        let mut sums = self.operations();
        for ((operation, family), row) in &self.rows {
            sums.insert(format!("{operation} {family}"), *row);
        }
        sums
    }

    fn operations(&self) -> BTreeMap<String, Row> {
        let mut sums: BTreeMap<String, Row> = BTreeMap::new();
        for ((operation, _), row) in &self.rows {
            let sum = sums.entry(operation.clone()).or_default();
            for (sum, count) in sum.iter_mut().zip(row) {
                sum.equal += count.equal;
                sum.of += count.of;
            }
        }
        sums
    }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:<32}{:<34}", "operation", "family")?;
        for aspect in ASPECTS {
            write!(formatter, "{aspect:>11}")?;
        }
        for ((operation, family), row) in &self.rows {
            line(formatter, operation, family, row)?;
        }
        for (operation, row) in self.operations() {
            line(formatter, &operation, "all", &row)?;
        }
        Ok(())
    }
}

fn line(
    formatter: &mut fmt::Formatter<'_>,
    operation: &str,
    family: &str,
    row: &Row,
) -> fmt::Result {
    write!(formatter, "\n{operation:<32}{family:<34}")?;
    for count in row {
        match count.of {
            0 => write!(formatter, "{:>11}", "-")?,
            of => write!(formatter, "{:>11}", format!("{}/{of}", count.equal))?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::exchange;

    #[test]
    fn what_cannot_be_compared_does_not_count() {
        let mut score = Score::default();
        let exchange = exchange("Converse", "{}", "{}");
        let verdict = |headers| Verdict {
            accepted: Some(true),
            headers,
            ..Verdict::default()
        };
        score.add(&exchange, &verdict(None));
        score.add(&exchange, &verdict(Some(false)));
        let sums = score.sums();
        let row = sums["Converse"];
        assert_eq!(sums["Converse amazon.nova-"], row);
        assert_eq!(row[0], Count { equal: 2, of: 2 });
        assert_eq!(row[3], Count { equal: 0, of: 1 });
        assert_eq!(row[0].percent(), Some(100.0));
        assert_eq!(row[4].percent(), None);
    }
}
