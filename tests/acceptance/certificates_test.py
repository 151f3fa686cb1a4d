"""Certificates that an upgrade's Ingresses and pods take from Secrets."""
import re
import subprocess

from objects import deployment, lab, service, thing
from place import on


def certificate(names, days=90):
    """As `openssl req` makes one: certificate and key."""
    arguments = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", str(days), "-subj", "/CN=coder",
                 "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names), "-keyout", "/dev/stdout", "-out", "/dev/stdout"]
    text = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    at = text.index("-----BEGIN CERTIFICATE-----")
    return text[at:], text[:at]


def tls_secret(name, crt, key):
    return thing("Secret", name, type="kubernetes.io/tls", stringData={"tls.crt": crt, "tls.key": key})


def ingress(name, host, secret):
    backend = {"service": {"name": "web", "port": {"number": 80}}}
    return thing("Ingress", name, "networking.k8s.io/v1", spec={
        "tls": [{"hosts": [host], "secretName": secret}],
        "rules": [{"host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": backend}]}}]})


def loading(name, secret):
    each = deployment(name)
    each["spec"]["template"]["spec"]["volumes"] = [{"name": "tls", "secret": {"secretName": secret}}]
    return each


@on(helms=["3.21.4", "4.2.4"])
def test_certificates_that_do_not_do_are_told_with_who_uses_them(place):
    good, soon, other = certificate(["good.example.com"]), certificate(["soon.example.com"], days=10), certificate(["other.example.com"])
    for name, (crt, key) in {"good": good, "soon": soon, "other": other, "mixed": (good[0], other[1])}.items():
        place.namespace.create(tls_secret(name, crt, key))
    place.install("coder/lab", values=lab(service("web")))
    values = lab(service("web"), ingress("good", "good.example.com", "good"), ingress("soon", "soon.example.com", "soon"), ingress("lost", "lost.example.com", "lost"), loading("mixed", "mixed"), loading("good", "good"))
    place.namespace.create(ingress("custom", "custom.example.com", "other"))
    report = place.preflight("coder", "coder/lab", values=values)
    (finding,) = report.findings("certificates-load")
    assert finding["object"] == "Secret/mixed" and "not the key of the certificate in tls.crt (used by Deployment/mixed)" in finding["message"], report
    (finding,) = report.findings("certificates-in-time", severity="warning")
    # Ten days, or nine once a second has passed since it was made.
    assert finding["object"] == "Secret/soon" and re.match("it expires in (9|10) days, on ", finding["message"]), report
    (finding,) = report.findings("certificates-fit", severity="warning")
    assert (finding["object"], finding["field"]) == ("Secret/other", "custom.example.com"), report
    assert "it is made for other.example.com (used by Ingress/custom)" in finding["message"], report
    (finding,) = report.findings("helpful-secrets", severity="warning")
    assert finding["object"] == "Ingress/lost" and "there is no Secret lost" in finding["message"], report
    assert "PRIVATE KEY" not in str(report), report


@on(planes=["1.34.2"], helms=["3.21.4"])
def test_the_hosts_in_coders_values_are_held_against_their_certificates(place):
    place.install(version="1.37.0")
    place.namespace.create(tls_secret("coder-tls", *certificate(["coder.example.com"])))
    values = {"ingress": {"host": "coder.example.com"},
              "coderd": {"devurlsHost": "*.coder.example.com", "tls": {"hostSecretName": "coder-tls", "devurlsHostSecretName": "coder-tls"}}}
    report = place.preflight(version="1.44.3", values=values)
    (finding,) = report.findings("certificates-fit", severity="warning")
    assert (finding["object"], finding["field"]) == ("Secret/coder-tls", "*.coder.example.com"), report
    assert "(used by Deployment/coderd)" in finding["message"], report
