//! Small models for the tests of the transformations.

use crate::ast::Model;

/// A model of these shapes, given as JSON.
pub(crate) fn model(shapes: &str) -> Model {
    Model::parse(&format!(r#"{{"smithy":"2.0","shapes":{shapes}}}"#)).unwrap()
}

/// One shape as compact JSON, members in the model's order.
pub(crate) fn json_of(model: &Model, id: &str) -> String {
    model.shape(id).unwrap().to_string()
}
