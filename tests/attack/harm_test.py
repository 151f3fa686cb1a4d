"""The judge of the other tests: it finds what it has to find."""
import pytest

from between import harm_in

SERVICES = "/api/v1/namespaces/c/services"
PODS = "/api/v1/namespaces/c/pods"


@pytest.mark.parametrize("method, target", [
    ("DELETE", f"{SERVICES}/d?dryRun=All"), ("POST", SERVICES), ("POST", f"{SERVICES}?dryRun=All&dryRun=None"),
    ("PATCH", f"{SERVICES}/d?dryRun=None"), ("PATCH", f"{SERVICES}?dryRun=All"), ("PUT", f"{SERVICES}/d/status?dryRun=All"),
    ("POST", f"{SERVICES}/d/proxy/x?dryRun=All"), ("POST", f"{SERVICES}/d?dryRun=All"), ("CONNECT", f"{SERVICES}/d"),
    ("GET", f"{SERVICES}/d/proxy/x"), ("GET", f"{SERVICES}/%2e%2e/secrets"), ("GET", f"{SERVICES}/d%2Fproxy"),
    ("GET", f"{PODS}/x/portforward?ports=5432"), ("GET", f"{PODS}/timescale-0/portforward?ports=22"), ("GET", f"{PODS}/timescale-0/exec?command=sh"),
    ("GET", "/api/v1/watch/pods"), ("GET", "/metrics"), ("GET", "//version"), ("HEAD", SERVICES)])
def test_harm_is_found(method, target):
    assert harm_in(f"GET /version HTTP/1.1\r\nHost: x\r\n\r\n{method} {target} HTTP/1.1\r\n\r\n".encode())


@pytest.mark.parametrize("method, target", [
    ("GET", SERVICES), ("GET", f"{SERVICES}/d"), ("GET", "/api/v1/namespaces/c"), ("GET", "/apis/apps/v1"), ("GET", "/openapi/v2"),
    ("GET", "/apis/rbac.authorization.k8s.io/v1/clusterroles/a:b"), ("POST", f"{SERVICES}?dryRun=All&fieldManager=helm"),
    ("GET", f"{PODS}/timescale-0/portforward?ports=5432"),
    ("PATCH", f"{SERVICES}/d?dryRun=All"), ("PUT", "/api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.v1?dryRun=All"),
    ("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews?dryRun=All")])
def test_what_a_rehearsal_needs_is_not_harm(method, target):
    body = "" if method == "GET" else "{}"
    assert not harm_in(f"{method} {target} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n{body}GET /version HTTP/1.1\r\n\r\n".encode())


def test_a_body_of_a_read_is_found():
    assert harm_in(b"GET /version HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
