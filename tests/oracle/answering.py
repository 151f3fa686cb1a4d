"""Admission webhooks that answer: an HTTPS server on loopback, with the control plane's own certificate. What it does with an
object is told by the path of the webhook's URL."""
import base64
import http.server
import json
import ssl
import threading
import time

BY_DEFAULT = {"added": "by-default"}


def add_key(review):
    """What somebody's defaulting webhook does, for whatever lacks it."""
    data = review["object"].get("data")
    if data is not None and "added" in data:
        return {}
    return {"patch": [{"op": "add", "path": "/data/added", "value": "by-default"} if data is not None
                      else {"op": "add", "path": "/data", "value": BY_DEFAULT}]}


def pin_key(review):
    """Whatever is asked for, it stays."""
    return {"patch": [{"op": "add", "path": "/data/key", "value": "pinned"}]} if "key" in (review["object"].get("data") or {}) else {}


def pin_image(review):
    """As a mirror's webhook does it, in the template."""
    containers = review["object"]["spec"]["template"]["spec"]["containers"]
    return {"patch": [{"op": "replace", "path": f"/spec/template/spec/containers/{i}/image", "value": "mirror/" + each["image"]}
                      for i, each in enumerate(containers) if not each["image"].startswith("mirror/")]}


def refuse_bad(review):
    return {"refused": "nothing bad here"} if "bad" in (review["object"].get("data") or {}) else {}


def refuse_change(review):
    """Of what it calls immutable."""
    if review["operation"] != "UPDATE" or review["object"].get("data") == review["oldObject"].get("data"):
        return {}
    return {"refused": "it is not to be changed"}


def refuse(_):
    return {"refused": "never"}


def warn(_):
    return {"warnings": ["this will go"]}


def dawdle(_):
    time.sleep(2.5)
    return {}


WAYS = {each.__name__.replace("_", "-"): each for each in (add_key, pin_key, pin_image, refuse_bad, refuse_change, refuse, warn, dawdle)}


class Answering:
    """`url`: where a webhook of WAYS answers; `bundle`: whom its certificate is signed by."""

    def __init__(self, plane):
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(plane.folder / "apiserver.crt", plane.folder / "apiserver.key")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.bundle = base64.b64encode((plane.folder / "ca.crt").read_bytes()).decode()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def client(self, way):
        """The webhook's clientConfig."""
        assert way in WAYS, way
        return {"url": f"https://127.0.0.1:{self._server.server_port}/{way}", "caBundle": self.bundle}

    def close(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_POST(self):  # noqa: N802, as http.server names it
        review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["request"]
        said = WAYS[self.path.partition("?")[0].strip("/")](review)
        answer = {"uid": review["uid"], "allowed": "refused" not in said}
        if "refused" in said:
            answer["status"] = {"code": 403, "message": said["refused"]}
        if said.get("patch"):
            answer |= {"patchType": "JSONPatch", "patch": base64.b64encode(json.dumps(said["patch"]).encode()).decode()}
        if "warnings" in said:
            answer["warnings"] = said["warnings"]
        content = json.dumps({"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": answer}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Nothing: the tests tell what happened."""
