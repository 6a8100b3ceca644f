"""Waking the background worker: a named pipe in the data folder, one byte to wake.

The worker sleeps on its end of the pipe, so that idle it asks the database every few seconds
only, and still begins a job at once. A worker on another machine, or one that was not heard,
takes the job up when its sleep is over; nothing is lost with the pipe.
"""

import logging
import os
import select
from contextlib import suppress
from pathlib import Path

from django.conf import settings

SLEEP = 5.0  # seconds after which the database is asked without having been called
log = logging.getLogger("zielwerk.jobs")


def pipe() -> Path:
    return Path(settings.ENVIRONMENT.data) / "wake"


def call() -> None:
    """Wake the worker of this machine if there is one; never fails and never waits."""
    try:
        end = os.open(pipe(), os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # no worker listens here
        return
    try:
        os.write(end, b"!")
    except OSError:  # full: it is woken already
        log.debug("the worker has been called often enough")
    finally:
        os.close(end)


class Bed:
    """The worker's end of the pipe."""

    def __init__(self) -> None:
        place = pipe()
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.mkfifo(place, 0o600)
        # For reading and writing, so that it stays open while nobody calls.
        self.end = os.open(place, os.O_RDWR | os.O_NONBLOCK)

    def sleep(self, seconds: float) -> None:
        """Sleep until called, so long at most."""
        if select.select([self.end], [], [], seconds)[0]:
            os.read(self.end, 4096)
