//! Model invocation logs: what an account's invocations were asked and what they answered, written where its
//! `PutModelInvocationLoggingConfiguration` says.
//!
//! [`InvocationLogs`] wraps the service of Bedrock Runtime. Where an account has a configuration, it keeps the bodies that pass
//! (they are shared, not copied) and puts them into a bounded queue once the answer is over; where none has, a request costs
//! a look into a small table. [`Delivery`] takes them from there, makes records of them and writes those in batches: to S3
//! locations as compressed JSON lines, to `CloudWatch` Logs as files of events. No request waits for it or fails with it: what
//! cannot be delivered is counted and told in the log.
//!
//! Records have the form that users of the service have published. Requests that the validation refuses reach no model and
//! are not logged, and neither is what jobs infer: the service documents four operations that are.

mod body;
mod check;
mod configurations;
mod delivery;
mod invocation;
mod layer;
mod logs;
mod places;
mod queue;
mod record;
mod settings;

pub use delivery::Delivery;
pub use layer::LogInvocations;
pub use logs::InvocationLogs;
pub use places::LOG_STREAM;
pub use settings::DeliverySettings;

pub(crate) use places::Places;
