"""Fail if the Celery worker of this pod takes no tasks: if its main process is not there, or hangs.

It takes tasks in a loop that goes to sleep and wakes up several times a second, also while it waits for a broker that is not there. Linux
counts that. To ask Celery itself takes seconds of CPU, and its log server is another process, which knows nothing of it.
"""

import re
import sys
import time
from pathlib import Path

SECONDS = 10
MAIN = re.compile(rb"\[celeryd: .*:MainProcess\]")


def main_process():
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if MAIN.match(line.read_bytes()):
                return line.parent
        except OSError:  # it has ended
            pass
    sys.exit("there is no main process of Celery")


def sleeps(process):
    return re.search(r"^voluntary_ctxt_switches:\s*(\d+)", (process / "status").read_text(), re.MULTILINE)[1]


process = main_process()
before, end = sleeps(process), time.monotonic() + SECONDS
while sleeps(process) == before:
    if time.monotonic() > end:
        sys.exit(f"the main process of Celery has done nothing for {SECONDS} seconds")
    time.sleep(0.2)
