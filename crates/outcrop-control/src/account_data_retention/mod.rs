//! Data retention: whether an account's prompts and answers are retained in a region, and who may see them. It is kept and
//! told. Nothing follows from it here: no prompt or answer leaves this server but for the backends and logs that are
//! configured, and no model of the catalogue asks for retention.

mod get_account_data_retention;
mod put_account_data_retention;

use bedrock_smithy::input::PutAccountDataRetentionInput;

pub(crate) use get_account_data_retention::get_account_data_retention;
pub(crate) use put_account_data_retention::put_account_data_retention;

use crate::resource::{Resource, original};

/// The id of the only one in an account and region.
const ID: &str = "mode";

original!(PutAccountDataRetentionInput, PUT "/data-retention");

/// The kind of resource.
pub(crate) struct AccountDataRetention;

impl Resource for AccountDataRetention {
    const KIND: &'static str = "account-data-retention";
    type Request = PutAccountDataRetentionInput;
    type State = ();
}

#[cfg(test)]
mod tests;
