"""`polku sbom`: what Polku is made of, as CycloneDX 1.6 JSON, from the locks.

Versions and hashes come from requirements.lock and package-lock.json, licences from what is
installed. The same locks give the same bill, byte for byte.
"""

from __future__ import annotations

import argparse
import base64
import json
import re
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from polku.launch import places

ROOT = places.CHECKOUT
_PIN = re.compile(r"^([\w.\[\]-]+)==([^\s;\\]+)(?:\s*;\s*([^\\\n]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_NAMESPACE = uuid.UUID("5a3f4c0e-5d0b-4a53-9a55-0f6f0a3b1c77")


@dataclass(frozen=True)
class Pin:
    """One line of a lock: `where` is the marker of the machines that it is for, if any."""

    name: str
    version: str
    where: str
    hashes: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "Writes to standard output. Made at each release; see docs/operate/install.md."


def run(args: argparse.Namespace) -> int:
    sys.stdout.write(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n")
    return 0


def pins(lock: Path = ROOT / "requirements.lock") -> list[Pin]:
    """Return the pins of a requirements lock, in order. Raises ValueError for any other line."""
    found: list[Pin] = []
    for line in lock.read_text("utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith(" "):
            if not (hashed := _HASH.search(line)) or not found:
                raise ValueError(f"{lock.name}: {line.strip()!r} is neither a hash nor a pin.")
            last = found.pop()
            found.append(Pin(last.name, last.version, last.where, (*last.hashes, hashed[1])))
        elif pinned := _PIN.match(line):
            found.append(Pin(pinned[1], pinned[2], pinned[3] or "", ()))
        else:
            raise ValueError(f"{lock.name}: {line!r} is not pinned to a version.")
    return found


def packages(lock: Path = ROOT / "package-lock.json") -> dict[str, dict[str, Any]]:
    """Return {name: entry} of the front-end packages, those of tests too (`dev`)."""
    entries = json.loads(lock.read_text("utf-8"))["packages"]
    return {path.removeprefix("node_modules/"): entry for path, entry in entries.items() if path}


def licence_of(name: str) -> str:
    """Return the licence of an installed package as its authors word it; '' when unknown."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [
        one.rpartition("::")[2].strip()
        for one in told.get_all("Classifier") or []
        if one.startswith("License ::")
    ]
    expression, free = _field(told, "License-Expression"), _field(told, "License")
    # Some put the whole text there.
    short = free.strip() if "\n" not in free and len(free) < 60 else ""
    return expression or "; ".join(classified) or short


def _field(told: Any, name: str) -> str:
    return str(told.get(name) or "")


def bill() -> dict[str, Any]:
    """Return the bill of materials: the product, and what it needs to run."""
    parts = [*_python(), *_front_end()]
    text = json.dumps(parts, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, text)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "polku",
                "version": _version(),
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": parts,
    }


def _version() -> str:
    found = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    if found is None:
        raise ValueError("pyproject.toml names no version.")
    return found[1]


def _python() -> Iterator[dict[str, Any]]:
    for pin in pins():
        part = _part("pypi", pin.name, pin.version, licence_of(pin.name))
        part["hashes"] = [{"alg": "SHA-256", "content": one} for one in pin.hashes]
        if pin.where:
            part["properties"] = [{"name": "polku:marker", "value": pin.where}]
        yield part


def _front_end() -> Iterator[dict[str, Any]]:
    for name, entry in packages().items():
        if entry.get("dev"):
            continue
        kind, _, content = entry["integrity"].partition("-")
        digest = base64.b64decode(content).hex()
        part = _part("npm", name, entry["version"], entry.get("license", ""))
        yield part | {"hashes": [{"alg": f"SHA-{kind.removeprefix('sha')}", "content": digest}]}


def _part(registry: str, name: str, version: str, licence: str) -> dict[str, Any]:
    purl = f"pkg:{registry}/{name.replace('@', '%40')}@{version}"
    part = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    return part | ({"licenses": [{"license": {"name": licence}}]} if licence else {})
