"""The plugin installs with every Helm, from source and from an archive, and refuses what it can't trust.

Run with: python3 -m pytest tests/install
The first run builds the release preset, which takes some minutes; later ones build what has changed.
"""
import hashlib
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HELMS = ["3.10.1", "3.21.4", "4.2.4", "3.6.2"]
VERSION = re.search(r'^version: "(.*)"$', (ROOT / "plugin.yaml").read_text(), re.MULTILINE)[1]
PLATFORM = subprocess.run(["uname", "-sm"], capture_output=True, text=True, check=True).stdout.lower().split()
NAME = f"helm-coder-{VERSION}-{PLATFORM[0]}-{ {'x86_64': 'amd64', 'aarch64': 'arm64'}.get(PLATFORM[1], PLATFORM[1]) }.tar.gz"


def find_helm(version):
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    helm = pathlib.Path(os.environ.get("HELM_CODER_TEST_BIN") or cache / "helm-coder" / "test-bin") / f"helm-{version}" / "helm"
    return helm if helm.exists() else pytest.skip(f"Helm {version} is not in the folder of test binaries")


def environment(home, **more):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HELM_", "KUBECONFIG"))}
    return {**kept, "HELM_CONFIG_HOME": f"{home}/config", "HELM_CACHE_HOME": f"{home}/cache", "HELM_DATA_HOME": f"{home}/data",
            "KUBECONFIG": "/nonexistent", **more}


def run(*words, home, cwd="/", **more):
    return subprocess.run([str(word) for word in words], env=environment(home, **more), cwd=cwd, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, timeout=1800)


