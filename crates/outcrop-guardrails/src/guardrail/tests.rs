use super::*;
use crate::policy::{
    Confidence, ContentFilter, Directions, EntityType, FilterType, GroundingFilter, Modality,
    PiiEntity, Strength, Topic, Word,
};
use crate::{Image, Verdict, Verdicts};

fn pii(action: Action, directions: Directions) -> Policy {
    Policy {
        pii_entities: vec![PiiEntity {
            kind: EntityType::Email,
            action,
            directions,
        }],
        blocked_input_messaging: "No question.".into(),
        blocked_outputs_messaging: "No answer.".into(),
        ..Policy::default()
    }
}

fn assess(policy: &Policy, direction: Direction, text: &str) -> Outcome {
    let content = [Content::text(text)];
    let guardrail = Guardrail::compile(policy).unwrap();
    guardrail.assess(&Request::new(direction, &content))
}

#[test]
fn each_direction_has_its_own_action() {
    let own = Directions {
        output_action: Some(Action::Anonymize),
        ..Directions::default()
    };
    let policy = pii(Action::Block, own);
    let input = assess(&policy, Direction::Input, "to a@b.io");
    let output = assess(&policy, Direction::Output, "to a@b.io");
    let text = |outcome: &Outcome| outcome.outputs()[0].text.clone();
    assert_eq!(text(&input).as_deref(), Some("No question."));
    assert_eq!(text(&output).as_deref(), Some("to {EMAIL}"));
    let off = Directions {
        input_enabled: Some(false),
        ..Directions::default()
    };
    let input = assess(&pii(Action::Block, off), Direction::Input, "to a@b.io");
    assert_eq!(input.intervention, Intervention::None);
    assert!(input.assessment.sensitive_information_policy.is_none());
    assert_eq!(input.usage.sensitive_information_policy_units, Some(0));
}

#[test]
fn detecting_only_tells_and_leaves_the_text() {
    let outcome = assess(
        &pii(Action::None, Directions::default()),
        Direction::Input,
        "to a@b.io",
    );
    assert_eq!(outcome.intervention, Intervention::None);
    assert_eq!(
        (outcome.texts.as_slice(), outcome.outputs().len()),
        (&["to a@b.io".to_owned()][..], 0)
    );
    assert!(outcome.assessment.sensitive_information_policy.is_some());
}

#[test]
fn units_are_thousands_of_characters() {
    let policy = pii(Action::None, Directions::default());
    for (count, units) in [(0, 0), (1, 1), (1000, 1), (1001, 2)] {
        let outcome = assess(&policy, Direction::Input, &"é".repeat(count));
        assert_eq!(
            outcome.usage.sensitive_information_policy_units,
            Some(units),
            "{count}"
        );
        assert_eq!(outcome.usage.word_policy_units, Some(0));
    }
}

#[test]
fn what_is_not_guarded_is_counted_and_not_assessed() {
    let guardrail = Guardrail::compile(&pii(Action::Block, Directions::default())).unwrap();
    let content = [
        Content::Outside("a@b.io"),
        Content::qualified("c@d.io", &[Qualifier::Query]),
        Content::text("fine"),
    ];
    let outcome = guardrail.assess(&Request::new(Direction::Input, &content));
    assert_eq!(outcome.intervention, Intervention::None);
    let covered = outcome.coverage.text_characters.unwrap();
    assert_eq!((covered.guarded, covered.total), (Some(4), Some(16)));
}

#[test]
fn a_judge_overrules_topics_and_filters_and_sees_images() {
    let filter = ContentFilter {
        input_modalities: vec![Modality::Text, Modality::Image],
        ..ContentFilter::new(FilterType::Violence, Strength::Low)
    };
    let policy = Policy {
        topics: vec![Topic {
            name: "Weather".into(),
            definition: "The weather.".into(),
            ..Topic::default()
        }],
        content_filters: vec![filter],
        ..Policy::default()
    };
    let guardrail = Guardrail::compile(&policy).unwrap();
    let image = Image {
        format: "png",
        bytes: &[1, 2, 3],
    };
    let content = [Content::text("How is the weather?"), Content::Image(image)];
    let mut request = Request::new(Direction::Input, &content);
    assert_eq!(
        guardrail.assess(&request).intervention,
        Intervention::Blocked
    );
    let subjects = guardrail.subjects(Direction::Input, &content);
    assert_eq!(subjects.len(), 2);
    let mut verdicts = Verdicts::default();
    let topics = [("Weather".to_owned(), false)].into();
    verdicts.add(
        &subjects[0],
        Verdict {
            topics,
            ..Verdict::default()
        },
    );
    request.judge = Some(&verdicts);
    assert_eq!(guardrail.assess(&request).intervention, Intervention::None);
    let mut verdicts = verdicts.clone();
    let filters = [(FilterType::Violence, Confidence::High)].into();
    verdicts.add(
        &subjects[1],
        Verdict {
            filters,
            ..Verdict::default()
        },
    );
    request.judge = Some(&verdicts);
    let outcome = guardrail.assess(&request);
    assert_eq!(outcome.intervention, Intervention::Blocked);
    assert_eq!(outcome.usage.content_policy_image_units, Some(1));
    assert_eq!(outcome.coverage.images.unwrap().guarded, Some(1));
}

#[test]
fn an_answer_that_is_not_grounded_blocks() {
    let policy = Policy {
        contextual_grounding: vec![GroundingFilter {
            kind: GroundingType::Grounding,
            threshold: 0.75,
            action: Action::Block,
            enabled: true,
        }],
        ..Policy::default()
    };
    let guardrail = Guardrail::compile(&policy).unwrap();
    let reference = |answer| {
        [
            Content::qualified(
                "London is the capital of UK.",
                &[Qualifier::GroundingSource],
            ),
            Content::qualified("What is the capital of UK?", &[Qualifier::Query]),
            Content::text(answer),
        ]
    };
    for (answer, expected) in [
        ("London is the capital.", Intervention::None),
        ("Pink horses graze in Patagonia.", Intervention::Blocked),
    ] {
        let content = reference(answer);
        let outcome = guardrail.assess(&Request::new(Direction::Output, &content));
        assert_eq!(outcome.intervention, expected, "{answer}");
        assert_eq!(outcome.usage.contextual_grounding_policy_units, Some(1));
    }
}

#[test]
fn words_are_told_once() {
    let policy = Policy {
        words: vec![Word {
            text: "acme".into(),
            ..Word::default()
        }],
        ..Policy::default()
    };
    let outcome = assess(&policy, Direction::Input, "acme and acme. And ACME.");
    let words = outcome
        .assessment
        .word_policy
        .unwrap()
        .custom_words
        .unwrap();
    let matches: Vec<_> = words.into_iter().filter_map(|word| word.r#match).collect();
    assert_eq!(matches, ["acme", "ACME"]);
}
