"""Several commands in one process, each as it is typed; how each ended is printed at its end."""

import contextlib
import io
import json
import sys

import django

from zielwerk.config import cli


def main() -> None:
    django.setup()
    from django.db import connection

    connection.settings_dict.setdefault("OPTIONS", {})
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = 0.05  # whoever waits, waits not long
    ended = []
    for words in sys.argv[1:]:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code: int | str | None = cli.main(words.split())
            except SystemExit as left:
                code = left.code
        connection.close()
        ended.append([words, int(code or 0), out.getvalue(), err.getvalue()])
    sys.stdout = sys.__stdout__
    print(json.dumps(ended))
