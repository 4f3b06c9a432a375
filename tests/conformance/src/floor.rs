//! The checked-in floor of the scores: what was reached once is kept.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    Failure, Result,
    score::{ASPECTS, Row},
};

/// Per cent per operation, or per operation and family, and aspect.
pub type Floor = BTreeMap<String, BTreeMap<String, f64>>;

/// Reads the floor.
pub fn read(path: &Path) -> Result<Floor> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    serde_json::from_str(&text).map_err(|error| Failure::content(path, &error))
}

/// Writes a floor.
pub fn write(path: &Path, floor: &Floor) -> Result<()> {
    let text =
        serde_json::to_string_pretty(floor).map_err(|error| Failure::content(path, &error))?;
    fs::write(path, text + "\n").map_err(Failure::file(path))
}

/// Scores that are below the floor, in words.
#[must_use]
pub fn shortfalls(floor: &Floor, scores: &BTreeMap<String, Row>) -> Vec<String> {
    let mut found = Vec::new();
    for (operation, aspects) in floor {
        for (aspect, wanted) in aspects {
            let index = ASPECTS.iter().position(|name| name == aspect);
            let row = scores.get(operation);
            let reached = row.zip(index).and_then(|(row, index)| row[index].percent());
            // The floor is written with one decimal.
            if reached.is_none_or(|reached| reached + 0.05 < *wanted) {
                let reached =
                    reached.map_or("nothing".to_owned(), |reached| format!("{reached:.1} %"));
                found.push(format!(
                    "{operation} {aspect}: {reached}, the floor is {wanted} %"
                ));
            }
        }
    }
    found
}

/// The floor with every score that is above it.
#[must_use]
pub fn raised(floor: &Floor, scores: &BTreeMap<String, Row>) -> Floor {
    let mut raised = floor.clone();
    for (operation, row) in scores {
        let aspects = raised.entry(operation.clone()).or_default();
        for (aspect, count) in ASPECTS.iter().zip(row) {
            if let Some(reached) = count.percent() {
                let reached = (reached * 10.0).floor() / 10.0;
                let floor = aspects.entry((*aspect).to_owned()).or_default();
                *floor = floor.max(reached);
            }
        }
    }
    raised
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Count;

    fn scores(equal: u32) -> BTreeMap<String, Row> {
        let mut row = Row::default();
        row[1] = Count { equal, of: 3 };
        BTreeMap::from([("Converse".to_owned(), row)])
    }

    #[test]
    fn a_reached_score_must_not_drop() {
        let floor = raised(&Floor::new(), &scores(2));
        assert!((floor["Converse"]["skeleton"] - 66.6).abs() < 0.01);
        assert!(shortfalls(&floor, &scores(2)).is_empty());
        assert_eq!(
            shortfalls(&floor, &scores(1)),
            ["Converse skeleton: 33.3 %, the floor is 66.6 %"]
        );
        assert_eq!(raised(&floor, &scores(1)), floor);
        assert_eq!(shortfalls(&floor, &BTreeMap::new()).len(), 1);
    }
}
