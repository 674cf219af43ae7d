"""A web worker that serves every page has loaded no kernel; the job that answers has."""

import os
import subprocess
import sys

WORKER = """
import sys, django
django.setup()
from django.urls import get_resolver
from procrastinate.contrib.django import app
assert get_resolver().reverse_dict
app.perform_import_paths()
import polku.config.wsgi, polku.insight.views, polku.exchange.what_if
print(sorted({"numba", "llvmlite", "ortools"} & set(sys.modules)))
"""
JOB = """
from polku.planning.simulation.whatif import Question, Side, answer
answer(Question(20, Side(1, 20), Side(2, 20), weeks=1), threads=1)
"""


def loaded_by(program: str) -> str:
    site = {"DJANGO_SETTINGS_MODULE": "polku.config.settings", "POLKU_ENV": "test"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env=os.environ | site,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_pages_and_the_jobs_that_a_worker_knows_load_no_kernel() -> None:
    assert loaded_by(WORKER) == "[]"


def test_control_working_an_answer_out_loads_it() -> None:
    assert loaded_by(WORKER.replace("print", f"{JOB}\nprint")) == "['llvmlite', 'numba']"
