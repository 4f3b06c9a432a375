//! What a version of a guardrail holds, as it is kept: plain data under the names of the official model.

mod action;
mod entity;
mod filter;
mod grounding;
mod reasoning;
mod sensitive;
mod topic;
mod word;

use serde::{Deserialize, Serialize};

pub use action::{Action, Direction, Directions};
pub use entity::EntityType;
pub use filter::{Confidence, ContentFilter, FilterType, Modality, Strength};
pub use grounding::{GroundingFilter, GroundingType};
pub use reasoning::{AutomatedReasoning, FindingKind, ReasoningPolicy, TestCase};
pub use sensitive::{PiiEntity, RegexEntity};
pub use topic::{Tier, Topic};
pub use word::{ManagedWordList, ManagedWordType, Word};

/// The policies of one version of a guardrail. What is absent is not assessed, and not counted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Policy {
    /// Denied topics (`topicPolicy.topics`), up to 30.
    pub topics: Vec<Topic>,
    /// The tier of denied topics. Both tiers are assessed alike here.
    pub topics_tier: Tier,
    /// Content filters (`contentPolicy.filters`), one for each type.
    pub content_filters: Vec<ContentFilter>,
    /// The tier of content filters. Both tiers are assessed alike here.
    pub content_filters_tier: Tier,
    /// Custom words and phrases (`wordPolicy.words`), up to 10,000.
    pub words: Vec<Word>,
    /// Managed word lists (`wordPolicy.managedWordLists`).
    pub managed_word_lists: Vec<ManagedWordList>,
    /// Types of personal information (`sensitiveInformationPolicy.piiEntities`).
    pub pii_entities: Vec<PiiEntity>,
    /// Custom patterns (`sensitiveInformationPolicy.regexes`), up to 30.
    pub regexes: Vec<RegexEntity>,
    /// Contextual grounding (`contextualGroundingPolicy.filters`).
    pub contextual_grounding: Vec<GroundingFilter>,
    /// Automated reasoning policies, with the test cases that stand for their rules.
    pub automated_reasoning: Option<AutomatedReasoning>,
    /// What a blocked input is answered with.
    pub blocked_input_messaging: String,
    /// What a blocked output is replaced by.
    pub blocked_outputs_messaging: String,
}
