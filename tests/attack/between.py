"""A test's own API server: it keeps every byte that it receives, passes requests on to a real control plane, and answers
those that a test picks as the test says."""
import re
import urllib.parse

from recorder import Handler, Recorder


class Tee:
    """Reads, and keeps what was read."""

    def __init__(self, file, into):
        self._file, self._into = file, into

    def __getattr__(self, name):
        return getattr(self._file, name)

    def read(self, *size):
        data = self._file.read(*size)
        self._into += data
        return data

    def readline(self, *size):
        data = self._file.readline(*size)
        self._into += data
        return data


class _Attacker(Handler):
    def setup(self):
        super().setup()
        self.server.recorder.streams.append(bytearray())
        self.rfile = Tee(self.rfile, self.server.recorder.streams[-1])

    def pass_on(self):
        attack = self.server.recorder.attack_on(self.command, self.path)
        if not attack:
            return super().pass_on()
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            attack(self)
        except OSError:
            pass  # they have gone
        self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on  # noqa: N815

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True


class Between(Recorder):
    def __init__(self, place):
        super().__init__(place.plane, _Attacker)
        self.streams, self.attacks, self.hits = [], [], 0
        self.environment = {"KUBECONFIG": place.home.file("between.kubeconfig", self.kubeconfig(place.namespace.name))}

    def attack(self, method, path, answer):
        """From now on requests of this method whose path matches get this answer."""
        self.attacks.append((method, re.compile(path), answer))

    def attack_on(self, method, target):
        for each, path, answer in self.attacks:
            if each == method and path.search(target):
                self.hits += 1
                return answer
        return None


def requests_in(stream):
    """(method, target, body) of all that came over one connection, taken apart without a library: what a lenient reader
    might overlook is looked at. Only the last may be unfinished."""
    while stream:
        head, found, rest = stream.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        words = lines[0].split(b" ")
        if not found or len(words) != 3:
            yield words[0].decode("latin-1"), (words + [b""])[1].decode("latin-1"), b""
            return
        headers = [line.partition(b":") for line in lines[1:]]
        lengths = {value.strip() for name, _, value in headers if name.lower() == b"content-length"}
        assert len(lengths) <= 1 and b"transfer-encoding" not in {name.lower() for name, _, _ in headers}, head
        length = int(lengths.pop()) if lengths else 0
        yield words[0].decode("latin-1"), words[1].decode("latin-1"), rest[:length]
        stream = rest[length:]


RESOURCE = r"(?:/namespaces/[a-z0-9-]+)?/(?!status\b|finalize\b|watch/|proxy/)[a-z0-9-]+"
READ = re.compile(rf"/(?:version|api|apis|openapi/v[23](?:/[a-z0-9./-]+)?|apis/[a-z0-9.-]+|"
                  rf"(?:api/v1|apis/[a-z0-9.-]+/v[a-z0-9]+)(?:{RESOURCE}(?:/[^/]+)?)?)")
# The way to the built-in database, where nothing but a login for looking goes.
FORWARD = re.compile(r"/api/v1/namespaces/[a-z0-9-]+/pods/timescale-0/portforward\?ports=5432")
WRITE = re.compile(rf"/(?:api/v1|apis/[a-z0-9.-]+/v[a-z0-9]+){RESOURCE}(/[^/]+)?")


def harm_of(method, target, body):
    """Why a request could do harm; None if it can't."""
    path, _, query = target.partition("?")
    plain = urllib.parse.unquote(path)
    if any(part in (".", "..") for part in plain.split("/")) or plain.count("/") != path.count("/") or "%" in plain:
        return "a path trick"
    if method == "GET":
        return "a body" if body else None if READ.fullmatch(path) or FORWARD.fullmatch(target) else "no allowed read"
    parameters = urllib.parse.parse_qsl(query, keep_blank_values=True)
    if [value for name, value in parameters if name == "dryRun"] != ["All"]:
        return "no dryRun=All"
    write = WRITE.fullmatch(path)
    if method not in ("POST", "PUT", "PATCH") or not write:
        return "no allowed write"
    return None if bool(write[1]) == (method != "POST") else "a write to the wrong place"


def harm_in(stream):
    return [(why, method, target) for method, target, body in requests_in(stream) if (why := harm_of(method, target, body))]
