//! Between which models a prompt router chooses.

use outcrop_catalogue::{ResourceError, Route, Routes};

use crate::{
    Control,
    context::Context,
    error::ControlError,
    prompt_router::{self, Router},
};

/// The routes of the router that an ARN names.
pub(super) async fn routes(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Option<Routes>, ResourceError> {
    let held = match prompt_router::find(control, context, arn).await {
        Ok(Router::Default(router)) => return Ok(Some(router.routes(context))),
        Ok(Router::Custom(held)) => held,
        Err(ControlError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let criteria = held.request()?.routing_criteria;
    let route = |target: &prompt_router::Target| Route {
        arn: target.arn.clone(),
        model: target.base_model.clone(),
    };
    Ok(Some(Routes {
        fallback: route(&held.state.fallback),
        other: route(held.state.other()),
        response_quality_difference: criteria.response_quality_difference,
    }))
}
