//! A server that does what it is told, byte by byte.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::{Notify, Semaphore},
};

/// What the server does next.
#[derive(Clone)]
pub(crate) enum Step {
    /// Sends bytes, in a chunk of their own.
    Send(Vec<u8>),
    /// Waits until the test says so.
    Wait(Arc<Notify>),
    /// Waits until the client has gone.
    Stall,
    /// Ends the connection in the middle of the body.
    Break,
    /// Resets the connection, which takes along what the client has not read.
    Reset,
}

/// One answer.
#[derive(Clone)]
pub(crate) struct Reply {
    head: String,
    steps: Vec<Step>,
}

impl Reply {
    /// A stream of these steps.
    pub(crate) fn steps(steps: Vec<Step>) -> Self {
        Self {
            head: "200 OK\r\ncontent-type: text/event-stream".to_owned(),
            steps,
        }
    }

    /// A stream, sent in these pieces.
    pub(crate) fn pieces<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let pieces = pieces.into_iter();
        Self::steps(pieces.map(|piece| Step::Send(piece.to_vec())).collect())
    }

    /// A stream of chunks and its end, each sent on its own.
    pub(crate) fn chunks(chunks: &[Value]) -> Self {
        let mut steps: Vec<_> = chunks.iter().map(chunk).collect();
        steps.push(Step::Send(b"data: [DONE]\n\n".to_vec()));
        Self::steps(steps)
    }

    /// A stream that says `text`.
    pub(crate) fn text(text: &str) -> Self {
        let delta = json!({"choices": [{"index": 0, "delta": {"content": text}}]});
        let stop = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
        Self::chunks(&[delta, stop])
    }

    /// An answer with a status, further headers and a JSON body.
    pub(crate) fn json(head: &str, body: &Value) -> Self {
        Self {
            head: format!("{head}\r\ncontent-type: application/json"),
            steps: vec![Step::Send(body.to_string().into_bytes())],
        }
    }
}

/// An event of a stream.
pub(crate) fn chunk(chunk: &Value) -> Step {
    Step::Send(format!("data: {chunk}\n\n").into_bytes())
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The first line and the headers.
    pub(crate) head: String,
    /// A text, as far as it is one, where it is no JSON.
    pub(crate) body: Value,
}

#[derive(Default)]
struct State {
    replies: Mutex<Vec<Reply>>,
    received: Mutex<Vec<Received>>,
}

/// A server on a free port.
pub(crate) struct Backend {
    pub(crate) url: String,
    state: Arc<State>,
    gone: Arc<Semaphore>,
}

impl Backend {
    /// Answers each request with the next reply, and those that are left with the last.
    pub(crate) async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        let state = Arc::new(State::default());
        state.replies.lock().unwrap().extend(replies);
        let gone = Arc::new(Semaphore::new(0));
        let backend = Self {
            url,
            state: Arc::clone(&state),
            gone: Arc::clone(&gone),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve(stream, Arc::clone(&state), Arc::clone(&gone)));
            }
        });
        backend
    }

    /// The requests so far.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state.received.lock().unwrap().clone()
    }

    /// Waits until a client has gone in the middle of an answer.
    pub(crate) async fn abandoned(&self) {
        self.gone.acquire().await.unwrap().forget();
    }
}

/// Answers the requests of one connection.
async fn serve(stream: TcpStream, state: Arc<State>, gone: Arc<Semaphore>) {
    let mut stream = BufReader::new(stream);
    while let Some(received) = read(&mut stream).await {
        state.received.lock().unwrap().push(received);
        let reply = {
            let mut replies = state.replies.lock().unwrap();
            if replies.len() > 1 {
                replies.remove(0)
            } else {
                replies[0].clone()
            }
        };
        let head = format!(
            "HTTP/1.1 {}\r\ntransfer-encoding: chunked\r\n\r\n",
            reply.head
        );
        let mut sent = stream.write_all(head.as_bytes()).await.is_ok();
        for step in reply.steps {
            match step {
                Step::Send(bytes) => {
                    let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
                    chunk.extend(bytes);
                    chunk.extend(b"\r\n");
                    sent &= stream.write_all(&chunk).await.is_ok();
                }
                Step::Wait(signal) => signal.notified().await,
                Step::Stall => {
                    // A client that waits for an answer sends nothing: what can be read is its end.
                    let _ = stream.read(&mut [0]).await;
                    gone.add_permits(1);
                    return;
                }
                Step::Break => return,
                Step::Reset => {
                    stream.get_ref().set_zero_linger().unwrap();
                    return;
                }
            }
            if !sent {
                gone.add_permits(1);
                return;
            }
        }
        let _ = stream.write_all(b"0\r\n\r\n").await;
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Received> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    let head = head.to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1);
    let length = length.and_then(|length| length.lines().next());
    let mut body = vec![0; length.map_or(Some(0), |length| length.parse().ok())?];
    stream.read_exact(&mut body).await.ok()?;
    Some(Received {
        head,
        body: if body.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&body).unwrap_or_else(|_| String::from_utf8_lossy(&body).into())
        },
    })
}
