//! Requests to a model server, and their retries.

use std::{error::Error, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use outcrop_engine::Observation;
use reqwest::{
    Client, RequestBuilder, Response, Url,
    header::{HeaderMap, HeaderValue, RETRY_AFTER},
};

pub(crate) use crate::client::Auth;
use crate::{
    BackendError, BackendSettings,
    client::{address, client},
    error::{Fault, reason},
};

/// Bytes of an error's body that are read.
const LONGEST_ERROR: usize = 64 << 10;

/// Time until the first further try; it doubles for each one after.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// One server. Clones share its connections.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    client: Client,
    /// Where the API begins. What follows its path is asked for with every request, as some hosts want a version.
    base: Url,
    retries: u32,
}

/// One request, as it may be sent more than once.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// After the server's address.
    pub(crate) path: &'static str,
    /// Besides those of every request, which they replace where names are equal.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    /// A request without headers of its own.
    pub(crate) fn new(path: &'static str, body: Bytes) -> Self {
        Self {
            path,
            headers: HeaderMap::new(),
            body,
        }
    }
}

impl Http {
    pub(crate) fn new(settings: &BackendSettings, auth: Auth) -> Result<Self, BackendError> {
        let base = address(settings)?;
        Ok(Self {
            client: client(settings, &base, auth)?,
            base,
            retries: settings.retries,
        })
    }

    /// The address of what is behind a path of the API.
    fn url(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        let base = self.base.path().trim_end_matches('/');
        url.set_path(&[base, path].concat());
        url
    }

    /// Gets a document of at most `limit` bytes, in one try.
    pub(crate) async fn get(&self, path: &str, limit: usize) -> Result<Bytes, Fault> {
        let request = self.client.get(self.url(path));
        read(settled(request).await?, limit).await
    }

    /// Posts a body until there is a success, or a failure that another try does not help.
    pub(crate) async fn post(&self, call: &Call) -> Result<Response, Fault> {
        let mut wait = FIRST_WAIT;
        for _ in 0..self.retries {
            match self.try_post(call).await {
                Err(fault) if fault.may_pass() => {
                    tracing::debug!(?fault, "trying the backend again");
                    tokio::time::sleep(wait).await;
                    wait *= 2;
                }
                settled => return settled,
            }
        }
        self.try_post(call).await
    }

    async fn try_post(&self, call: &Call) -> Result<Response, Fault> {
        let url = self.url(call.path);
        let mut request = self.client.post(url).headers(call.headers.clone());
        let observation = Observation::current();
        let trace = observation
            .as_ref()
            .and_then(|seen| seen.traceparent.as_deref());
        if let Some(trace) = trace {
            request = request.header("traceparent", trace);
        }
        settled(request.body(call.body.clone())).await
    }
}

/// Sends a request. What is no success is a fault.
async fn settled(request: RequestBuilder) -> Result<Response, Fault> {
    let response = request.send().await.map_err(|error| {
        let cause = cause(&error);
        if error.is_connect() {
            Fault::Unreachable(cause)
        } else {
            Fault::Broken(cause)
        }
    })?;
    if response.status().is_success() {
        return Ok(response);
    }
    let status = response.status().as_u16();
    let retry_after = response.headers().get(RETRY_AFTER).and_then(seconds);
    let body = read(response, LONGEST_ERROR).await.unwrap_or_default();
    Err(Fault::Status {
        status,
        reason: reason(&body).1,
        retry_after,
    })
}

/// A whole body of at most `limit` bytes.
pub(crate) async fn read(response: Response, limit: usize) -> Result<Bytes, Fault> {
    let body = Limited::new(reqwest::Body::from(response), limit);
    let collected = body.collect().await;
    collected
        .map(http_body_util::Collected::to_bytes)
        .map_err(|error| Fault::Broken(cause(error.as_ref())))
}

/// The innermost reason, which says most and does not repeat the address.
pub(crate) fn cause(error: &(dyn Error + 'static)) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// `Retry-After` in seconds; dates are rare, and left out.
fn seconds(value: &HeaderValue) -> Option<u32> {
    value.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_the_path_of_the_address() {
        for (address, url) in [
            ("http://a:1", "http://a:1/models"),
            ("http://a:1/v1/", "http://a:1/v1/models"),
            (
                "https://a/x%20y?version=2",
                "https://a/x%20y/models?version=2",
            ),
        ] {
            let http = Http::new(&BackendSettings::new(address), Auth::Bearer).unwrap();
            assert_eq!(http.url("/models").as_str(), url);
        }
    }
}
