//! What it costs to have a backend answer, against calling it directly and against a raw hyper proxy in its place.

mod chunks;
mod latency;
mod memory;

use std::{io, path::Path};

use crate::{Plan, http, server::Server, table::Table};

/// Streams that may be open to the backend at once.
const CONCURRENCY: &str = "4096";

/// The backend, and what stands before it.
struct Proxies {
    mock: Server,
    hop: Server,
    outcrop: Server,
}

/// The ways to the backend, in the order in which they are measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Direct,
    Hop,
    Outcrop,
}

impl Proxies {
    fn start(program: &Path) -> io::Result<Self> {
        let beside = std::env::current_exe()?;
        let mock = Server::start(&beside.with_file_name("mock"), &[])?;
        let hop = Server::start(&beside.with_file_name("hop"), &[&mock.address.to_string()])?;
        Ok(Self {
            outcrop: Self::outcrop(program, &mock)?,
            mock,
            hop,
        })
    }

    /// Every model of the backend stands for a family of Bedrock's.
    fn outcrop(program: &Path, mock: &Server) -> io::Result<Server> {
        let url = format!("http://{}/v1", mock.address);
        let models =
            "anthropic.*=whole,amazon.*=first,meta.*=burst-10000,mistral.*=paced-500,cohere.*=held";
        let listen = [
            "serve",
            "--ephemeral",
            "--listen",
            "127.0.0.1:0",
            "--log-level",
            "off",
        ];
        let backend = [
            "--backend",
            &url,
            "--backend-model",
            models,
            "--backend-concurrency",
            CONCURRENCY,
        ];
        Server::start(program, &[&listen[..], &backend].concat())
    }

    fn server(&self, way: Way) -> &Server {
        match way {
            Way::Direct => &self.mock,
            Way::Hop => &self.hop,
            Way::Outcrop => &self.outcrop,
        }
    }
}

/// The same question, in the words of each side.
fn request(way: Way, model: &str, operation: &str) -> Vec<u8> {
    let text = "Tell me in two sentences what marble is made of, and where it comes from.";
    if way == Way::Outcrop {
        let id = match model {
            "whole" => "anthropic.claude-3-haiku-20240307-v1%3A0",
            "first" => "amazon.nova-lite-v1%3A0",
            "held" => "cohere.command-r-v1%3A0",
            model if model.starts_with("burst") => "meta.llama3-70b-instruct-v1%3A0",
            _ => "mistral.mistral-large-2402-v1%3A0",
        };
        let body = format!(r#"{{"messages":[{{"role":"user","content":[{{"text":"{text}"}}]}}]}}"#);
        http::request(&format!("/model/{id}/{operation}"), &body)
    } else {
        let body = format!(
            r#"{{"model":"{model}","messages":[{{"role":"user","content":"{text}"}}],"stream":true,"stream_options":{{"include_usage":true}}}}"#
        );
        http::request("/v1/chat/completions", &body)
    }
}

/// All rows of the proxy.
pub fn measure(plan: &Plan, program: &Path, table: &mut Table) -> io::Result<()> {
    let proxies = Proxies::start(program)?;
    latency::measure(plan, &proxies, table)?;
    chunks::measure(plan, &proxies, table)?;
    memory::measure(&proxies, table)
}
