//! What is known of the two services before a request comes: the constraint tables that are generated with them,
//! and which operations have a handler.

use std::{collections::HashSet, sync::Arc};

use outcrop_wire::{ConstraintTable, NullMembers, RouteTable, ServiceRoutes, TableError};

const RUNTIME: &str = include_str!("../crates/bedrock-runtime-smithy/constraints.json");
const CONTROL: &str = include_str!("../crates/bedrock-smithy/constraints.json");
const NULL_MEMBERS: &str = include_str!("../model/bedrock-runtime/null_members.json");

/// Why the tables cannot be used. Each is a fault of the build, which the tests find.
#[derive(Debug, thiserror::Error)]
pub enum RoutesError {
    /// A table that is not of the right form.
    #[error("the constraint tables of this build cannot be read: {0}")]
    Table(#[from] TableError),
    /// Data about answers that is not of the right form.
    #[error("the members of this build that are null cannot be read: {0}")]
    NullMembers(#[from] serde_json::Error),
    /// A handler for an operation that the service does not have.
    #[error("this build has a handler for {operation}, which is no operation of {service}")]
    UnknownOperation {
        /// The operation.
        operation: &'static str,
        /// The service.
        service: &'static str,
    },
}

/// A service, and what is served of it.
#[derive(Debug)]
pub struct Operations {
    /// The service, as AWS calls it.
    pub service: &'static str,
    table: ConstraintTable,
    served: &'static [&'static str],
}

impl Operations {
    /// The operations that have a handler.
    pub fn served(&self) -> impl Iterator<Item = &str> {
        self.table
            .operation_names()
            .filter(|name| self.served.contains(name))
    }

    /// The operations that answer 501.
    pub fn not_served(&self) -> impl Iterator<Item = &str> {
        self.table
            .operation_names()
            .filter(|name| !self.served.contains(name))
    }
}

/// The operations of the runtime and of the control plane, in this order.
pub fn operations() -> Result<[Operations; 2], RoutesError> {
    Ok([
        read("Amazon Bedrock Runtime", RUNTIME, outcrop_runtime::SERVED)?,
        read("Amazon Bedrock", CONTROL, outcrop_control::SERVED)?,
    ])
}

/// The routes of both services, for the layers that find the operation of a request.
pub(crate) fn routes() -> Result<RouteTable, RoutesError> {
    let services = operations()?.map(|operations| {
        let not_served: Vec<String> = operations.not_served().map(str::to_owned).collect();
        ServiceRoutes::new(Arc::new(operations.table), not_served)
    });
    Ok(RouteTable::new(services)?)
}

/// The members that answers have as null where they say nothing.
pub(crate) fn null_members() -> Result<NullMembers, RoutesError> {
    Ok(NullMembers::parse(NULL_MEMBERS)?)
}

fn read(
    service: &'static str,
    table: &str,
    served: &'static [&'static str],
) -> Result<Operations, RoutesError> {
    let table = ConstraintTable::parse(table)?;
    let names: HashSet<&str> = table.operation_names().collect();
    match served.iter().find(|operation| !names.contains(*operation)) {
        Some(operation) => Err(RoutesError::UnknownOperation { operation, service }),
        None => Ok(Operations {
            service,
            table,
            served,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::{RUNTIME, RoutesError, null_members, operations, read, routes};

    #[test]
    fn the_tables_of_this_build_can_be_used() {
        routes().unwrap();
    }

    #[test]
    fn members_are_null_in_answers_of_operations_that_there_are() {
        let [runtime, _] = operations().unwrap();
        let known: Vec<_> = runtime.served().collect();
        let nulls = null_members().unwrap();
        assert!(nulls.operations().all(|name| known.contains(&name)));
    }

    #[test]
    fn a_handler_for_an_unknown_operation_is_found() {
        let error = read("Runtime", RUNTIME, &["Convers"]).unwrap_err();
        assert!(matches!(
            error,
            RoutesError::UnknownOperation {
                operation: "Convers",
                ..
            }
        ));
    }
}
