"""`-o sarif` and `-o junit` against the schemas that others published: OASIS' of SARIF, and Jenkins' of JUnit.

They are fetched once per machine (see provision); where that can't be done, this is skipped with the reason.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess

import jsonschema
import pytest

TESTS = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="module")
def schemas():
    done = subprocess.run([TESTS / "schemas/provision"], capture_output=True, text=True, timeout=240)
    if done.returncode != 0:
        pytest.skip(done.stderr.strip() or "the schemas could not be fetched")
    return pathlib.Path(done.stdout.strip())


@pytest.fixture(scope="module")
def sarif(schemas):
    validator = jsonschema.Draft4Validator(json.loads((schemas / "sarif-2.1.0.json").read_text()))
    return lambda text: [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(json.loads(text))]


@pytest.fixture(scope="module")
def junit(schemas):
    if not shutil.which("xmllint"):
        pytest.skip("xmllint is not installed")

    def errors(text):
        done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schemas / "junit-10.xsd", "-"], input=text, capture_output=True, text=True, timeout=30)
        return "" if done.returncode == 0 else done.stderr

    return errors


# What a cluster, a chart or a person may have written, in every text that comes from there.
ODD = "\x1b[31m]]> <a href='x'>&amp; \u202e \"\\ [a](b) {0} \x00\x08 \ufffe é 𝄞"


def odd(value):
    if isinstance(value, dict):
        return {key: odd(each) for key, each in value.items()}
    if isinstance(value, list):
        return [odd(each) for each in value]
    return ODD + value if isinstance(value, str) and " " in value else value


@pytest.fixture
def home(tmp_path):
    example = (TESTS.parent / "src/cli/example.json").read_text()
    (tmp_path / "example.json").write_text(example)
    (tmp_path / "odd.json").write_text(json.dumps(odd(json.loads(example))))
    document = json.loads(example)
    document["rehearsal"]["seconds"] = 1234.56789
    (tmp_path / "slow.json").write_text(json.dumps(document))
    (tmp_path / "blind.json").write_text('{"format": "helm-coder-snapshot/1"}')
    (tmp_path / "values with blanks.yaml").write_text("cemanager:\n  image: coder:1.20.0\n")
    (tmp_path / "helm-coder.conf").write_text("ignore = HC302 until 2999-12-31: it is done by hand\nignore = HC304 until 2020-01-01: it was\n")
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "own").write_text("""#!/bin/sh
case $1 in
  metadata) echo '{"code": "OWN001", "name": "own", "severity": "warning", "summary": "all is well"}' ;;
  check) cat >/dev/null; echo '{"findings": [{"object": "x", "field": "y", "message": "<not> well", "advice": "Do it."}], "unverified": [{"why": "odd"}]}' ;;
esac
""")
    (checks / "own").chmod(0o755)
    return tmp_path


RUNS = {
    "the example": ["--example"],
    "strict": ["--example", "--strict"],
    "ignored": ["--example", "--ignore", "HC302", "--ignore", "HC306"],
    "by a file": ["--example", "--config", "helm-coder.conf"],
    "with values": ["--snapshot", "example.json", "-f", "values with blanks.yaml"],
    "checks of others": ["--example", "--checks", "checks"],
    "nothing seen": ["--snapshot", "blind.json"],
    "seconds with many digits": ["--snapshot", "slow.json", "--checks", "checks"],
    "odd texts": ["--snapshot", "odd.json"],
}


def report(home, words, form):
    done = subprocess.run([os.environ["HELM_CODER_BINARY"], "preflight", *words, "-o", form], cwd=home, capture_output=True, timeout=60,
                          env={"PATH": os.environ["PATH"], "HOME": str(home)})
    assert done.returncode in (1, 3) and done.stdout, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize("name", RUNS)
def test_sarif_is_valid(home, sarif, name):
    assert sarif(report(home, RUNS[name], "sarif")) == []


@pytest.mark.parametrize("name", RUNS)
def test_junit_is_valid(home, junit, name):
    assert junit(report(home, RUNS[name], "junit")) == ""


def test_sarif_that_is_not_valid_would_be_told(home, sarif):
    text = report(home, ["--example"], "sarif")
    assert sarif(text.replace('"level": "error"', '"level": "bad"', 1))
    assert sarif(re.sub(r'"ruleIndex": \d+', '"ruleIndex": -2', text, count=1))


def test_junit_that_is_not_valid_would_be_told(home, junit):
    text = report(home, ["--example"], "junit")
    assert junit(text.replace("<testcase ", "<testcase odd='1' ", 1))
    assert junit(text.replace("<testsuite ", "<testsweet ", 1))
