"""A terminal on which a program runs in the foreground, as for a person."""
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time

from home import heed_ctrl_c

CTRL_C = "\x03"


class Terminal:
    def __init__(self, home, *argv, environment=None):
        self._ours, theirs = pty.openpty()
        # Wide, so that what is looked for is not broken into lines.
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self._before = termios.tcgetattr(theirs)

        def take_it():
            heed_ctrl_c()
            fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)
        self.process = subprocess.Popen(list(map(str, argv)), env={**home.environment, "TERM": "xterm", **(environment or {})},
                                        cwd=home.folder / "home", stdin=theirs, stdout=theirs, stderr=theirs,
                                        start_new_session=True, preexec_fn=take_it)
        self._theirs, self._shown = theirs, ""

    @property
    def shown(self):
        """All that was written, however the lines were broken."""
        return " ".join(self._shown.split())

    def type(self, text):
        os.write(self._ours, text.encode())

    def read_until(self, words, limit=90):
        end = time.monotonic() + limit
        while words not in self.shown:
            assert self.process.poll() is None and time.monotonic() < end, f"never {words!r}: {self.shown}"
            self._read()

    def end(self, limit=90):
        """Its exit code. It must leave the terminal as it was."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end: {self.shown}"
            self._read()
        while self._read(0):
            pass
        assert termios.tcgetattr(self._theirs) == self._before
        os.close(self._theirs)
        os.close(self._ours)
        return self.process.returncode

    def _read(self, wait=0.05):
        ready, _, _ = select.select([self._ours], [], [], wait)
        if ready:
            self._shown += os.read(self._ours, 65536).decode(errors="replace")
        return bool(ready)
