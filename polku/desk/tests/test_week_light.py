"""What pages load stays light: the kernel comes with the planning worker alone."""

import subprocess
import sys

import pytest

HEAVY = ("numba", "llvmlite", "ortools", "scipy")
PROGRAM = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import polku.desk.tasks, {module}
print([m for m in {heavy} if m in sys.modules])
"""


@pytest.mark.parametrize(
    ("module", "loads"), [("polku.desk.week.views", False), ("polku.desk.week.running", True)]
)
def test_the_weeks_pages_load_no_kernel_and_its_job_does(module, loads):
    program = PROGRAM.format(module=module, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert bool(eval(done.stdout)) is loads
