//! The server view: the official model as a server has to have it.
//!
//! Each transformation is one function, driven by the model. What is particular to a service is data in `model/`.

mod anchor_patterns;
mod drop_traits;
mod drop_vacuous_patterns;
mod error;
mod escape_patterns;
mod merge_additions;
mod missing_validation_errors;
mod name_element_constraints;
mod open_enums;
mod pattern;
mod relax_event_streams;
mod rename_shapes;
mod sort_members;
#[cfg(test)]
pub(crate) mod testing;
mod validation_exception;
mod widen_constraints;

pub use error::PrepareError;

use crate::ast::Model;
use crate::data::ServiceData;

/// The two stages of preparation.
pub struct Prepared {
    /// The official model with the project's additions and names, its constraints as AWS wrote them or as the live service
    /// has widened them. Messages and the constraint table speak of this one.
    pub complete: Model,
    /// What the generator gets.
    pub view: Model,
}

/// Makes the server view of an official model.
pub fn prepare(
    official: Model,
    data: &ServiceData,
    unused_traits: &[String],
) -> Result<Prepared, PrepareError> {
    let complete = complete(official, data, unused_traits)?;
    let view = adapt(complete.clone(), data)?;
    Ok(Prepared { complete, view })
}

/// What the live service has beyond the official model, and names that work.
fn complete(
    mut model: Model,
    data: &ServiceData,
    unused_traits: &[String],
) -> Result<Model, PrepareError> {
    drop_traits::drop_traits(&mut model, unused_traits);
    for additions in &data.additions {
        merge_additions::merge_additions(&mut model, additions)?;
    }
    widen_constraints::widen_constraints(&mut model, &data.widened_constraints)?;
    rename_shapes::rename_shapes(&mut model, &data.renames)?;
    Ok(model)
}

/// What the generator needs in order to generate at all, and to generate what answers as the live service does.
fn adapt(mut model: Model, data: &ServiceData) -> Result<Model, PrepareError> {
    open_enums::open_enums(&mut model, &data.opened_enums)?;
    drop_vacuous_patterns::drop_vacuous_patterns(&mut model)?;
    validation_exception::validation_exception(&mut model)?;
    missing_validation_errors::missing_validation_errors(&mut model)?;
    escape_patterns::escape_control_characters(&mut model)?;
    escape_patterns::escape_hashes(&mut model)?;
    anchor_patterns::anchor_patterns(&mut model)?;
    name_element_constraints::name_element_constraints(&mut model)?;
    relax_event_streams::relax_event_streams(&mut model)?;
    sort_members::sort_members(&mut model);
    Ok(model)
}
