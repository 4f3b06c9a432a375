//! Every recorded part, and how a part of ours is held against them.

use crate::{
    answer::Answer,
    part::{Features, Part, take_apart},
    recording::Exchange,
};

/// Members that the service has added: the part, the path in it, and the day from which recordings have them. `*` stands for
/// what the path begins with.
const LATER: [(&str, &str, u32); 16] = [
    ("", "p", 20_250_131),
    ("", "usage.serverToolUsage", 20_260_401),
    ("body", "type", 20_240_611),
    ("body", "stop_details", 20_260_706),
    ("message_start", "message.stop_details", 20_260_706),
    ("message_delta", "delta.stop_details", 20_260_706),
    ("message_delta", "usage.input_tokens", 20_260_618),
    (
        "message_delta",
        "usage.cache_creation_input_tokens",
        20_260_618,
    ),
    ("message_delta", "usage.cache_read_input_tokens", 20_260_618),
    ("", "*.guardrail.actionReason", 20_250_819),
    ("", "*.guardrail.modelOutput", 20_250_819),
    ("", "*.detected", 20_250_819),
    ("", "*.usage.contentPolicyImageUnits", 20_250_819),
    ("", "*.usage.automatedReasoningPolicies", 20_250_819),
    ("", "*.usage.automatedReasoningPolicyUnits", 20_250_819),
    ("", "*.appliedGuardrailDetails", 20_260_907),
];

/// One recorded answer in parts.
#[derive(Debug)]
struct Entry {
    operation: String,
    model: String,
    family: String,
    file: String,
    day: Option<u32>,
    features: Features,
    keeps_order: bool,
    parts: Vec<Part>,
}

/// All recorded successful answers.
#[derive(Debug, Default)]
pub struct Evidence {
    entries: Vec<Entry>,
}

/// How an answer differs from what was recorded.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// In members and types.
    pub skeleton: Vec<String>,
    /// In the order of members; nothing where the recording is no evidence of it.
    pub order: Option<Vec<String>>,
}

impl Evidence {
    /// Takes every successful answer apart; those that cannot be are told.
    pub fn collect<'a>(exchanges: impl IntoIterator<Item = &'a Exchange>) -> (Self, Vec<String>) {
        let mut evidence = Self::default();
        let mut unusable = Vec::new();
        for exchange in exchanges.into_iter().filter(|exchange| exchange.accepted()) {
            match take_apart(exchange, &exchange.answer) {
                Ok(parts) => evidence.entries.push(Entry::new(exchange, parts)),
                Err(reason) => unusable.push(format!("{}: {reason}", exchange.file)),
            }
        }
        (evidence, unusable)
    }

    /// Compares an answer of ours with the recorded ones.
    #[must_use]
    pub fn differences(&self, exchange: &Exchange, answer: &Answer) -> Differences {
        let Some(own) = self
            .entries
            .iter()
            .find(|entry| entry.file == exchange.file)
        else {
            return Differences::default();
        };
        let parts = match take_apart(exchange, answer) {
            Ok(parts) => parts,
            Err(reason) => {
                return Differences {
                    skeleton: vec![reason],
                    order: own.keeps_order.then(Vec::new),
                };
            }
        };
        let mut skeleton: Vec<_> = parts
            .iter()
            .flat_map(|part| self.skeleton(own, part))
            .collect();
        let missing = own.parts.iter().filter(|part| !part.optional);
        let missing = missing.filter(|part| parts.iter().all(|ours| ours.name != part.name));
        skeleton.extend(missing.map(|part| format!("{} recorded, absent here", part.name)));
        skeleton.sort();
        skeleton.dedup();
        let order = || {
            parts
                .iter()
                .flat_map(|part| self.order(own, part))
                .collect()
        };
        Differences {
            skeleton,
            order: own.keeps_order.then(order),
        }
    }

    fn skeleton(&self, own: &Entry, part: &Part) -> Vec<String> {
        let candidates = self.candidates(own, part, |_| true);
        let differences = candidates.iter().map(|(entry, recorded)| {
            let later = entry.later(part);
            recorded.skeleton.differences(&part.skeleton, &later)
        });
        let Some(best) = differences.min_by_key(Vec::len) else {
            return vec![format!("{} here, recorded nowhere", part.name)];
        };
        best.into_iter()
            .map(|text| format!("{}: {text}", part.name))
            .collect()
    }

    fn order(&self, own: &Entry, part: &Part) -> Vec<String> {
        let candidates = self.candidates(own, part, |entry| entry.keeps_order);
        let differences = candidates
            .iter()
            .map(|(_, recorded)| recorded.skeleton.misplaced(&part.skeleton));
        let best = differences.min_by_key(Vec::len).unwrap_or_default();
        best.into_iter()
            .map(|text| format!("{}: {text}", part.name))
            .collect()
    }

    /// The recorded parts that `part` may equal: own ones first, then ever more distant ones. A distance is looked at
    /// only where nothing nearer has such a part, except that the same model at the same or a later time counts as near.
    fn candidates<'a>(
        &'a self,
        own: &'a Entry,
        part: &Part,
        usable: impl Fn(&Entry) -> bool,
    ) -> Vec<(&'a Entry, &'a Part)> {
        let named = |fits: &dyn Fn(&Entry) -> bool| -> Vec<_> {
            let entries = self
                .entries
                .iter()
                .filter(|entry| entry.operation == own.operation);
            let entries = entries.filter(|entry| usable(entry) && fits(entry));
            let parts =
                entries.flat_map(|entry| entry.parts.iter().map(move |recorded| (entry, recorded)));
            parts
                .filter(|(_, recorded)| recorded.name == part.name)
                .collect()
        };
        let near = named(&|entry| entry.file == own.file || entry.near(own));
        let model = || named(&|entry| entry.model == own.model);
        let family = || named(&|entry| entry.family == own.family);
        let operation = || named(&|_| true);
        let distances: [&dyn Fn() -> Vec<(&'a Entry, &'a Part)>; 3] = [&model, &family, &operation];
        distances.iter().fold(
            near,
            |found, distance| if found.is_empty() { distance() } else { found },
        )
    }
}

