"""No source file includes what docs/architecture.md does not let its room include.

Run with: python3 -m pytest tests/rooms_test.py
"""
import fnmatch
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r"^[ \t]*#[ \t]*(?:include|include_next|import)\b(.*)$", re.MULTILINE)


def read_table(text):
    """{"actions/perform*": {"state", …}}; None stands for everything."""
    rows = text.split("## What a room may include", 1)[1].split("\n## ", 1)[0]
    table = {}
    for line in rows.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 2 and cells[0].startswith("`"):
            table[cells[0].strip("`")] = None if cells[1] == "everything" else set(re.findall(r"`([^`]+)`", cells[1]))
    return table


def room_of(path, root):
    """The room of a file of ours, and its name within it without the suffix."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts[0] == "src":
        parts = parts[1:]
    elif parts[0] != "checks":
        return None, None
    return parts[0], "/".join(parts)


def resolve(word, source, root):
    for folder in (source.parent, root / "src", root):
        path = (folder / word).resolve()
        if path.is_file() and path.is_relative_to(root):
            return path
    return None


def violations(root, table):
    found = []
    sources = [path for top in ("src", "checks") for path in sorted((root / top).rglob("*")) if path.suffix in (".h", ".hpp", ".ipp", ".inl", ".cpp", ".cc")]
    for source in sources:
        room, name = room_of(source, root)
        if room not in table:
            found.append(f"{source.relative_to(root)}: room {room} is not in the table")
            continue
        allowed = next((table[row] for row in table if "/" in row and fnmatch.fnmatch(name, row)), table[room])
        text = re.sub(r"/\*.*?\*/", " ", source.read_text().replace("\\\n", ""), flags=re.DOTALL)
        for words in INCLUDE.findall(text):
            spelled = re.match(r'\s*(?:"([^"]+)"|<([^>]+)>)', words)
            if not spelled:
                found.append(f"{source.relative_to(root)}: includes {words.strip()}, which can't be checked")
                continue
            target = resolve(spelled[1] or spelled[2], source, root)
            other = room_of(target, root)[0] if target else None
            if other and allowed is not None and other not in allowed | {room, "base"}:
                found.append(f"{source.relative_to(root)}: {room} may not include {other} ({spelled[0].strip()})")
    return found


def our_table():
    return read_table((ROOT / "docs" / "architecture.md").read_text())


def test_no_room_includes_what_it_may_not():
    assert violations(ROOT, our_table()) == []


def test_the_table_names_every_room_and_only_rooms():
    rooms = {path.name for path in (ROOT / "src").iterdir() if path.is_dir()} | {"checks", "main"}
    named = {name.split("/")[0] for name in our_table()}
    assert rooms <= named
    assert set().union(*(allowed or set() for allowed in our_table().values())) <= named


@pytest.fixture
def tree(tmp_path):
    for header in ("src/base/text.h", "src/state/state.h", "src/clients/helm.h", "src/report/report.h", "checks/check.h"):
        path = tmp_path / header
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#pragma once\n")

    def write(name, *lines):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n")
        return violations(tmp_path.resolve(), our_table())

    return write


def test_what_the_table_allows_passes(tree):
    assert tree("checks/one.cpp", '#include "checks/check.h"', '#include "state/state.h"', "#include <base/text.h>", "#include <string>") == []
    assert tree("src/actions/perform_step.cpp", '#include "clients/helm.h"') == []


@pytest.mark.parametrize("line", [
    '#include "clients/helm.h"',
    "#include <clients/helm.h>",
    '#include "../src/clients/helm.h"',
    '#include "../src/state/../clients/helm.h"',
    '  #  include   "clients/helm.h"  // a comment',
    '#include/* a comment */"clients/helm.h"',
    '#include \\\n"clients/helm.h"',
    '#import "clients/helm.h"',
])
def test_a_violation_is_found_however_it_is_spelled(tree, line):
    found = tree("checks/one.cpp", line)
    assert len(found) == 1 and found[0].startswith("checks/one.cpp: checks may not include clients")


def test_an_exception_for_one_file_is_for_that_file_only(tree):
    assert tree("src/actions/plan.cpp", '#include "clients/helm.h"') != []


def test_what_can_not_be_checked_is_refused(tree):
    assert tree("checks/one.cpp", "#include HEADER") == ["checks/one.cpp: includes HEADER, which can't be checked"]
    assert "is not in the table" in tree("src/shed/one.cpp", "")[0]
