"""Serve on a free port and print it: ``python -m tests.rooms.identity.service HOME``."""

import sys
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.utils.module_loading import import_string


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        return


django.setup()
call_command("migrate", verbosity=0)
import_string("tests.rooms.identity.service.site.fill")(sys.argv[1])
with make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet) as server:
    print(server.server_port, flush=True)
    server.serve_forever()
