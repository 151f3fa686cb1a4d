"""What a node needs to be of use: images, and a database that its pods reach."""
import json
import pathlib
import re
import shutil
import socket
import subprocess
import threading

from cluster import TESTS, until

PSQL = "localhost/psql:1"    # psql, and what a shell needs
HOST = "localhost/host:1"    # nothing but ways into /usr of this machine, which a pod has to mount


def libraries(program):
    """All that it is linked with."""
    listed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return [pathlib.Path(path) for path in re.findall(r"(/\S+) \(0x", listed)]


def newest(name):
    """A program of PostgreSQL's; the one in PATH is a script of Debian's."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parent.parent.name))
    return found[-1] if found else pathlib.Path(shutil.which(name))


class Images:
    def __init__(self, plane_folder, work):
        self._socket, self._work = plane_folder / "node" / "containerd.sock", work
        self.load(PSQL, self._with_psql())
        self.load(HOST, self._with_links())

    def load(self, name, folder, *program):
        archive = self._work / "image.tar"
        subprocess.run([TESTS / "cluster" / "image", archive, name, folder, *program], check=True)
        subprocess.run(["ctr", "--address", self._socket, "--namespace", "k8s.io", "images", "import", archive],
                       check=True, capture_output=True)

    def _with_psql(self):
        root = self._work / "psql"
        (root / "bin").mkdir(parents=True)
        shutil.copy(shutil.which("busybox"), root / "bin" / "busybox")
        for name in ("sh", "sleep", "cat"):
            (root / "bin" / name).symlink_to("busybox")
        program = newest("psql")
        shutil.copy(program, root / "bin" / "psql")
        for library in libraries(program):
            place = root / str(library).lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, place)
        return root

    def _with_links(self):
        root = self._work / "host"
        (root / "usr").mkdir(parents=True)
        for name in ("bin", "lib", "lib64"):
            (root / name).symlink_to(f"usr/{name}")
        return root


class Database:
    """tests/database/server, which listens on loopback, and a way to it from the node's network."""

    def __init__(self, node, images):
        self._server = subprocess.Popen([TESTS / "database" / "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port, self.folder = self._server.stdout.readline().split()
        self._target = ("127.0.0.1", int(port))
        bridge = (node.folder / "node" / "bridge").read_text().strip()
        # It comes with the first pod.
        first = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "first"},
                 "spec": {"terminationGracePeriodSeconds": 0, "containers": [{"name": "main", "image": PSQL, "command": ["sleep", "600"]}]}}
        node.ask("POST", "/api/v1/namespaces/default/pods", first)
        self.host = until(lambda: address_of(bridge), f"{bridge} has an address")
        node.ask("DELETE", "/api/v1/namespaces/default/pods/first")
        self._listener = socket.create_server((self.host, 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def values(self, role, password_secret="coder-db", **more):
        return {"postgres": {"useDefault": False, "default": {"enable": False}, "host": self.host, "port": self.port, "user": role,
                             "database": "owned", "passwordSecret": password_secret, **more}}

    def close(self):
        self._listener.close()
        self._server.stdin.close()
        self._server.wait()

    def _accept(self):
        while True:
            try:
                theirs, _ = self._listener.accept()
            except OSError:
                return
            ours = socket.create_connection(self._target)
            for pair in ((theirs, ours), (ours, theirs)):
                threading.Thread(target=hand_on, args=pair, daemon=True).start()


def hand_on(source, target):
    try:
        while part := source.recv(65536):
            target.sendall(part)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def address_of(interface):
    shown = subprocess.run(["ip", "-json", "address", "show", "dev", interface], capture_output=True, text=True, check=False).stdout
    return next((each["local"] for link in json.loads(shown or "[]") for each in link["addr_info"] if each["family"] == "inet"), None)
