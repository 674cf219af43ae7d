"""The product, served on a machine whose clock libfaketime sets. For 32.

That library breaks sleeping where it leaves the steady clock alone; waiting for nothing does the
same. With `POLKU_OWN_CLOCKS` each process goes by its machine's own clock: the control.
"""

import os
import select
import time

from polku.config.wsgi import application
from polku.foundation import clock

__all__ = ["application"]

time.sleep = lambda seconds: select.select([], [], [], seconds)
if os.environ.get("POLKU_OWN_CLOCKS"):
    clock.tell = lambda moment: None