impl Entry {
    fn new(exchange: &Exchange, parts: Vec<Part>) -> Self {
        Self {
            operation: exchange.operation.clone(),
            model: exchange.base_model().to_owned(),
            family: exchange.family().to_owned(),
            file: exchange.file.clone(),
            day: exchange.day,
            features: Features::of(exchange),
            keeps_order: exchange.keeps_order,
            parts,
        }
    }

    /// Whether this answer of the same model is not older, and was asked for in the same way.
    fn near(&self, own: &Self) -> bool {
        // Of undated answers it is not known which is newer.
        let as_new = self.day.is_some() == own.day.is_some() && self.day >= own.day;
        let alike = self.features.cache == own.features.cache
            && self.features.reasoning == own.features.reasoning
            && self.features.guardrail == own.features.guardrail;
        self.model == own.model && as_new && alike
    }

    /// Paths of members that the service had not yet when this was recorded.
    fn later(&self, part: &Part) -> Vec<&'static str> {
        let added = |since: u32| self.day.is_none_or(|day| day < since);
        let later = LATER
            .iter()
            .filter(|(name, _, since)| part.name.starts_with(name) && added(*since));
        later.map(|(_, path, _)| *path).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{exchange, json};

    const RECORDED: &str = r#"{"output":{"message":{"content":[{"text":"a"}],"role":"assistant"}},"usage":{"inputTokens":1}}"#;

    fn compare(exchange: &Exchange, others: &[Exchange], ours: &str) -> Differences {
        let all: Vec<_> = [exchange].into_iter().chain(others).collect();
        let (evidence, unusable) = Evidence::collect(all);
        assert!(unusable.is_empty(), "{unusable:?}");
        evidence.differences(exchange, &json(ours))
    }

    fn other(file: &str, body: &str) -> Exchange {
        let mut other = exchange("Converse", "{}", body);
        other.file = file.to_owned();
        other
    }

    #[test]
    fn a_recording_equals_itself() {
        let exchange = exchange("Converse", "{}", RECORDED);
        let found = compare(&exchange, &[], RECORDED);
        assert_eq!(
            found,
            Differences {
                skeleton: vec![],
                order: Some(vec![])
            }
        );
    }

    #[test]
    fn another_choice_of_the_model_is_judged_by_other_recordings() {
        let exchange = exchange("Converse", "{}", RECORDED);
        let ours = RECORDED.replace(r#"{"text":"a"}"#, r#"{"toolUse":{"input":{},"name":"n"}}"#);
        let found = compare(&exchange, &[], &ours);
        assert_eq!(found.skeleton, ["content.toolUse here, recorded nowhere"]);
        let recorded = other("b", &ours.replace("\"n\"", "\"n\",\"toolUseId\":\"i\""));
        let found = compare(&exchange, &[recorded], &ours);
        assert_eq!(
            found.skeleton,
            ["content.toolUse: toolUse.toolUseId recorded, absent here"]
        );
    }

    #[test]
    fn a_newer_answer_of_the_same_model_counts_and_an_older_one_does_not() {
        let exchange = exchange("Converse", "{}", RECORDED);
        let ours = RECORDED.replace("\"inputTokens\":1", "\"inputTokens\":1,\"extra\":1");
        let mut recorded = other("b", &ours);
        recorded.day = Some(20_260_801);
        assert!(
            compare(&exchange, std::slice::from_ref(&recorded), &ours)
                .skeleton
                .is_empty()
        );
        recorded.day = Some(20_250_101);
        assert_eq!(
            compare(&exchange, &[recorded], &ours).skeleton,
            ["body: usage.extra here, not recorded"]
        );
    }

    #[test]
    fn later_members_are_no_difference_to_an_older_recording() {
        let mut exchange = exchange("Converse", "{}", RECORDED);
        let ours = RECORDED.replace(
            "\"inputTokens\":1",
            "\"inputTokens\":1,\"serverToolUsage\":{}",
        );
        assert_eq!(
            compare(&exchange, &[], &ours).skeleton,
            ["body: usage.serverToolUsage here, not recorded"]
        );
        exchange.day = Some(20_250_101);
        assert!(compare(&exchange, &[], &ours).skeleton.is_empty());
    }

    #[test]
    fn order_counts_only_where_the_bytes_were_kept() {
        let mut exchange = exchange("Converse", "{}", RECORDED);
        let ours =
            r#"{"usage":{"inputTokens":1},"output":{"message":{"content":[],"role":"assistant"}}}"#;
        let found = compare(&exchange, &[], ours).order;
        assert_eq!(
            found,
            Some(vec![
                "body: : order output,usage recorded, usage,output here".to_owned()
            ])
        );
        exchange.keeps_order = false;
        assert_eq!(compare(&exchange, &[], ours).order, None);
    }
}
