"""Where a checkout's data live, and who owns them."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from polku.launch import LaunchError

CHECKOUT = Path(__file__).resolve().parents[2]
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path holds 108 bytes with its closing zero.
LONGEST_SOCKET_PATH = 106


def short_name(checkout: Path = CHECKOUT) -> str:
    """Return twelve letters that follow from the checkout's path."""
    return hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]


def home(checkout: Path = CHECKOUT) -> Path:
    """Return the folder of this checkout's data, made if missing.

    Root's server runs as another user, who may not look into root's folders: so /var/tmp.
    Raises LaunchError when the folder belongs to somebody else.
    """
    given = os.environ.get("POLKU_STATE_DIR")
    if given:
        return own_folder(Path(given).absolute(), mode=0o711 if os.geteuid() == 0 else 0o700)
    if os.geteuid() == 0:
        return own_folder(Path("/var/tmp") / f"polku-{short_name(checkout)}", mode=0o711)
    return own_folder(checkout / ".polku")


def socket_folder(base: Path) -> Path:
    """Return a folder for the server's socket, whose path is short enough for the system."""
    wanted = base / "run"
    if len(os.fsencode(wanted / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return wanted
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    root = Path(runtime) if runtime and Path(runtime).is_dir() else Path("/tmp")
    return root / f"polku-{os.geteuid()}-{short_name(base)}"


def own_folder(path: Path, *, mode: int = 0o700) -> Path:
    """Make `path` if missing; refuse it when another user owns it or may write to it."""
    try:
        path.mkdir(mode=mode, parents=True)
        path.chmod(mode)
        return path
    except FileExistsError:
        pass
    except OSError as error:
        raise LaunchError(f"The folder {path} can't be made: {error.strerror}.") from error
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise LaunchError(
            f"{path} belongs to another user; move it away, or name a folder of your own "
            "with POLKU_STATE_DIR."
        )
    if stat.S_IMODE(found.st_mode) & 0o022:
        raise LaunchError(f"Others may write to {path}; close it with `chmod go-w {path}`.")
    return path
