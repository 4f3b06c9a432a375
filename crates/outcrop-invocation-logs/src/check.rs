//! Trying the places of a configuration before it is put, as the service does.

use bedrock_smithy::model::LoggingConfig;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use outcrop_control::LogDestinations;
use outcrop_store::Scope;

use crate::{
    InvocationLogs, Places,
    delivery::{WriteError, note},
};

/// The event that the service leaves in a log group (recorded by users).
const PERMITTED: &str = "Permissions are correctly set for Amazon Bedrock logs.";

impl LogDestinations for InvocationLogs {
    fn check<'a>(
        &'a self,
        scope: &'a Scope,
        config: &'a LoggingConfig,
    ) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(self.try_out(scope, config))
    }

    fn changed(&self) {
        self.shared.configurations.changed();
    }
}

impl InvocationLogs {
    async fn try_out(&self, scope: &Scope, config: &LoggingConfig) -> Result<(), String> {
        let places = Places::of(scope, config).map_err(|error| error.to_string())?;
        let writers = &self.shared.writers;
        for place in places.buckets() {
            let done = match place.permission_check() {
                Ok(uri) => writers.put_once(&uri, Bytes::new()).await,
                Err(error) => Err(WriteError::from(error)),
            };
            // The beginning is quoted.
            done.map_err(|error| {
                let bucket = place.bucket();
                format!("Failed to validate permissions for bucket: {bucket}: {error}.")
            })?;
        }
        if let Some(group) = &places.cloud_watch {
            let done = note(writers, scope, &group.name, PERMITTED).await;
            done.map_err(|error| {
                let name = &group.name;
                format!("Failed to validate permissions for log group: {name}: {error}.")
            })?;
        }
        Ok(())
    }
}
