"""Development mode: one log line a request with its queries, repeated ones marked.

Switched on by ``ZIELWERK_DEVELOP`` alone (``zielwerk serve --reload`` sets it), and then
answers nobody but this machine, since error pages show source and settings.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.encoding import escape_uri_path

Handler = Callable[[HttpRequest], HttpResponse]
SHOWN = 3  # so many of the repeated statements, each up to WIDTH characters
WIDTH = 120
log = logging.getLogger("zielwerk.develop")


class QueryLog:
    """Log method, path, status, time and queries of each request in one line."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_this_machine(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden("development serves this machine only")
        queries = Queries()
        began = time.perf_counter()
        with connection.execute_wrapper(queries):
            response = self.handler(request)
        spent = round((time.perf_counter() - began) * 1000)
        path = escape_uri_path(request.path)
        log.info("%s %s %s %sms %s", request.method, path, response.status_code, spent, queries)
        return response


class Queries:
    """Counts the statements of a request; those that differ in values only are the same."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.seconds = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.seen[sql] += 1

    def __str__(self) -> str:
        line = f"{self.seen.total()} queries {round(self.seconds * 1000)}ms"
        repeated = [(sql, times) for sql, times in self.seen.most_common() if times > 1]
        for sql, times in repeated[:SHOWN]:
            line += f" | {times}x {' '.join(sql.split())[:WIDTH]}"
        return line + (f" | {len(repeated) - SHOWN} more" if len(repeated) > SHOWN else "")


def is_this_machine(address: str) -> bool:
    """Whether an address, or the name of a host, is the machine's own loopback."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
