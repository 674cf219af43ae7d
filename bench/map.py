"""`polku bench map`: first draw and panning in Chromium, WebGL in software, 20 000 openings."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median
from typing import Any

from bench import machine, report, serving
from polku.launch import LaunchError, environment, places, postgres, prepare

# What was asked for, and the sizes of window that are looked at.
DRAWN, FRAMES, RINGS = 1000, 30, 15
WINDOWS = {"1280": (1280, 820), "390": (390, 820)}
# No graphics card. Chromium then lays the page together without WebGL, and draws WebGL alone by the
# processor: that is what is asked. In the harder way a graphics card is imitated for the page too,
# each frame of the whole window by the processor: told beside it.
HOW = {
    "no card": ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"],
    "imitated": ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
}
ASKED = "no card"
# Where the pan begins: the whole country, a region, a town.
VIEWS = {"country": (26.0, 64.0, 4.6), "region": (25.6, 61.0, 8.0), "town": (24.94, 60.2, 11.0)}
PAN = """async ([lon, lat, zoom, seconds]) => {
  const { move } = document.querySelector("[data-placement-map]").placementMap;
  const rest = () => new Promise((done) => setTimeout(done, 900));
  move.go({ center: [lon, lat], zoom });
  await rest();
  let last = performance.now(), on = true;
  const gaps = [];
  const tick = (now) => { gaps.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  const begun = performance.now();
  for (const way of [[1, 0], [0, 1], [-1, -1]]) {
    move.pan(...way.map((step) => step * 500), 1000 * seconds / 3);
    await new Promise((done) => setTimeout(done, 1000 * seconds / 3 + 50));
  }
  const spent = (performance.now() - begun) / 1000;
  on = false;
  gaps.sort((a, b) => a - b);
  await rest();
  const at = (share) => gaps[Math.floor(gaps.length * share)];
  return { frames: gaps.length / spent, p50: at(0.5), p95: at(0.95),
           rings: document.querySelectorAll("[data-rings] li").length,
           names: document.querySelectorAll("[data-names] > *").length };
}"""
EMPTY = """(seconds) => new Promise((done) => {
  let count = 0;
  const begun = performance.now();
  const tick = (now) => {
    count += 1;
    if (now - begun < 1000 * seconds) requestAnimationFrame(tick);
    else done(1000 * count / (now - begun));
  };
  requestAnimationFrame(tick);
})"""
LOADED = """() => Object.fromEntries([...performance.getEntriesByType("paint"),
  ...performance.getEntriesByType("mark")].map((one) => [one.name, Math.round(one.startTime)]))"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare how many openings, and how long is panned."""
    parser.add_argument("--openings", type=int, default=20_000, metavar="N")
    parser.add_argument("--seconds", type=float, default=6.0, metavar="S", help="of each pan")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="loads of the page")
    parser.add_argument("--keep", action="store_true", help="write the figures to bench/results/")
    parser.add_argument("--json", action="store_true", help="print the figures for machines")


def run(args: argparse.Namespace) -> int:
    """Measure on a server and a database of its own; 1 when a figure is missed."""
    try:
        play = importlib.import_module("playwright.sync_api").sync_playwright
    except ModuleNotFoundError:
        raise LaunchError("This benchmark looks through a browser: run `make test` once.") from None
    os.environ.setdefault("POLKU_ENV", "demo")
    os.environ["POLKU_BENCH_OPENINGS"] = str(args.openings)
    with _site() as port:
        before = machine.load()
        with play() as engine:
            found = {how: _all(engine, port, flags, args) for how, flags in HOW.items()}
        rings = _rings(port)
    whole = {
        "openings": args.openings,
        "machine": {**machine.words("its own", flushed=True), "load": [before, machine.load()]},
        "asked": {"first_drawn_ms": DRAWN, "frames_a_second": FRAMES, "rings_ms": RINGS},
        "rings_ms": rings,
        "windows": found.pop(ASKED),
        "harder": found,
    }
    whole["missed"] = list(_missed(whole))
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    if args.keep:
        report.RESULTS.mkdir(exist_ok=True)
        (report.RESULTS / "map.json").write_text(text, encoding="utf-8")
    print(text if args.json else "\n".join(_told(whole)))
    return 1 if whole["missed"] else 0


