"""A person's machine for one test: folders of its own, the programs to run in them, and what they leave behind."""
import contextlib
import dataclasses
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import uuid

from cluster import TESTS, until

PROGRAM = os.environ.get("HELM_CODER_BINARY") or str(TESTS.parent / "build" / "dev" / "bin" / "helm-coder")
# Processes inherit it, so whoever still carries it was started by us.
MARK = "HELM_CODER_ACCEPTANCE_HOME"


def helm_program(version):
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    folder = pathlib.Path(os.environ.get("HELM_CODER_TEST_BIN") or cache / "helm-coder" / "test-bin")
    return str(folder / f"helm-{version}" / "helm")


def heed_ctrl_c():
    """Whoever started the tests in the background ignores it, and hands that down."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclasses.dataclass
class Done:
    argv: list
    code: int
    out: str
    err: str

    def __str__(self):
        shown = self.out if len(self.out) < 4000 else f"{self.out[:4000]}…\n"
        return f"{' '.join(self.argv)}\nended with {self.code}\n--- stdout\n{shown}--- stderr\n{self.err}"


class Home:
    def __init__(self, repository=None):
        """`repository`: the folder of a Home to copy, which has the chart repository added."""
        # Short: a Unix socket's path has 107 bytes.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="home-"))
        if repository:
            shutil.copytree(repository, self.folder, dirs_exist_ok=True)
        for name in ("home", "tmp", "run"):
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        mark = f"{self.folder}:{uuid.uuid4()}"
        self.environment = {
            "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"), "XDG_RUNTIME_DIR": str(self.folder / "run"), MARK: mark,
            "HELM_CACHE_HOME": str(self.folder / "helm/cache"), "HELM_CONFIG_HOME": str(self.folder / "helm/config"),
            "HELM_DATA_HOME": str(self.folder / "helm/data")}

    def remove(self):
        shutil.rmtree(self.folder)

    def file(self, name, text, mode=0o600):
        path = self.folder / name
        path.write_text(text)
        path.chmod(mode)
        return str(path)

    def run(self, *argv, environment=None, limit=120, stdin=None):
        """`stdin`: text; there is no terminal."""
        argv = list(map(str, argv))
        try:
            done = subprocess.run(argv, env={**self.environment, **(environment or {})}, cwd=self.folder / "home",
                                  input=stdin or "", capture_output=True, text=True, timeout=limit, check=False)
        except subprocess.TimeoutExpired as late:
            said = [(each or b"").decode() for each in (late.stdout, late.stderr)]
            raise AssertionError(f"not after {limit} s: {Done(argv, None, *said)}") from None
        return Done(argv, done.returncode, done.stdout, done.stderr)

    def start(self, *argv, environment=None):
        """The same, beside us and in a process group of its own. The caller ends it."""
        return subprocess.Popen(list(map(str, argv)), env={**self.environment, **(environment or {})},
                                cwd=self.folder / "home", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=heed_ctrl_c)

    def processes(self):
        """Command lines of all that still runs and was started here; sockets go with their processes."""
        needle = f"{MARK}={self.environment[MARK]}".encode()
        found = {}
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                # A zombie has no environment: it has ended, whoever has to notice.
                if needle in (process / "environ").read_bytes().split(b"\0"):
                    found[int(process.name)] = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            except OSError:
                continue
        return found

    def files(self):
        """All files, folders and sockets but what Helm and kubectl keep for themselves: the cache of charts and indexes,
        and what kubectl has asked of the cluster. (Of a rehearsal's own server it would be in another folder.)"""
        kept = [self.folder / "helm/cache", self.folder / "home/.kube/cache/http"]
        return {str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
                if not any(folder in [path, *path.parents] or path in folder.parents for folder in kept)}

    def no_processes(self):
        until(lambda: not self.processes(), f"no process is left, but {self.processes()}", 10)

    def end_processes(self):
        """Of a test that failed."""
        while left := self.processes():
            for process in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)

    def files_with(self, secret):
        """Of all files, those that hold it. They may be in Helm's cache, too."""
        return [str(path.relative_to(self.folder)) for path in self.folder.rglob("*")
                if path.is_file() and secret.encode() in path.read_bytes()]
