//! The use case form that some providers want filled in before their models are used: one for an account, in all regions
//! (the user guide, "Request access to models").

mod get_use_case_for_model_access;
mod put_use_case_for_model_access;

use bedrock_smithy::input::PutUseCaseForModelAccessInput;

pub(crate) use get_use_case_for_model_access::get_use_case_for_model_access;
pub(crate) use put_use_case_for_model_access::put_use_case_for_model_access;

use crate::resource::{Resource, original};

/// The id of an account's form.
const ID: &str = "form";

original!(PutUseCaseForModelAccessInput, POST "/use-case-for-model-access");

/// The kind of resource.
pub(crate) struct UseCaseForModelAccess;

impl Resource for UseCaseForModelAccess {
    const KIND: &'static str = "use-case-for-model-access";
    type Request = PutUseCaseForModelAccessInput;
    type State = ();

    /// Quoted by the service's users.
    fn not_found(_form: &str) -> String {
        "You have not filled out the request form. Fill out the form before getting access."
            .to_owned()
    }
}

#[cfg(test)]
mod tests;
