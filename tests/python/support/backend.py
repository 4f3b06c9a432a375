"""A model server that says what a test tells it to, in the words of chat completions."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# A line of a stream that breaks it off.
BREAK = object()


class Backend:
    """Answers each request with the next of `replies`, and keeps the requests' bodies."""

    def __init__(self):
        self.replies = []
        self.requests = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"

    def stop(self) -> None:
        """Closes the port."""
        self._server.shutdown()
        self._server.server_close()

    @contextlib.contextmanager
    def replying(self, *replies):
        """Sets the replies of the requests that are made within: lists of chunks, or a status and a body."""
        self.replies, self.requests = list(replies), []
        yield self.requests
        assert not self.replies, "fewer requests came than there are replies"

    def _handler(backend):  # noqa: N805 - the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                backend.requests.append({"path": self.path, "body": json.loads(body)})
                reply = backend.replies.pop(0)
                if isinstance(reply, tuple):
                    self._send(*reply)
                else:
                    self._stream(reply)

            def _send(self, status, body):
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def _stream(self, chunks):
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("transfer-encoding", "chunked")
                self.send_header("connection", "close")
                self.end_headers()
                for chunk in chunks:
                    if chunk is BREAK:
                        return
                    self._chunk(f"data: {json.dumps(chunk)}\n\n".encode())
                self._chunk(b"data: [DONE]\n\n")
                self._chunk(b"")

            def _chunk(self, data):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

            def log_message(self, *arguments):
                pass

        return Handler


def delta(**members) -> dict:
    """A chunk with a part of the answer."""
    return {"choices": [{"index": 0, "delta": members, "finish_reason": None}]}


def stop(reason: str = "stop") -> dict:
    """The chunk that says why the model stopped."""
    return {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}


def usage(prompt: int, completion: int, **details) -> dict:
    """The last chunk."""
    return {"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": completion} | details}


def saying(text: str) -> list[dict]:
    """A whole answer."""
    return [delta(role="assistant", content=""), delta(content=text), stop(), usage(9, 2)]
