"""The HTML report in a real browser: it fits narrow and wide windows, light and dark, and fetches nothing.

Needs chromium; skipped where there is none. HELM_CODER_PICTURES=DIR keeps the screenshots.
"""
import html
import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed")

# Measured by a script of the test, in a copy without the policy that would forbid it.
PROBE = """<script>
const wide = [...document.querySelectorAll("details")].map(d => d.open = true) && [...document.querySelectorAll("body *")]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== "absolute").map(e => e.tagName + "." + e.className);
document.documentElement.dataset.probe = JSON.stringify([innerWidth, document.documentElement.scrollWidth, wide,
  getComputedStyle(document.body).backgroundColor, performance.getEntriesByType("resource").length]);
</script></body>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    ended = subprocess.run([os.environ["HELM_CODER_BINARY"], "preflight", "--example", "-o", "html"], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 3 and ended.stderr == ""
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(ended.stdout)
    return file


def chromium(tmp_path, scheme, *words):
    common = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={tmp_path}/profile",
              f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}"]
    return subprocess.run([CHROMIUM, *common, *words], capture_output=True, text=True, timeout=120, check=True).stdout


# Headless Chromium has no window narrower than 500 px; the page is put into a frame of the wanted width.
def probe(page, tmp_path, scheme, width):
    copy = page.parent / f"probed-{scheme}-{width}.html"
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text())
    copy.write_text(text.replace("</body>", PROBE))
    frame = page.parent / f"frame-{scheme}-{width}.html"
    frame.write_text(f'<iframe id="f" src="{copy.name}" style="border:0;width:{width}px;height:1500px;color-scheme:{scheme}"></iframe>'
                     '<script>f.onload = () => document.body.append(f.contentDocument.documentElement.dataset.probe)</script>')
    dom = chromium(tmp_path, scheme, "--allow-file-access-from-files", "--window-size=1400,1600", "--virtual-time-budget=3000", "--dump-dom", frame.as_uri())
    return json.loads(html.unescape(re.search(r"\[\d+,\d+,.*\]", dom)[0]))


@pytest.mark.parametrize("width", [380, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_overflows_and_nothing_is_fetched(page, tmp_path, scheme, width):
    inner, scrolled, wide, ground, fetched = probe(page, tmp_path, scheme, width)
    assert inner == width
    assert scrolled <= width and wide == []
    assert ground == ("rgb(21, 24, 27)" if scheme == "dark" else "rgb(247, 247, 244)")
    assert fetched == 0
    picture = pathlib.Path(os.environ.get("HELM_CODER_PICTURES", tmp_path)) / f"{scheme}-{width}.png"
    chromium(tmp_path, scheme, f"--window-size={width},1500", f"--screenshot={picture}", page.as_uri())
    assert picture.stat().st_size > 10_000
