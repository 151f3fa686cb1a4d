"""On which TCP ports a process listens."""
import os
import pathlib


def listening(pid):
    """(address, port) of each; the address as /proc/net has it, "0100007F" for 127.0.0.1."""
    own = {os.readlink(fd) for fd in pathlib.Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()}
    found = []
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and f"socket:[{words[9]}]" in own:
                address, port = words[1].split(":")
                found.append((address, int(port, 16)))
    return found
