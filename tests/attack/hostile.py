"""Answers of a hostile API server. Each writes on the connection itself; what comes after it is closed."""
import json
import time

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
FOR_EVER = 600  # seconds; longer than any test waits


def sends(data):
    def answer(handler):
        handler.wfile.write(data)
        handler.wfile.flush()
    return answer


def whole(body, status="200 OK", headers=b""):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return sends(b"HTTP/1.1 %s\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
                 % (status.encode(), headers, len(body), body))


def huge(handler):
    """Eight gigabytes, as told before."""
    handler.wfile.write(HEAD + b"Content-Length: %d\r\n\r\n{\"a\":\"" % (8 << 30))
    for _ in range(8 << 10):
        handler.wfile.write(b"a" * (1 << 20))


def endless(handler):
    """Chunks without an end."""
    handler.wfile.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        handler.wfile.write(b"100000\r\n" + b"[" * (1 << 20) + b"\r\n")


def slowly(data):
    def answer(handler):
        for byte in data * FOR_EVER:
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()
            time.sleep(1)
    return answer


def silent(handler):
    """Nothing, until the other side has gone."""
    handler.connection.settimeout(FOR_EVER)
    handler.connection.recv(1)


# An answer for the next request, which nobody asked for.
UNASKED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"evil\":\"true\"}"

QUICK = {
    "huge": huge,
    "endless": endless,
    "nothing": sends(b""),
    "rubbish": sends(b"\x16\x03\x01\x02\x00 rubbish \x00\xff\r\n\r\n" * 100),
    "truncated": sends(HEAD + b"Content-Length: 1000\r\n\r\n{\"kind\":"),
    "cut-in-a-chunk": sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n100\r\n{}"),
    "an-endless-header": lambda handler: [handler.wfile.write(b"HTTP/1.1 200 OK\r\n")] + [
        handler.wfile.write(b"X-%d: " % i + b"x" * 1000 + b"\r\n") for i in range(100_000)],
    "no-json": whole(b"<html>hello</html>"),
    "a-list": whole([]),
    "a-number": whole(7),
    "nothing-at-all": whole(b""),
    "wrong-types": whole({"kind": 7, "apiVersion": [], "metadata": [1], "items": {"a": 1}, "groups": 3, "resources": "x",
                          "data": {"release": 5}, "status": {"allowed": "yes"}, "gitVersion": {}, "spec": "x"}),
    "wrong-types-inside": whole({"kind": "List", "apiVersion": "v1", "metadata": {"name": 5}, "items": [7, None, [], {"metadata": 7}],
                                 "groups": [7, {"name": 5, "versions": "x"}], "resources": [7, {"name": 5, "kind": []}]}),
    "deep": whole(b"[" * 1_000_000),
    "many-values": whole(b"[" + b"0," * 8_000_000 + b"0]"),
    "a-bomb": whole({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}, "data": {"release": "SDRzSUFBQUFBQUFB" * 100_000}}),
    "early-hints": sends(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 3 + UNASKED),
    "for-ever-early": lambda handler: [handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n") for _ in range(1_000_000)],
    "two-answers": sends(UNASKED * 2),
    "switching": sends(b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n"),
    "status-000": whole({}, "000 Nothing"),
    "status-999": whole({}, "999 Everything"),
    "status-500": whole({"kind": "Status", "code": 500, "reason": "InternalError", "message": "broken \x1b[2J" + "x" * 100_000}, "500 Broken"),
    "status-503": whole(b"later", "503 Later", b"Retry-After: 1000000\r\n"),
    "a-redirect": whole(b"", "307 There", b"Location: http://127.0.0.1:1/there\r\n"),
    "gzip-that-is-none": whole(b"{}", headers=b"Content-Encoding: gzip\r\n"),
}
SLOW = {
    "slow-body": lambda handler: [handler.wfile.write(HEAD + b"Content-Length: 100000\r\n\r\n"), slowly(b" ")(handler)],
    "slow-header": slowly(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 500),
    "slow-chunks": lambda handler: [handler.wfile.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), slowly(b"1\r\n \r\n")(handler)],
    "silent": silent,
}
