"""A plain proxy between Helm and the API server: everything passes as it is, and what changes something is on record.

Helm reaches it over http without a login; the proxy is the control plane's administrator, or whose certificate it is given.
"""
import contextlib
import dataclasses
import http.client
import http.server
import io
import json
import ssl
import threading
import urllib.parse

# Of a connection, not of a message.
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "content-length", "te", "trailer", "upgrade"}


@dataclasses.dataclass
class Sent:
    """A request that changes something, and what the API server answered."""
    method: str
    path: str
    query: list
    content_type: str
    body: object  # None where it is none, or no JSON
    status: int = 0
    answer: object = None


def as_json(data):
    try:
        return json.loads(data)
    except ValueError:
        return None


class Recorder:
    def __init__(self, plane, handler=None):
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler or Handler)
        self._server.daemon_threads = True
        self._server.recorder = self
        context = ssl.create_default_context(cafile=str(plane.folder / "ca.crt"))
        context.load_cert_chain(plane.folder / "admin.crt", plane.folder / "admin.key")
        address = (plane.folder / "server").read_text().strip().removeprefix("https://")
        self.connect = lambda: http.client.HTTPSConnection(address, context=context, timeout=60)
        self._lock = threading.Lock()
        self._sent = None
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def kubeconfig(self, namespace):
        """As a document."""
        return json.dumps({
            "apiVersion": "v1", "kind": "Config", "current-context": "recorded",
            "clusters": [{"name": "recorded", "cluster": {"server": f"http://127.0.0.1:{self._server.server_port}"}}],
            "users": [{"name": "recorded", "user": {}}],
            "contexts": [{"name": "recorded", "context": {"cluster": "recorded", "user": "recorded", "namespace": namespace}}]})

    @contextlib.contextmanager
    def recording(self):
        """The list that fills with what is sent."""
        sent = []
        self._sent = sent
        try:
            yield sent
        finally:
            with self._lock:
                self._sent = None

    def note(self, handler, body):
        path, _, query = handler.path.partition("?")
        sent = Sent(handler.command, path, urllib.parse.parse_qsl(query, keep_blank_values=True),
                    handler.headers.get("Content-Type", ""), as_json(body))
        with self._lock:
            if self._sent is not None:
                self._sent.append(sent)
        return sent

    def forget(self, sent):
        """The API server asks for it to come again later, and every client of it does that by itself."""
        with self._lock:
            if self._sent is not None:
                self._sent.remove(sent)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else an answer of two writes takes 40 ms
    wbufsize = -1

    def setup(self):
        super().setup()
        self._upstream = self.server.recorder.connect()

    def finish(self):
        self._upstream.close()
        super().finish()

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        sent = None if self.command == "GET" else self.server.recorder.note(self, body)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        if sent:
            headers.pop("Accept-Encoding", None)
        self._upstream.request(self.command, self.path, body or None, headers)
        answer = self._upstream.getresponse()
        if answer.length is None and not sent:
            self._stream(answer)
            return
        content = answer.read()
        if sent:
            sent.status, sent.answer = answer.status, as_json(content)
            if answer.status >= 429 and answer.getheader("Retry-After"):
                self.server.recorder.forget(sent)
        self._head(answer)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on  # noqa: N815, as http.server names them

    def _head(self, answer):
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)

    def _stream(self, answer):
        """A watch, or an answer whose length is not known before."""
        self._head(answer)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while part := answer.read1(1 << 16):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
        except BrokenPipeError:  # Helm has seen what it waited for
            self.close_connection = True
            self.wfile = io.BytesIO()

    def log_message(self, *_):
        """Nothing: the tests tell what happened."""
