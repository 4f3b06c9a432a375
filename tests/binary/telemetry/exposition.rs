//! The text format of `OpenMetrics`, read strictly.

use std::collections::{BTreeMap, HashMap};

/// The samples of a text, by name and labels as written.
pub(super) struct Exposition {
    pub(super) samples: BTreeMap<String, f64>,
    pub(super) units: HashMap<String, String>,
}

impl Exposition {
    /// Reads a text; whatever Prometheus would refuse fails the test.
    pub(super) fn read(text: &str) -> Self {
        let body = text.strip_suffix("# EOF\n").expect("ends with # EOF");
        let mut kinds: HashMap<String, String> = HashMap::new();
        let mut units = HashMap::new();
        let mut samples = BTreeMap::new();
        for line in body.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                let mut words = comment.splitn(3, ' ');
                let (kind, name) = (words.next().unwrap(), words.next().unwrap());
                let rest = words.next().expect(line).to_owned();
                match kind {
                    "TYPE" => assert!(kinds.insert(name.to_owned(), rest).is_none(), "{line}"),
                    "UNIT" => {
                        assert!(name.ends_with(&format!("_{rest}")), "{line}");
                        units.insert(name.to_owned(), rest);
                    }
                    "HELP" => assert!(!rest.is_empty(), "{line}"),
                    _ => panic!("{line}"),
                }
                continue;
            }
            let (series, value) = line.rsplit_once(' ').expect(line);
            assert_series(series, &kinds);
            let value = value.parse().expect(line);
            assert!(samples.insert(series.to_owned(), value).is_none(), "{line}");
        }
        let read = Self { samples, units };
        read.assert_buckets();
        read
    }

    /// The value of a series.
    pub(super) fn value(&self, series: &str) -> f64 {
        let known = || self.samples.keys().cloned().collect::<Vec<_>>().join("\n");
        let value = self.samples.get(series);
        *value.unwrap_or_else(|| panic!("no {series} in:\n{}", known()))
    }

    /// The sum of every series of this name that has all of these labels.
    pub(super) fn sum(&self, name: &str, labels: &[&str]) -> f64 {
        let fits = |series: &&String| {
            let rest = series.strip_prefix(name).unwrap_or("?");
            (rest.is_empty() || rest.starts_with('{'))
                && labels.iter().all(|label| rest.contains(label))
        };
        let found = self.samples.keys().filter(fits);
        found.map(|series| self.samples[series]).sum()
    }

    /// Counts of buckets grow, and the last one is the count.
    fn assert_buckets(&self) {
        for (series, count) in &self.samples {
            let Some(at) = series.find("_count") else {
                continue;
            };
            let (name, labels) = (&series[..at], &series[at + "_count".len()..]);
            let inner = labels.trim_start_matches('{').trim_end_matches('}');
            let bucket = format!("{name}_bucket{{le=\"+Inf\"{}{inner}}}", comma(inner));
            let other = format!("{name}_bucket{{{inner}{}le=\"+Inf\"}}", comma(inner));
            let last = self.samples.get(&bucket).or(self.samples.get(&other));
            assert_eq!(last, Some(count), "{series}");
        }
    }
}

fn comma(inner: &str) -> &'static str {
    if inner.is_empty() { "" } else { "," }
}

/// A sample's name belongs to a declared metric, and its labels are well formed.
fn assert_series(series: &str, kinds: &HashMap<String, String>) {
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let suffixes = ["", "_total", "_info", "_count", "_sum", "_bucket"];
    let declared = suffixes.iter().any(|suffix| {
        let kind = name.strip_suffix(suffix).and_then(|name| kinds.get(name));
        match (kind.map(String::as_str), *suffix) {
            (Some("gauge"), "") | (Some("counter"), "_total") | (Some("info"), "_info") => true,
            (Some("histogram"), suffix) => matches!(suffix, "_count" | "_sum" | "_bucket"),
            _ => false,
        }
    });
    assert!(declared, "{series} is not declared");
    let labels = labels.strip_suffix('}').expect(series);
    for label in labels.split("\",").filter(|label| !label.is_empty()) {
        let (name, value) = label.split_once("=\"").expect(series);
        let valid = |c: char| c.is_ascii_lowercase() || c == '_';
        assert!(!name.is_empty() && name.chars().all(valid), "{series}");
        assert!(
            !value.trim_end_matches('"').contains(['"', '\\', '\n']),
            "{series}"
        );
    }
}
