"""Promise 59: what we ship is what we read: pinned, listed, licensed, without secrets."""

from __future__ import annotations

import ast
import json
import re
import socket
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

from polku.launch import frontend, offline, sbom
from tests.promises.promise import Promise, reached

PROMISE = Promise(
    59,
    "What we ship is what we read",
    "0 unpinned, 0 known vulnerabilities older than 7 days",
    "every pin of three locks and of npm with its hash; a bill of materials that names each; "
    "licences of all that is installed; secrets in each file and in the whole history; no socket "
    "of a test, and no name in its browser, leads out of this machine",
    "known vulnerabilities: no list of them can be asked here; give `polku sbom` to a scanner that "
    "has one, each week",
)
ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-node.lock")

# Offered under several licences, of which we take the one named; or installed elsewhere only.
TAKEN = {
    "pyphen": "MPL-1.1",
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
    "flit-core": "BSD-3-Clause",
}
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|ISC|MPL|Mozilla|LGPL|Lesser General|0BSD|OFL|Python Software|Zlib|Dual"
)
FORBIDDEN = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public|SSPL|BUSL|Commons Clause")

SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}\b"),
    "a token of a forge": re.compile(
        r"\b(?:ghp|gho|ghs|ghr)_\w{36}\b|\bgithub_pat_\w{22,}\b|\bglpat-[\w-]{20}\b"
    ),
    "a token of a chat or a shop": re.compile(r"\bxox[abprs]-[\w-]{10,}|\bsk_live_\w{16,}"),
    "a web token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "a key of ours": re.compile(r"\bPOLKU_(?:SECRET_)?KEY=[A-Za-z0-9+/]{42,44}={0,2}"),
    "a password in an address": re.compile(
        r"\b(?:postgres(?:ql)?|https?|smtps?)://[^\s:/@'\"<>{}$]+:[^\s:/@'\"<>{}$…]+@(?!127\.0\.0\.1)"
    ),
    "a real identity code": re.compile(
        r"(?<![\w-])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+A-FU-Y](?!000|001|9\d\d)\d{3}"
        r"[0-9ABCDEFHJKLMNPRSTUVWXY](?![\w-])"
    ),
}
# The authority's own published example, which is nobody's.
EXAMPLES = {"131052-308T"}
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def unpinned(name, text):
    """Return the lines of a lock that are not a version with a sha256."""
    (path := Path(name)).write_text(text, "utf-8")
    try:
        return [pin.name for pin in sbom.pins(path) if not pin.hashes]
    except ValueError as error:
        return [str(error)]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    pins = sbom.pins(ROOT / lock)
    assert pins and all(pin.hashes for pin in pins)
    assert "://" not in text and "--index" not in text and " @ " not in text


@pytest.mark.parametrize(
    "line", ["django>=5.2", "django", "django==5.2.1", "django @ file:///x", "-e ."]
)
def test_control_a_looser_line_is_found(tmp_path, line):
    sound = "asgiref==3.8.1 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert unpinned(tmp_path / "sound.lock", sound) == []
    assert unpinned(tmp_path / "loose.lock", sound + line + "\n") != []


def test_every_front_end_package_is_pinned_with_its_digest():
    packages = sbom.packages()
    assert packages
    for name, entry in packages.items():
        assert entry["integrity"].startswith("sha512-"), name
        assert "resolved" not in entry and not entry.get("hasInstallScript"), name
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))
    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert packages[name]["version"] == version
    # What is fetched for pages is copied to them, and nothing else is.
    copied = {
        "/".join(source.split("/")[: 2 if source[0] == "@" else 1]) for source in frontend.FILES
    }
    assert copied == set(asked["dependencies"])


def test_what_is_installed_is_what_is_locked():
    wrong = {}
    for pin in sbom.pins(ROOT / "requirements.lock"):
        try:
            there = metadata.version(pin.name)
        except metadata.PackageNotFoundError:
            # For another machine, or put in only while the environment is made.
            assert pin.where or pin.name == "flit-core", pin.name
            continue
        if there != pin.version:
            wrong[pin.name] = there
    assert wrong == {}


def imported_names(folder, *, of_tests):
    """Return the top names of all that a folder's files import, with a file that does."""
    found = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        is_test = "tests" in parts or path.name in {"conftest.py", "testing.py", "for_tests.py"}
        if is_test and not of_tests:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0]: path for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module.split(".")[0]] = path
    return found


def test_the_product_imports_only_what_it_installs():
    """What only tests need stays out of what is installed where people's data is."""
    locked = {re.sub(r"[-_.]+", "-", pin.name).lower() for pin in sbom.pins()}
    by_module = metadata.packages_distributions()
    strangers = {}
    for name, path in imported_names(ROOT / "polku", of_tests=False).items():
        homes = {re.sub(r"[-_.]+", "-", one).lower() for one in by_module.get(name, ())}
        if homes and not homes & (locked | {"polku"}):
            strangers[name] = str(path.relative_to(ROOT))
    # Its tests' own parts, which nothing else loads.
    assert set(strangers) <= {"pytest"}, strangers
    assert "python_calamine" in imported_names(ROOT / "polku" / "exchange", of_tests=True)


