//! The least that a proxy in Rust can do: it passes on each request as it came, and each answer as it comes.
//!
//! `hop ADDRESS` sends all requests to that address.

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, combinators::BoxBody};
use hyper::{Request, Response, Uri, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

type Upstream = Client<HttpConnector, Incoming>;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address: &str = Box::leak(std::env::args().nth(1).unwrap_or_default().into_boxed_str());
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    let client: Upstream = Client::builder(TokioExecutor::new()).build(connector);
    outcrop_bench::serve("hop", |stream| {
        let client = client.clone();
        async move {
            let service = service_fn(|request| pass_on(&client, address, request));
            let _ = http1::Builder::new()
                .serve_connection(stream, service)
                .await;
        }
    })
    .await
}

async fn pass_on(
    client: &Upstream,
    address: &str,
    mut request: Request<Incoming>,
) -> Result<Response<BoxBody<Bytes, hyper::Error>>, hyper::http::Error> {
    let path = request.uri().path();
    *request.uri_mut() = Uri::builder()
        .scheme("http")
        .authority(address)
        .path_and_query(path)
        .build()?;
    request.headers_mut().remove("host");
    match client.request(request).await {
        Ok(response) => Ok(response.map(BodyExt::boxed)),
        Err(_) => Response::builder()
            .status(502)
            .body(Empty::new().map_err(|never| match never {}).boxed()),
    }
}
