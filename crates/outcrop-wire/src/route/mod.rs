//! Which operation a request is for, told from the model's routes before the generated routers are asked.
//!
//! The generated routers answer what they do not know with an empty body, operations without a handler with an empty
//! 500, and they consume the request, so they cannot be asked one after the other. Knowing the operation first also
//! gives logs and metrics its name, and lets paths be mended that the generated routers would not recognise.

mod operation;
mod path;
mod service;
mod table;

pub use self::{
    operation::OperationName,
    service::{RawTarget, RouteLayer, RouteService},
    table::{RouteTable, ServiceRoutes},
};

pub(crate) use self::operation::{BodyKind, RoutedOperation};
