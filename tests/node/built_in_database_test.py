"""The built-in database in a pod that really runs, reached through the kubelet's own port-forward."""
import os
import pathlib
import shutil

from cluster import TESTS, until
from machine import HOST, newest
from place import on

# As the chart's: role and database `coder`, no password. initdb needs a user with a name, and files of its own.
START = """set -e
{bin}/initdb --pgdata=/data/db --username=coder --auth=trust --encoding=UTF8 --locale=C --no-sync
echo 'host all all all trust' >>/data/db/pg_hba.conf
{bin}/pg_ctl start --pgdata=/data/db --wait --options='-c listen_addresses=* -c unix_socket_directories=/data -c shared_buffers=8MB -c fsync=off'
{bin}/psql --host=/data --username=coder --dbname=postgres --command='CREATE DATABASE coder'
{bin}/psql --host=/data --username=coder --dbname=coder --command='CREATE TABLE migration_cursor (version int)'
touch /data/ready
trap '{bin}/pg_ctl stop --pgdata=/data/db --mode=immediate; exit 0' TERM
sleep 3600 & wait"""


def timescale():
    def path(name, where):
        return {"name": name, "hostPath": {"path": where}}
    container = {"name": "timescale", "image": HOST, "command": ["sh", "-c", START.format(bin=newest("psql").parent)],
                 "readinessProbe": {"exec": {"command": ["cat", "/data/ready"]}, "periodSeconds": 1},
                 "volumeMounts": [{"name": "usr", "mountPath": "/usr", "readOnly": True},
                                  {"name": "users", "mountPath": "/etc/passwd", "readOnly": True}, {"name": "data", "mountPath": "/data"}]}
    pod = {"terminationGracePeriodSeconds": 1, "securityContext": {"runAsUser": 65534, "fsGroup": 65534}, "containers": [container],
           "volumes": [path("usr", "/usr"), path("users", "/etc/passwd"), {"name": "data", "emptyDir": {}}]}
    return {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "timescale"},
            "spec": {"serviceName": "timescale", "selector": {"matchLabels": {"app": "timescale"}},
                     "template": {"metadata": {"labels": {"app": "timescale"}}, "spec": pod}}}


@on(["1.34.2"], ["3.21.4"])
def test_the_built_in_database_is_looked_at_through_port_forward(place, images):
    done = place.helm("install", "coder", TESTS / "charts" / "lab", *place.flags(values={"objects": [timescale()]}))
    assert done.code == 0, done
    until(place.namespace.is_ready, "the database runs")
    # Through the API server and the kubelet, and not by a second kubectl.
    shim = pathlib.Path(place.home.file("kubectl", f'#!/bin/sh\n[ "$1" != port-forward ] || exit 1\nexec {shutil.which("kubectl")} "$@"\n', 0o700))
    report = place.preflight("coder", TESTS / "charts" / "lab", environment={"PATH": f"{shim.parent}:{os.environ['PATH']}"})
    reached = report.check("database-reachable")
    assert (reached["result"], reached["detail"]) == ("passed", "timescale-0:5432/coder, built in"), report
    assert report.check("database-version")["result"] == "passed", report