def test_the_bill_names_each_part_once_with_hash_and_licence():
    bill = sbom.bill()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    parts = {part["purl"]: part for part in bill["components"]}
    assert len(parts) == len(bill["components"])
    for pin in sbom.pins():
        assert f"pkg:pypi/{pin.name}@{pin.version}" in parts
    assert "pkg:npm/%40fontsource-variable/inter@5.3.0" in parts
    assert not [purl for purl in parts if "axe-core" in purl or "pytest" in purl]
    for purl, part in parts.items():
        assert part["hashes"] and all(re.fullmatch(r"[0-9a-f]{64,128}", h["content"])
                                      for h in part["hashes"]), purl  # fmt: skip
        assert part.get("licenses") or part["name"] in TAKEN, purl
    assert bill == sbom.bill()


def judged_licence(name, licence):
    """Return what is wrong with a licence; '' when it may be shipped."""
    said = TAKEN.get(name, licence)
    if FORBIDDEN.search(said):
        return "forbidden"
    return "" if ALLOWED.search(said) else "unknown"


def test_no_licence_is_forbidden_or_unknown():
    told = {pin.name: sbom.licence_of(pin.name) for pin in sbom.pins()}
    told |= {name: entry.get("license", "") for name, entry in sbom.packages().items()}
    wrong = {name: said for name, said in told.items() if judged_licence(name, said)}
    assert wrong == {}


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v2 (GPLv2)", "", "SSPL-1.0"]
)
def test_control_other_licences_are_refused(licence):
    assert judged_licence("somebody-s", licence)
    assert not judged_licence("somebody-s", "GNU Lesser General Public License v2 or later")


def secrets_in(text):
    """Return what a text holds that nobody may write down, with the place."""
    found = []
    for what, pattern in SECRETS.items():
        for match in pattern.finditer(text):
            if what != "a real identity code" or _checks(match[0]):
                found.append(f"{what}: {match[0][:12]}…")
    return found


def _checks(code):
    # A number whose check character is wrong is nobody's.
    return code not in EXAMPLES and CHECK[int(code[:6] + code[7:10]) % 31] == code[10]


def _git(*words):
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True)
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def test_no_file_holds_a_secret():
    files = _git("ls-files", "-z").split("\0") if (ROOT / ".git").exists() else []
    paths = [ROOT / name for name in files if name] or [
        path for path in (ROOT / "polku").rglob("*") if path.is_file()
    ]
    assert len(paths) > 300
    found = {}
    for path in paths:
        if path.is_file() and (what := secrets_in(path.read_bytes().decode(errors="replace"))):
            found[str(path.relative_to(ROOT))] = what
    assert found == {}


def test_no_secret_was_ever_written_down():
    history = _git("log", "--all", "--no-color", "--unified=0", "--format=%x00%h %s", "-p")
    if not history:
        # A copy without its history has none to look through.
        assert not (ROOT / ".git").exists()
    found = {one[:60]: what for one in history.split("\0") if (what := secrets_in(one))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a" * 36,
        "POLKU_KEY=" + "A" * 43 + "=",
        "postgresql://polku_app:" + "geheim@db.example.org/polku",
        "born as 010180" + "-123" + CHECK[10180123 % 31] + " once",
        "eyJhbGciOiJIUzI1" + ".eyJzdWIiOiIxMjM0" + ".c2lnbmF0dXJlIQ",
    ],
)
def test_control_a_secret_is_found(text):
    assert secrets_in(f"x = '{text}'")


def test_no_test_leaves_this_machine():
    """The guard stands in this very process; it is no OSError, which code may bear with."""
    for reach in (
        lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
        lambda: socket.socket(socket.AF_INET6).connect(("2001:db8::1", 80)),
    ):
        with pytest.raises(offline.Refused):
            reach()


def test_this_machine_itself_is_reached():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(server.getsockname(), timeout=5).close()
    assert (
        offline.is_here("localhost") and offline.is_here("::1") and not offline.is_here("10.0.0.1")
    )


def test_control_without_the_guard_the_network_is_tried():
    program = (
        "import socket\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), timeout=0.2)\n"
        "except OSError:\n    print('tried')\n"
    )
    done = subprocess.run(["python3", "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "tried"


@pytest.mark.torture(promise=59)
def test_all_of_it_at_once():
    """The same as every run does, with its figures."""
    for lock in LOCKS:
        test_every_requirement_is_pinned_with_hashes_and_no_address(lock)
    test_every_front_end_package_is_pinned_with_its_digest()
    test_the_bill_names_each_part_once_with_hash_and_licence()
    test_no_licence_is_forbidden_or_unknown()
    test_no_file_holds_a_secret()
    test_no_secret_was_ever_written_down()
    test_no_test_leaves_this_machine()
    pinned = sum(len(sbom.pins(ROOT / lock)) for lock in LOCKS) + len(sbom.packages())
    commits = len(_git("rev-list", "--all").split())
    reached(
        59,
        f"{pinned} pins with hashes, 0 without; {len(sbom.bill()['components'])} parts, 0 licences "
        f"forbidden; 0 secrets in {commits} commits",
    )
