//! Guardrails: a policy and a content make an assessment. There is no I/O here, and no clock.
//!
//! A [`Policy`] is what a version of a guardrail holds, and is kept as it is (serde, under the names of the
//! official model). [`Guardrail::compile`] makes it ready; [`Guardrail::assess`] assesses a prompt or an answer at once, and
//! a [`StreamGuard`] assesses an answer while it arrives. Both give an [`Outcome`], whose assessment is the generated
//! type that handlers answer with. [`check`] is `InvokeGuardrailChecks`, which needs no policy.
//!
//! What is rule, lexicon or similarity, and where a model can judge instead ([`Judge`]), is told in
//! `docs/guardrails.md`. A scenario makes any finding with [`Forced`].
//!
//! ```
//! use outcrop_guardrails::policy::{Action, Direction, Directions, EntityType, PiiEntity, Policy};
//! use outcrop_guardrails::{Content, Guardrail, Intervention, Request, StreamGuard, StreamOptions};
//!
//! let policy = Policy {
//!     pii_entities: vec![PiiEntity {
//!         kind: EntityType::Email,
//!         action: Action::Anonymize,
//!         directions: Directions::default(),
//!     }],
//!     ..Policy::default()
//! };
//! let guardrail = Guardrail::compile(&policy)?;
//!
//! // A whole text. `with` adds what only the caller knows: the latency, and which guardrail it was.
//! let content = [Content::text("Write to jane@example.com.")];
//! let outcome = guardrail.assess(&Request::new(Direction::Input, &content)).with(3, None);
//! assert_eq!(outcome.intervention, Intervention::Masked);
//! assert_eq!(outcome.texts, ["Write to {EMAIL}."]);
//!
//! // The same, in pieces.
//! let mut stream = StreamGuard::new(&guardrail, StreamOptions::default());
//! let mut text = String::new();
//! for delta in ["Write to ja", "ne@exam", "ple.com."] {
//!     text += &stream.push(delta).text;
//! }
//! let (rest, outcome) = stream.finish();
//! assert_eq!(text + &rest.text, "Write to {EMAIL}.");
//! assert_eq!(outcome.intervention, Intervention::Masked);
//! # Ok::<(), outcrop_guardrails::PolicyError>(())
//! ```

mod automated_reasoning;
mod checks;
mod content;
mod content_filters;
mod contextual_grounding;
mod error;
mod finding;
mod forced;
mod guardrail;
mod judge;
mod mask;
mod outcome;
mod plan;
pub mod policy;
mod report;
mod scan;
mod sensitive_information;
mod stream;
mod text;
mod topics;
mod usage;
mod words;

pub use checks::{category, check};
pub use content::{Content, Image, Qualifier};
pub use error::PolicyError;
pub use forced::{Forced, ForcedFinding};
pub use guardrail::{Guardrail, Request};
pub use judge::{Judge, Questions, StreamVerdicts, Subject, Verdict, Verdicts, Windows};
pub use outcome::{Intervention, Outcome, action_reason};
pub use policy::{Direction, Policy};
pub use report::Scope;
pub use stream::{Release, StreamGuard, StreamMode, StreamOptions};
