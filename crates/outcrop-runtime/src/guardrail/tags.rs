//! Input tags: what of a native request's text is meant for the guardrail.
//!
//! `<amazon-bedrock-guardrails-guardContent_SUFFIX>…</amazon-bedrock-guardrails-guardContent_SUFFIX>` marks what is
//! guarded; `groundingSource` and `query` mark what an answer is compared with. Without any tag in the whole request,
//! everything is guarded. Models do not see the tags (ours: the service does not say).

use outcrop_guardrails::Qualifier;

use super::content::Segment;

const KINDS: [(&str, Qualifier); 3] = [
    ("guardContent", Qualifier::GuardContent),
    ("groundingSource", Qualifier::GroundingSource),
    ("query", Qualifier::Query),
];

/// The tags of one suffix.
pub(super) struct Tags(Vec<(String, String, Qualifier)>);

impl Tags {
    pub(super) fn new(suffix: &str) -> Self {
        let tags = KINDS.into_iter().map(|(kind, qualifier)| {
            let name = format!("amazon-bedrock-guardrails-{kind}_{suffix}");
            (format!("<{name}>"), format!("</{name}>"), qualifier)
        });
        Self(tags.collect())
    }

    /// Whether a text has one of them.
    pub(super) fn mark(&self, text: &str) -> bool {
        self.next(text).is_some()
    }

    /// A text, cut at its tags. One that is not closed reaches to the end.
    pub(super) fn cut(&self, text: &str) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut rest = text;
        while let Some((before, after, close, qualifier)) = self.next(rest) {
            segments.push(Segment::outside(before));
            let (inner, left) = after.split_once(close).unwrap_or((after, ""));
            segments.push(Segment::qualified(inner, vec![qualifier]));
            rest = left;
        }
        segments.push(Segment::outside(rest));
        segments.retain(|segment| !segment.text.is_empty());
        segments
    }

    /// The first tag: what is before and after it, how it is closed, and what it marks.
    fn next<'a>(&self, text: &'a str) -> Option<(&'a str, &'a str, &str, Qualifier)> {
        let found = self.0.iter().filter_map(|(open, close, qualifier)| {
            let (before, after) = text.split_once(open.as_str())?;
            Some((before, after, close.as_str(), *qualifier))
        });
        found.min_by_key(|(before, ..)| before.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_tags() {
        let tags = Tags::new("x1");
        let text = "Be kind. <amazon-bedrock-guardrails-guardContent_x1>How?\
            </amazon-bedrock-guardrails-guardContent_x1> Bye <amazon-bedrock-guardrails-query_x1>why";
        assert!(tags.mark(text));
        assert_eq!(
            tags.cut(text),
            [
                Segment::outside("Be kind. "),
                Segment::qualified("How?", vec![Qualifier::GuardContent]),
                Segment::outside(" Bye "),
                Segment::qualified("why", vec![Qualifier::Query]),
            ]
        );
    }

    #[test]
    fn tags_of_another_suffix_are_text() {
        let tags = Tags::new("x2");
        let text = "<amazon-bedrock-guardrails-guardContent_x1>a";
        assert!(!tags.mark(text));
        assert_eq!(tags.cut(text), [Segment::outside(text)]);
    }
}
