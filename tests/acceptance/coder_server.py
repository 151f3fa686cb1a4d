"""A Coder for tests: it answers GET as the API of a version does, with a token, and can be made to misbehave."""
import contextlib
import http.server
import json
import ssl
import subprocess
import threading
import time

TOKEN = "mKL0wzYcQ3-XdVbN2sT7pR9aE4uJ6hFg"


def provider(name="built-in", version="1.21.7", status="ready", v2=True, ssh=False, url="https://coder.example.com", namespace="coder", **more):
    """As the SDK of that version has it: flat in 1.16, with a `config` from 1.17 on, Networking v2 in 1.21 alone."""
    config = {"cluster_address": "https://10.0.0.1", "default_namespace": namespace, "storage_class": "", "ssh_enabled": ssh}
    entry = {"id": f"id-of-{name}", "name": name, "envproxy_access_url": url, "devurl_host": "", "org_whitelist": [], **more}
    if version.startswith("1.16."):
        return {**entry, **config, "local": name == "built-in"}
    if version.startswith("1.21."):
        entry["enable_net_v2"] = v2
    return {**entry, "status": status, "built_in": name == "built-in", "config": config}


def workspace(name, *required):
    return {"id": name, "name": name, "rebuild_messages": [{"text": text, "required": True} for text in required],
            "latest_stat": {"container_status": "ON"}}


class Coder:
    """`odd`: what it does instead, by path ("*": everywhere): slow, huge, truncated, types, html, an int (that status), or a URL
    (a redirect there)."""

    def __init__(self, version="1.21.7", providers=None, satellites=(), workspaces=(), setup=False, odd=None, address="127.0.0.1", port=0, certificate=None):
        self.version, self.setup, self.odd = version, setup, odd or {}
        entries = providers or [provider(version=version)]
        self.answers = {
            "/api": {},
            "/api/private/config/setup-mode": {"setup_mode": setup},
            "/api/private/resource-pools": entries if version.startswith("1.16.") else {"kubernetes": entries},
            "/api/private/satellites": {"data": [{"id": name, "name": name, "fingerprint": "x"} for name in satellites]},
            "/api/v0/workspaces": list(workspaces)}
        if version < "1.21":
            del self.answers["/api/private/satellites"]
        self.asked = []  # (method, path, token)
        self._stop = threading.Event()
        coder = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def handle_one_request(self):
                with contextlib.suppress(ConnectionError, ssl.SSLError):
                    super().handle_one_request()

            def do_GET(self):
                coder.answer(self)

            do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET

        self.server = http.server.ThreadingHTTPServer((address, port), Handler)
        self.server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.url = f"{'https' if certificate else 'http'}://{'localhost' if certificate else address}:{self.port}"
        self._thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def answer(self, handler):
        token = handler.headers.get("Session-Token")
        self.asked.append((handler.command, handler.path, token))
        document = self.answers.get(handler.path)
        odd = self.odd.get(handler.path, self.odd.get("*"))
        if odd == "slow":
            self._stop.wait(30)
        if isinstance(odd, int):
            return self.send(handler, odd, {"error": {"msg": "because of the test"}})
        if isinstance(odd, str) and "://" in odd:
            return self.send(handler, 302, {}, {"Location": odd + handler.path})
        if handler.path != "/api/private/config/setup-mode" and token != TOKEN:
            return self.send(handler, 401, {"error": {"msg": "Session token not found or expired."}})
        if document is None:
            return self.send(handler, 404, {"error": {"msg": "not found"}})
        if odd == "types":
            document = {key: 7 for key in document} if isinstance(document, dict) else 7
        return self.send(handler, 200, document, {"Coder-Version": f"v{self.version}+build.1"}, odd)

    def send(self, handler, code, document, headers=None, odd=None):
        body = b"<html>A proxy's page</html>" if odd == "html" else json.dumps(document).encode()
        if odd == "huge":
            body = b" " * (40 << 20)
        handler.send_response(code)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        with contextlib.suppress(OSError):
            handler.wfile.write(body[:len(body) // 2] if odd == "truncated" else body)
        if odd == "truncated":
            handler.close_connection = True


def certificate(folder):
    """A key and a certificate for localhost that nobody knows, in one file."""
    path = folder / "coder.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", path, "-out", folder / "only.pem"],
                   check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "only.pem").read_bytes())
    return path


def main():
    """By hand: python3 coder_server.py [VERSION]"""
    import sys
    with Coder(*sys.argv[1:2]) as coder:
        print(coder.url, TOKEN, flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main()
