//! What is behind `s3://` locations.

use outcrop_objects::{Objects, ObjectsError, S3Keys, S3Settings};

use crate::{config::Settings, state::data_folder};

/// Why nothing can be behind them.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsSettingError {
    /// The endpoint cannot be used.
    #[error("s3_endpoint: {0}")]
    Endpoint(#[from] ObjectsError),
    /// A key has two parts.
    #[error(
        "`s3_access_key_id` and `s3_secret_access_key` belong together. Set both, or none of them."
    )]
    HalfAKey,
    /// Two settings say different places.
    #[error("`s3_root` and `s3_endpoint` exclude each other. Remove one of them.")]
    Both,
}

/// The place that the settings name. The folder need not exist before something is in it.
pub(crate) fn objects(settings: &Settings) -> Result<Objects, ObjectsSettingError> {
    let endpoint = match (&settings.s3_root, &settings.s3_endpoint) {
        (Some(_), Some(_)) => return Err(ObjectsSettingError::Both),
        (Some(root), None) => return Ok(Objects::folder(root)),
        (None, None) => {
            // Where the platform has none, the working directory's: most servers never need it.
            return Ok(Objects::folder(
                data_folder().unwrap_or_default().join("s3"),
            ));
        }
        (None, Some(endpoint)) => endpoint,
    };
    let keys = match (&settings.s3_access_key_id, &settings.s3_secret_access_key) {
        (Some(id), Some(secret)) => Some(S3Keys {
            access_key_id: id.0.clone(),
            secret_access_key: secret.0.clone(),
            session_token: settings
                .s3_session_token
                .as_ref()
                .map(|token| token.0.clone()),
        }),
        (None, None) => None,
        _ => return Err(ObjectsSettingError::HalfAKey),
    };
    Ok(Objects::s3(S3Settings {
        endpoint: Some(endpoint.0.clone()),
        region: settings.region.0.clone(),
        keys,
    })?)
}
