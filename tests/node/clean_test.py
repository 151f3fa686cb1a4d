"""A node that runs containers is gone with its control plane, however its programs ended."""
import os
import pathlib
import signal
import subprocess

from cluster import CONTROL_PLANE, Plane, until
from conftest import VERSION
from machine import PSQL, Images


def run_a_pod(plane, work):
    Images(plane.folder, work)
    until(lambda: plane.ask("GET", "/api/v1/namespaces/default/serviceaccounts")["items"], "pods may be made")
    plane.ask("POST", "/api/v1/namespaces/default/pods", {"metadata": {"name": "left"}, "spec": {"containers": [
        {"name": "main", "image": PSQL, "command": ["sleep", "4321"]}]}})
    until(lambda: plane.ask("GET", "/api/v1/namespaces/default/pods/left")["status"]["phase"] == "Running", "the pod runs")


def kill(plane, name):
    os.kill(int((plane.folder / f"{name}.pid").read_text().split()[0]), signal.SIGKILL)


def processes_with(text):
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if text in (process / "cmdline").read_bytes().replace(b"\0", b" ").decode():
                found.append(process.name)
        except OSError:
            continue
    return found


def test_nothing_is_left_of_a_node_whose_programs_were_killed(node, tmp_path):  # `node`: skipped where there can be none
    folder = tmp_path / "plane"
    subprocess.run([CONTROL_PLANE, "up", VERSION, folder, "containers"], check=True, capture_output=True)
    try:
        plane = Plane(VERSION, folder)
        assert plane.folder != node.folder
        run_a_pod(plane, tmp_path)
        bridge = (folder / "node" / "bridge").read_text().strip()
        assert processes_with("sleep 4321")
        kill(plane, "kubelet")
        kill(plane, "containerd")
    finally:
        subprocess.run([CONTROL_PLANE, "down", folder], check=True)
    assert not folder.exists()
    assert str(folder) not in pathlib.Path("/proc/mounts").read_text()
    assert not pathlib.Path("/sys/class/net", bridge).exists()
    assert not processes_with("sleep 4321") and not processes_with(f"{folder}/node")
