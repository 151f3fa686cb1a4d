"""A registry of container images on loopback, with what the OCI distribution specification asks of one that is only pulled
from. What is named private/… takes a login."""
import base64
import hashlib
import http.server
import importlib.machinery
import importlib.util
import json
import threading

from cluster import TESTS

LOGIN = "puller:secret-of-puller"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def image_parts(folder):
    """As tests/cluster/image makes them: layer and configuration."""
    loader = importlib.machinery.SourceFileLoader("image", str(TESTS / "cluster" / "image"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("image", loader))
    loader.exec_module(module)
    return module.parts(folder, [])


def described(kind, content):
    return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": digest(content), "size": len(content)}


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Registry:
    def __init__(self):
        self._content = {}  # by path
        registry = self

        class Answers(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self):
                self.do_GET()

            def do_GET(self):
                private = "/private/" in self.path and self.headers.get("Authorization") != "Basic " + base64.b64encode(LOGIN.encode()).decode()
                found = registry._content.get(self.path)
                if private:
                    self.answer(401, "application/json", b'{"errors": [{"code": "UNAUTHORIZED"}]}', {"WWW-Authenticate": 'Basic realm="registry"'})
                elif found is None:
                    self.answer(404, "application/json", b'{"errors": [{"code": "MANIFEST_UNKNOWN", "message": "manifest unknown"}]}')
                else:
                    self.answer(200, *found, {"Docker-Content-Digest": digest(found[1])})

            def answer(self, code, kind, content, more=None):
                self.send_response(code)
                for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **(more or {})}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.host = f"localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._content["/v2/"] = ("application/json", b"{}")

    def add(self, name, tag, folder):
        layer, configuration = image_parts(folder)
        manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": described("config.v1+json", configuration),
                               "layers": [described("layer.v1.tar", layer)]}).encode()
        for content in (layer, configuration):
            self._content[f"/v2/{name}/blobs/{digest(content)}"] = ("application/octet-stream", content)
        for reference in (tag, digest(manifest)):
            self._content[f"/v2/{name}/manifests/{reference}"] = (MANIFEST, manifest)
        return f"{self.host}/{name}:{tag}"

    def close(self):
        self._server.shutdown()
        self._server.server_close()
