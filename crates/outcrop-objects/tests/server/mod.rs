//! As much of S3 as an object needs: one bucket called `bucket`, in memory, that wants signed requests.
#![allow(dead_code, reason = "every test target uses a part")]

use std::{
    collections::BTreeMap,
    convert::Infallible,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use outcrop_objects::{S3Keys, S3Settings};

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Bytes>,
    uploads: BTreeMap<String, BTreeMap<u32, Bytes>>,
    authorization: Option<String>,
}

pub(crate) struct Server {
    endpoint: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                let service = service_fn(move |request| serve(request, state.clone()));
                tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
            }
        });
        Self { endpoint, state }
    }

    pub(crate) fn settings(&self) -> S3Settings {
        let (access_key_id, secret_access_key) = ("test-key".into(), "test-secret".into());
        let keys = Some(S3Keys {
            access_key_id,
            secret_access_key,
            session_token: None,
        });
        S3Settings {
            endpoint: Some(self.endpoint.clone()),
            region: "eu-west-1".into(),
            keys,
        }
    }

    pub(crate) fn last_authorization(&self) -> Option<String> {
        self.state.lock().unwrap().authorization.clone()
    }
}

type Answer = Response<Full<Bytes>>;

async fn serve(request: Request<Incoming>, state: Arc<Mutex<State>>) -> Result<Answer, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let state = &mut *state.lock().unwrap();
    state.authorization = head
        .headers
        .get("authorization")
        .map(|value| value.to_str().unwrap().to_owned());
    if state.authorization.is_none() {
        return Ok(refusal(StatusCode::FORBIDDEN, "AccessDenied"));
    }
    let path = decoded(head.uri.path());
    let query: BTreeMap<String, String> = head
        .uri
        .query()
        .unwrap_or_default()
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (name.to_owned(), decoded(&value.replace('+', " "))))
        .collect();
    let (bucket, key) = path
        .trim_start_matches('/')
        .split_once('/')
        .unwrap_or((path.trim_start_matches('/'), ""));
    if bucket != "bucket" {
        return Ok(refusal(StatusCode::NOT_FOUND, "NoSuchBucket"));
    }
    Ok(match head.method {
        Method::GET if query.contains_key("list-type") => list(state, &query),
        Method::GET | Method::HEAD => {
            let range = head
                .headers
                .get("range")
                .map(|range| range.to_str().unwrap().to_owned());
            read(state, key, range.as_deref())
        }
        Method::POST | Method::PUT
            if query.contains_key("uploadId") || query.contains_key("uploads") =>
        {
            upload(state, key, &query, body)
        }
        Method::PUT => {
            state.objects.insert(key.to_owned(), body);
            Response::builder()
                .header("etag", "\"e\"")
                .body(Full::default())
                .unwrap()
        }
        Method::DELETE => {
            match query.get("uploadId") {
                Some(id) => drop(state.uploads.remove(id)),
                None => drop(state.objects.remove(key)),
            }
            Response::builder()
                .status(204)
                .body(Full::default())
                .unwrap()
        }
        Method::POST if query.contains_key("delete") => delete_many(state, &body),
        _ => refusal(StatusCode::NOT_IMPLEMENTED, "NotImplemented"),
    })
}

fn read(state: &State, key: &str, range: Option<&str>) -> Answer {
    let Some(object) = state.objects.get(key) else {
        return refusal(StatusCode::NOT_FOUND, "NoSuchKey");
    };
    let answer = Response::builder()
        .header("etag", "\"e\"")
        .header("last-modified", "Wed, 01 Jan 2020 12:00:00 GMT");
    let Some((first, last)) = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'))
    else {
        return answer
            .header("content-length", object.len())
            .body(Full::new(object.clone()))
            .unwrap();
    };
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let last = last.min(object.len() - 1);
    let content = format!("bytes {first}-{last}/{}", object.len());
    answer
        .status(206)
        .header("content-range", content)
        .body(Full::new(object.slice(first..=last)))
        .unwrap()
}

/// Two to a page, so that every listing has several.
fn list(state: &State, query: &BTreeMap<String, String>) -> Answer {
    let prefix = query.get("prefix").map_or("", String::as_str);
    let after = query
        .get("continuation-token")
        .or(query.get("start-after"))
        .map_or("", String::as_str);
    let found: Vec<_> = state
        .objects
        .iter()
        .filter(|(key, _)| key.starts_with(prefix) && key.as_str() > after)
        .take(3)
        .collect();
    let contents: String = found
        .iter()
        .take(2)
        .map(|(key, object)| {
            let (key, size) = (escaped(key), object.len());
            format!("<Contents><Key>{key}</Key><LastModified>2020-01-01T12:00:00.000Z</LastModified><ETag>e</ETag><Size>{size}</Size></Contents>")
        })
        .collect();
    let more = found.len() > 2;
    let next = if more {
        format!(
            "<NextContinuationToken>{}</NextContinuationToken>",
            escaped(found[1].0)
        )
    } else {
        String::new()
    };
    xml(&format!(
        "<ListBucketResult><IsTruncated>{more}</IsTruncated>{contents}{next}</ListBucketResult>"
    ))
}

fn upload(state: &mut State, key: &str, query: &BTreeMap<String, String>, body: Bytes) -> Answer {
    let Some(id) = query.get("uploadId") else {
        let id = format!("upload{}", state.uploads.len());
        state.uploads.insert(id.clone(), BTreeMap::new());
        return xml(&format!(
            "<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
        ));
    };
    if let Some(number) = query.get("partNumber") {
        state
            .uploads
            .get_mut(id)
            .unwrap()
            .insert(number.parse().unwrap(), body);
        return Response::builder()
            .header("etag", format!("\"{number}\""))
            .body(Full::default())
            .unwrap();
    }
    let parts = state.uploads.remove(id).unwrap();
    let object: Vec<u8> = parts.into_values().flatten().collect();
    state.objects.insert(key.to_owned(), object.into());
    xml("<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>")
}

fn delete_many(state: &mut State, body: &[u8]) -> Answer {
    let text = String::from_utf8(body.to_vec()).unwrap();
    let mut deleted = String::new();
    for part in text.split("<Key>").skip(1) {
        let key = part.split("</Key>").next().unwrap();
        state
            .objects
            .remove(&key.replace("&lt;", "<").replace("&amp;", "&"));
        deleted.push_str(&format!("<Deleted><Key>{key}</Key></Deleted>"));
    }
    xml(&format!("<DeleteResult>{deleted}</DeleteResult>"))
}

fn refusal(status: StatusCode, code: &str) -> Answer {
    let body = format!("<Error><Code>{code}</Code><Message>{code}</Message></Error>");
    Response::builder()
        .status(status)
        .body(Full::new(body.into()))
        .unwrap()
}

fn xml(body: &str) -> Answer {
    Response::new(Full::new(body.to_owned().into()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, more @ ..]) => {
                let hex = std::str::from_utf8(&[*high, *low]).unwrap().to_owned();
                bytes.push(u8::from_str_radix(&hex, 16).unwrap());
                rest = more;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
