//! What the tests share: asking the generated service, without the wire layers.

use std::{convert::Infallible, sync::Arc};

use bedrock_smithy::server::body::{Body, BoxBody};
use http::{Request, Response};
use http_body_util::BodyExt;
use outcrop_catalogue::Catalogue;
use outcrop_wire::Caller;
use serde_json::Value;
use tower::{ServiceExt, util::BoxCloneService};

use crate::{Control, service};

/// A model at its end of life, with a profile.
const MORE_MODELS: &str = r#"
    [[model]]
    id = "test.retired-v1:0"
    like = "amazon.nova-lite-v1:0"
    lifecycle = "end-of-life"
    profiles = ["us"]
"#;

type Asked = BoxCloneService<Request<Body>, Response<BoxBody>, Infallible>;

thread_local! {
    /// Made once for each test: it has all operations, and takes a while.
    static SERVICE: Asked = {
        let catalogue = Catalogue::builtin().and_then(|builtin| builtin.extended_with(MORE_MODELS));
        let catalogue = Arc::new(catalogue.expect("the catalogue is valid"));
        BoxCloneService::new(service(Arc::new(Control { catalogue })))
    };
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: u16,
    error_type: Option<String>,
    pub(crate) body: String,
    message: Option<String>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Status, type and message of an error.
    pub(crate) fn error(&self) -> (u16, &str, &str) {
        let error_type = self.error_type.as_deref().unwrap_or_default();
        (
            self.status,
            error_type,
            self.message.as_deref().unwrap_or_default(),
        )
    }
}

/// Asks from `us-east-1`.
pub(crate) async fn get(target: &str) -> Answer {
    get_from("us-east-1", target).await
}

/// Asks as account 123456789012.
pub(crate) async fn get_from(region: &str, target: &str) -> Answer {
    let caller = Caller {
        account: "123456789012".into(),
        region: region.into(),
        region_known: true,
    };
    let request = Request::get(target).extension(caller).body(Body::empty());
    let answer = SERVICE
        .with(Clone::clone)
        .oneshot(request.expect("is a request"))
        .await
        .expect("never fails");

    let header = answer.headers().get("x-amzn-errortype");
    let error_type = header.map(|value| value.to_str().expect("is ASCII").to_owned());
    let status = answer.status().as_u16();
    let body = answer
        .into_body()
        .collect()
        .await
        .expect("is whole")
        .to_bytes();
    let body = String::from_utf8(body.to_vec()).expect("is UTF-8");
    let json = serde_json::from_str::<Value>(&body).unwrap_or_default();
    let message = json["message"].as_str().map(str::to_owned);
    Answer {
        status,
        error_type,
        body,
        message,
    }
}
