//! Masking.
//!
//! Masked spans are taken in the order of their starts, longer ones and custom regexes first. A span within one
//! that went before is gone with it; of one that sticks out, what sticks out gets its own mask. So every byte of
//! every span is replaced, and where a text is cut makes no difference.

use crate::finding::{Finding, Kind};
use crate::plan::Plan;
use crate::text::slice;

/// A text on its way out, masked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Masking {
    /// The bytes of the text that are done with.
    at: usize,
}

impl Masking {
    /// How far the text is done with.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The masked text up to the byte `until`. `text` starts at the byte `base` of the whole; `findings` are all
    /// that start before `until`.
    pub(crate) fn release(
        &mut self,
        text: &str,
        base: usize,
        until: usize,
        findings: &[Finding],
        plan: &Plan,
    ) -> String {
        let mut masked = String::new();
        for (finding, label) in ordered(findings, self.at, until, plan) {
            if finding.end <= self.at {
                continue;
            }
            if self.at < finding.start {
                masked.push_str(slice(text, self.at - base, finding.start - base));
            }
            masked.push_str(&label);
            self.at = finding.end;
        }
        if self.at < until {
            masked.push_str(slice(text, self.at - base, until - base));
            self.at = until;
        }
        masked
    }
}

fn ordered<'a>(
    findings: &'a [Finding],
    from: usize,
    until: usize,
    plan: &Plan,
) -> Vec<(&'a Finding, String)> {
    let mut masks: Vec<_> = findings
        .iter()
        .filter(|finding| from < finding.end && finding.start < until)
        .filter_map(|finding| Some((finding, finding.mask(plan)?)))
        .collect();
    masks.sort_by_key(|(finding, label)| {
        let custom = !matches!(finding.kind, Kind::Regex(_));
        (
            finding.start,
            usize::MAX - finding.end,
            custom,
            label.clone(),
        )
    });
    masks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::policy::{Action, Direction, EntityType, Policy};
    use crate::sensitive_information::Entity;

    fn span(start: usize, end: usize) -> Finding {
        Finding {
            start,
            end,
            text: String::new(),
            kind: Kind::Pii(Entity {
                kind: EntityType::Name,
                action: Action::Anonymize,
            }),
        }
    }

    /// A text of characters that are all different, of three bytes each.
    fn distinct(count: usize) -> Vec<char> {
        ('\u{4e00}'..).take(count).collect()
    }

    proptest! {
        #[test]
        fn nothing_masked_is_left_and_nothing_else_is_lost(
            spans in proptest::collection::vec((0_usize..60, 1_usize..20), 0..12),
            cut in 0_usize..80,
        ) {
            let characters = distinct(80);
            let text: String = characters.iter().collect();
            let covered = |at: usize| spans.iter().any(|&(from, size)| (from..from + size).contains(&at));
            let findings: Vec<_> = spans
                .iter()
                .map(|&(from, size)| span(from * 3, (from + size) * 3))
                .collect();
            let plan = Plan::compile(&Policy::default(), Direction::Output).unwrap();
            let whole = Masking::default().release(&text, 0, text.len(), &findings, &plan);
            let left: String = whole.replace("{NAME}", "");
            let expected: String = (0..80).filter(|&at| !covered(at)).map(|at| characters[at]).collect();
            prop_assert_eq!(left, expected);

            let mut masking = Masking::default();
            let first = masking.release(&text, 0, cut * 3, &findings, &plan);
            prop_assert_eq!(first + &masking.release(&text, 0, text.len(), &findings, &plan), whole);
        }
    }
}