@pytest.fixture(scope="session")
def binary(tmp_path_factory):
    """Built by the script itself, in this checkout."""
    done = run(ROOT / "install-binary.sh", "-u", home=tmp_path_factory.mktemp("home"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"helm coder: installed helm coder {VERSION}"
    return ROOT / "bin" / "helm-coder"


def pack(folder, program):
    """An archive as a release has it, with its checksum beside it."""
    archive = folder / NAME
    with tarfile.open(archive, "w:gz", compresslevel=1) as out:
        out.add(program, "helm-coder")
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(NAME + ".sha256").write_text(f"{checksum}  {NAME}\n")
    return archive


@pytest.fixture
def archive(tmp_path, binary):
    return pack(tmp_path, binary)


@pytest.fixture
def plugin(tmp_path):
    """What the script looks at, without sources, in a folder with a blank in its name."""
    folder = tmp_path / "a folder" / "coder"
    folder.mkdir(parents=True)
    for name in ("plugin.yaml", "install-binary.sh", "packages.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def fake_program(version=VERSION):
    return f'#!/bin/sh\necho "helm coder {version}"\n'


def write_program(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def works(helm, home):
    def coder(*words):
        return run(helm, "coder", *words, home=home)

    assert coder("version").stdout == f"helm coder {VERSION}\n"
    shown = coder("--help")
    assert shown.returncode == 0 and "preflight" in shown.stdout
    example = coder("preflight", "--example")
    assert example.returncode in (0, 3) and example.stdout.startswith("coder 1.20.0 → 1.21.7"), example.stderr
    assert coder("preflght").returncode == 2
    assert "coder" in run(helm, "plugin", "list", home=home).stdout


@pytest.mark.parametrize("version", HELMS)
def test_each_helm_installs_the_folder_and_runs_the_plugin(version, plugin, archive, tmp_path):
    helm, home = find_helm(version), tmp_path / "home"
    done = run(helm, "plugin", "install", plugin, home=home, HELM_CODER_ARCHIVE=str(archive))
    assert done.returncode == 0, done.stderr
    works(helm, home)
    assert run(helm, "plugin", "uninstall", "coder", home=home).returncode == 0


@pytest.mark.parametrize("version", HELMS)
def test_a_checkout_installs_from_source(version, binary, tmp_path):
    helm, home = find_helm(version), tmp_path / "home"
    tracked = subprocess.run(["git", "-C", ROOT, "diff", "--stat"], capture_output=True, text=True, check=False).stdout
    done = run(helm, "plugin", "install", ROOT, home=home)
    assert done.returncode == 0, done.stderr
    works(helm, home)
    assert subprocess.run(["git", "-C", ROOT, "diff", "--stat"], capture_output=True, text=True, check=False).stdout == tracked


@pytest.mark.parametrize("version", HELMS)
def test_a_failed_install_is_one_for_helm_too(version, plugin, archive, tmp_path):
    done = run(find_helm(version), "plugin", "install", plugin, home=tmp_path / "home", HELM_CODER_ARCHIVE=str(archive),
               HELM_CODER_SHA256="0" * 64)
    assert done.returncode != 0
    assert "is not what it should be" in done.stderr + done.stdout


def git(folder, *words):
    done = subprocess.run(["git", "-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", *words],
                          capture_output=True, text=True, check=True)
    return done.stdout


def publish(origin, folder, version):
    """A commit of this version in the repository, and the archive that belongs to it."""
    plugin_yaml = (ROOT / "plugin.yaml").read_text().replace(f'version: "{VERSION}"', f'version: "{version}"')
    (origin / "plugin.yaml").write_text(plugin_yaml)
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", version)
    (folder / version).mkdir()
    return pack(folder / version, write_program(folder / version / "helm-coder", fake_program(version)))


def install_from_git(helm, repository, home, archive):
    unverified = ["--verify=false"] if "helm-4." in str(helm) else []
    return run(helm, "plugin", "install", f"file://{repository}", *unverified, home=home, HELM_CODER_ARCHIVE=str(archive))


@pytest.fixture
def repository(plugin):
    shutil.copy(ROOT / ".gitignore", plugin)
    git(plugin, "init", "--quiet", "--initial-branch", "main")
    return plugin


@pytest.mark.parametrize("version", HELMS)
def test_a_plugin_from_a_git_repository_is_updated_as_often_as_there_is_something_new(version, repository, tmp_path):
    helm, home = find_helm(version), tmp_path / "home"
    for release in ("1.0.0", "1.0.1", "1.1.0"):
        archive = publish(repository, tmp_path, release)
        if release == "1.0.0":
            done = install_from_git(helm, repository, home, archive)
        else:
            done = run(helm, "plugin", "update", "coder", home=home, HELM_CODER_ARCHIVE=str(archive))
        assert done.returncode == 0, done.stderr
        assert run(helm, "coder", "version", home=home).stdout == f"helm coder {release}\n", done.stdout + done.stderr
        assert release in run(helm, "plugin", "list", home=home).stdout
        # Else Helm refuses the next one.
        assert git(home / "data/plugins/coder", "status", "--porcelain") == ""


@pytest.mark.parametrize("version", HELMS)
def test_an_update_that_fails_is_one_for_helm_too(version, repository, tmp_path):
    helm, home = find_helm(version), tmp_path / "home"
    assert install_from_git(helm, repository, home, publish(repository, tmp_path, "1.0.0")).returncode == 0
    archive = publish(repository, tmp_path, "1.0.1")
    done = run(helm, "plugin", "update", "coder", home=home, HELM_CODER_ARCHIVE=str(archive), HELM_CODER_SHA256="0" * 64)
    assert done.returncode != 0
    assert "is not what it should be" in done.stderr + done.stdout


def test_the_version_is_the_same_everywhere():
    assert f"project(helm-coder VERSION {VERSION} " in (ROOT / "CMakeLists.txt").read_text()


def test_a_binary_that_is_there_is_kept_without_a_word(plugin, tmp_path):
    program = write_program(plugin / "bin/helm-coder", fake_program())
    before = program.stat().st_mtime_ns
    done = run(plugin / "install-binary.sh", home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert program.stat().st_mtime_ns == before


@pytest.mark.parametrize("there", [fake_program("0.0.1"), "#!/bin/sh\nexit 1\n"])
def test_a_binary_of_another_version_or_a_broken_one_is_replaced(there, plugin, archive, tmp_path):
    program = write_program(plugin / "bin/helm-coder", there)
    done = run(plugin / "install-binary.sh", home=tmp_path, HELM_CODER_ARCHIVE=str(archive))
    assert done.returncode == 0, done.stderr
    assert program.read_bytes() == (ROOT / "bin/helm-coder").read_bytes()


def test_an_update_replaces_what_is_there(plugin, archive, tmp_path):
    program = write_program(plugin / "bin/helm-coder", fake_program())
    assert run(plugin / "install-binary.sh", "-u", home=tmp_path, HELM_CODER_ARCHIVE=str(archive)).returncode == 0
    assert program.read_bytes() != fake_program().encode()


@pytest.mark.parametrize("checksum, words", [
    ("0" * 64, "is not what it should be"),
    ("abc", "no SHA-256 for"),
    ("not a checksum", "is no SHA-256"),
])
def test_a_wrong_checksum_installs_nothing(checksum, words, plugin, archive, tmp_path):
    done = run(plugin / "install-binary.sh", home=tmp_path, HELM_CODER_ARCHIVE=str(archive), HELM_CODER_SHA256=checksum)
    assert done.returncode == 1 and words in done.stderr
    assert not (plugin / "bin").exists()


def test_no_checksum_installs_nothing(plugin, archive, tmp_path):
    archive.with_name(NAME + ".sha256").unlink()
    done = run(plugin / "install-binary.sh", home=tmp_path, HELM_CODER_ARCHIVE=str(archive))
    assert done.returncode == 1 and "set HELM_CODER_SHA256" in done.stderr
    assert not (plugin / "bin").exists()


def tools(folder, *more):
    """A PATH with the few programs that every system has."""
    for name in ("sh", "dirname", "sed", "rm", "mkdir", "cp", "mv", "chmod", "mktemp", "tar", "gzip", "tr", "uname", "grep", "head",
                 "tail", "id", *more):
        (folder / "path").mkdir(exist_ok=True)
        (folder / "path" / name).symlink_to(shutil.which(name))
    return folder / "path"


@pytest.mark.parametrize("tool", ["sha256sum", "shasum", "openssl"])
def test_any_program_for_checksums_will_do(tool, plugin, archive, tmp_path):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    path = tools(tmp_path, tool, *(["perl"] if tool == "shasum" else []))
    done = run(plugin / "install-binary.sh", home=tmp_path, PATH=str(path), HELM_CODER_ARCHIVE=str(archive))
    assert done.returncode == 0, done.stderr


def test_no_program_for_checksums_installs_nothing(plugin, archive, tmp_path):
    done = run(plugin / "install-binary.sh", home=tmp_path, PATH=str(tools(tmp_path)), HELM_CODER_ARCHIVE=str(archive))
    assert done.returncode == 1 and "install sha256sum, shasum or openssl" in done.stderr
    assert not (plugin / "bin").exists()


def test_an_archive_whose_program_does_not_run_leaves_the_old_one(plugin, tmp_path):
    old = write_program(plugin / "bin/helm-coder", fake_program("0.0.1"))
    broken = pack(tmp_path, write_program(tmp_path / "broken", "#!/bin/sh\necho no such library >&2\nexit 127\n"))
    done = run(plugin / "install-binary.sh", home=tmp_path, HELM_CODER_ARCHIVE=str(broken))
    assert done.returncode == 1 and "does not run on this machine: no such library" in done.stderr
    assert old.read_text() == fake_program("0.0.1")
    assert [path.name for path in old.parent.iterdir()] == ["helm-coder"]


@pytest.fixture
def served(tmp_path):
    folder = tmp_path / "served"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("tool", ["curl", "wget"])
def test_a_release_is_downloaded_and_checked(tool, plugin, binary, served, tmp_path):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    folder, url = served
    pack(folder, binary)
    done = run(plugin / "install-binary.sh", home=tmp_path, PATH=str(tools(tmp_path, "sha256sum", tool)), HELM_CODER_BASE_URL=url + "/")
    assert done.returncode == 0, done.stderr
    assert (plugin / "bin/helm-coder").exists()


@pytest.mark.parametrize("lacking", [NAME, NAME + ".sha256"])
def test_a_release_that_is_not_there_in_full_installs_nothing(lacking, plugin, binary, served, tmp_path):
    folder, url = served
    pack(folder, binary)
    (folder / lacking).unlink()
    done = run(plugin / "install-binary.sh", home=tmp_path, HELM_CODER_BASE_URL=url)
    assert done.returncode == 1 and f"{url}/{lacking} could not be downloaded" in done.stderr
    assert not (plugin / "bin").exists()


def test_missing_programs_are_named(plugin, tmp_path):
    done = run(plugin / "install-binary.sh", home=tmp_path, PATH=str(tools(tmp_path)))
    assert done.returncode == 1
    assert "these programs are missing: cmake ninja c++" in done.stderr


def test_missing_packages_are_named_to_who_may_not_install_them(plugin, tmp_path):
    path = tools(tmp_path)
    (path / "id").unlink()
    write_program(path / "id", "#!/bin/sh\necho 1000\n")
    write_program(path / "dpkg-query", "#!/bin/sh\nexit 1\n")
    write_program(path / "apt-get", "#!/bin/sh\necho never >&2\nexit 1\n")
    done = run(plugin / "install-binary.sh", home=tmp_path, PATH=str(path))
    packages = (ROOT / "packages.txt").read_text().split()
    assert done.returncode == 1
    assert "sudo apt-get install " + " ".join(packages) in done.stderr


def test_root_gets_missing_packages_installed_and_nothing_removed(plugin, tmp_path):
    path = tools(tmp_path)
    (path / "id").unlink()
    write_program(path / "id", "#!/bin/sh\necho 0\n")
    write_program(path / "dpkg-query", '#!/bin/sh\n[ "$3" = cmake ] || echo "install ok installed"\n')
    write_program(path / "apt-get", f'#!/bin/sh\necho "$*" >>"{tmp_path}/apt"\n')
    run(plugin / "install-binary.sh", home=tmp_path, PATH=str(path))
    asked = (tmp_path / "apt").read_text().splitlines()
    assert asked == ["update", "install -y --no-install-recommends --no-remove cmake"]


def test_an_unknown_argument_is_refused(plugin, tmp_path):
    done = run(plugin / "install-binary.sh", "--upgrade", home=tmp_path)
    assert done.returncode == 1 and "unknown argument --upgrade" in done.stderr


def test_nothing_is_left_in_the_temporary_folder(plugin, archive, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    for checksum in ("", "0" * 64):
        run(plugin / "install-binary.sh", "-u", home=tmp_path, TMPDIR=str(temporary), HELM_CODER_ARCHIVE=str(archive), HELM_CODER_SHA256=checksum)
    assert list(temporary.iterdir()) == []


def test_the_script_is_clean_for_shellcheck():
    if not shutil.which("shellcheck"):
        pytest.skip("shellcheck is not installed")
    subprocess.run(["shellcheck", "--shell=sh", ROOT / "install-binary.sh"], check=True)
