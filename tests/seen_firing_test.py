"""docs/checks.md says of each check which test saw it firing on a real control plane or a real PostgreSQL."""
import pathlib
import re

import pytest

TESTS = pathlib.Path(__file__).parent
ROWS = re.findall(r"^\| (HC\d{3}) ([a-z0-9-]+) \| .+ \| (?:error|warning) \| (.+) \|$", (TESTS.parent / "docs" / "checks.md").read_text(), re.M)


def functions(path):
    """The text of each by name, with its decorators."""
    if path.suffix == ".py":
        named = re.compile(r"^def (\w+)\(", re.M)
        parts = path.read_text().split("\n\n\n")
    else:
        named = re.compile(r"^BOOST_AUTO_TEST_CASE\((\w+)\)", re.M)
        parts = re.split(r"^(?=BOOST_AUTO_TEST_CASE\()", path.read_text(), flags=re.M)
    return {name[1]: part for part in parts if (name := named.search(part))}


def with_helpers(name, all_functions):
    """What it says itself, and what the functions say that it calls."""
    text = all_functions[name]
    return text + "".join(part for other, part in all_functions.items() if other != name and f"{other}(" in text)


def test_every_check_has_a_row_that_says_it():
    listed = re.findall(r"^\| (HC\d{3}) ", (TESTS.parent / "docs" / "checks.md").read_text(), re.M)
    assert len(listed) > 60
    assert [code for code, _, _ in ROWS] == listed, "a row lacks its last column: FILE::TEST"


@pytest.mark.parametrize("code, name, seen", ROWS, ids=[row[0] for row in ROWS])
def test_the_test_that_is_named_is_there_and_speaks_of_the_check(code, name, seen):
    file, _, test = seen.partition("::")
    assert file.split("/")[0] in ("acceptance", "attack", "database"), seen
    found = functions(TESTS / file)
    assert test in found, f"{file} has no test {test}"
    text = with_helpers(test, found)
    assert re.search(rf"\b{code}\b|[\"']{name}[\"']", text), f"{test} does not speak of {code} or {name}"
