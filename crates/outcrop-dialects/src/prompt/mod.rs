//! Families whose body is a prompt, or a few strings, and whose answer is a text.
//!
//! A [`Family`] is a table: which body the schema allows, where the limits are, how the prompt becomes
//! a conversation, and the [`Form`] of its answers. All of them are in [`families`].

pub(crate) mod families;
mod form;
mod request;
mod response;
mod stream;
mod template;

use bedrock_runtime_smithy::model::Message;
use outcrop_catalogue::Model;
use serde_json::{Map, Value};

use crate::schema::Kind;
use crate::{Call, Dialect, DialectError, body, id, schema};
use form::Form;
use response::Responder;

/// One family.
pub(crate) struct Family {
    /// The bodies that are allowed.
    schema: Kind,
    /// Where its parameters are.
    names: Names,
    /// Reads system prompt and conversation.
    read: fn(&Map<String, Value>) -> Result<Conversation, DialectError>,
    /// What its answers look like.
    form: &'static dyn Form,
}

/// JSON pointers of the parameters that are not passed on among the additional fields: those that Converse knows, and how
/// many choices are asked for.
struct Names {
    max_tokens: &'static str,
    temperature: &'static str,
    top_p: &'static str,
    stop: &'static str,
    choices: &'static str,
}

/// A system prompt and the turns of a conversation.
#[derive(Debug, Default, PartialEq)]
struct Conversation {
    system: Option<String>,
    messages: Vec<Message>,
}

impl Dialect for Family {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        schema::check(&members, &self.schema)?;
        let parts = request::read(self, &members)?;
        let request = id::request(model, body);
        let responder = Responder {
            form: self.form,
            choices: parts.choices.unwrap_or(1),
            body: Value::Object(members),
            request,
        };
        Ok(Call::Converse(Box::new(parts), Box::new(responder)))
    }
}