@contextmanager
def _site() -> Iterator[int]:
    """Serve the site with the invented openings, as it is served; yield its port."""
    prepare.files()
    for name in ("DATABASE_URL", "POLKU_DB_HOST", "POLKU_DB_NAME", "POLKU_DB_USER"):
        os.environ.pop(name, None)
    home = places.home() / "bench-map"
    os.environ["POLKU_STATE_DIR"] = str(home)
    try:
        with postgres.serving(postgres.own_cluster()) as cluster:
            owner = environment.for_role(environment.OWNER, cluster)
            subprocess.run(
                [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
                cwd=places.CHECKOUT, env=owner, check=True,
            )  # fmt: skip
            env = environment.for_role(environment.APP, cluster)
            prepare.static(env)
            with serving.served("bench.map_site:application", env) as (port, _):
                yield port
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))


def _all(engine: Any, port: int, flags: list[str], args: Any) -> dict[str, Any]:
    """Look through windows of each size in a browser that draws in one way."""
    chromium = engine.chromium.launch(executable_path=_chromium(), args=flags)
    found = {name: _window(chromium, port, size, args) for name, size in WINDOWS.items()}
    chromium.close()
    return found


def _window(browser: Any, port: int, size: tuple[int, int], args: Any) -> dict[str, Any]:
    """Load the page some times, each with nothing kept, then pan at each scale."""
    loads = []
    for _ in range(args.rounds):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        page = context.new_page()
        page.goto(f"http://{serving.HOST}:{port}/design/map/")
        page.locator(".map.live").first.wait_for(timeout=90_000)
        loads.append(page.evaluate(LOADED))
        if len(loads) < args.rounds:
            context.close()
    time.sleep(1)
    pans = {name: _rounded(page.evaluate(PAN, [*at, args.seconds])) for name, at in VIEWS.items()}
    page.goto("about:blank")
    empty = round(page.evaluate(EMPTY, 2), 1)
    context.close()
    return {
        "first_drawn_ms": median(one["first-contentful-paint"] for one in loads),
        "moving_ms": median(one["map-live"] for one in loads),
        "pans": pans,
        "frames_of_an_empty_page": empty,
    }


def _rounded(found: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 1) for name, value in found.items()}


def _rings(port: int) -> dict[str, float]:
    """Return how long making the rings takes for each scale, in the server; the middle of nine."""
    found = {}
    for name, (lon, lat, zoom) in VIEWS.items():
        wide = 900 / 512 / 2**zoom * 360
        box = f"{lon - wide / 2},{lat - wide / 5},{lon + wide / 2},{lat + wide / 5}"
        spent = [
            float(serving.get(port, f"/design/map/points.json?bbox={box}&zoom={zoom}")[0]
                  ["Server-Timing"].partition("dur=")[2]) for _ in range(9)
        ]  # fmt: skip
        found[name] = median(spent)
    return found


def _missed(found: dict[str, Any]) -> Iterator[str]:
    for name, window in found["windows"].items():
        if window["first_drawn_ms"] > DRAWN:
            yield f"{name}: first drawn after {window['first_drawn_ms']} ms, asked {DRAWN}"
        for scale, pan in window["pans"].items():
            if pan["frames"] < FRAMES:
                yield f"{name}, {scale}: {pan['frames']} frames a second, asked {FRAMES}"
    for scale, spent in found["rings_ms"].items():
        if spent > RINGS:
            yield f"{scale}: rings made in {spent} ms, asked {RINGS}"


def _told(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['openings']} openings; load {found['machine']['load']}."
    for how, windows in {ASKED: found["windows"], **found["harder"]}.items():
        for name, window in windows.items():
            yield (
                f"{how}, {name} px: first drawn {window['first_drawn_ms']} ms (asked {DRAWN}), "
                f"moving {window['moving_ms']} ms; an empty page "
                f"{window['frames_of_an_empty_page']} frames"
            )
            for scale, pan in window["pans"].items():
                yield (
                    f"  {scale}: {pan['frames']} frames a second (asked {FRAMES}), 95 % within "
                    f"{pan['p95']} ms; {pan['rings']:.0f} rings, {pan['names']:.0f} names"
                )
    for scale, spent in found["rings_ms"].items():
        yield f"rings of a {scale}: {spent} ms (asked {RINGS})"
    yield from (found["missed"] and ["Missed:", *found["missed"]]) or ["Nothing was missed."]
