"""The peer's own Python: what it needs never mixes with what the product runs on."""

import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HOME = ROOT / "var" / "peer-venv"
WANTED = ROOT / "requirements" / "peer.txt"


def python() -> Path:
    """The interpreter with django-hordak, made anew when ``requirements/peer.txt`` changed."""
    found, stamp = HOME / "bin" / "python", HOME / ".set-peer"
    if not stamp.exists() or stamp.read_text() != WANTED.read_text():
        venv.create(HOME, with_pip=False, clear=True)
        # Its newest version comes as source alone, so what builds it is pinned by hash too.
        _install(found, "--only-binary", ":all:", "-c", str(WANTED), "setuptools")
        wheels = ("--only-binary", ":all:", "--no-binary", "django-hordak")
        _install(found, *wheels, "--no-build-isolation", "-r", str(WANTED))
        stamp.write_text(WANTED.read_text())
    return found


def _install(python: Path, *words: str) -> None:
    pip = next((ROOT / "setup").glob("pip-*.whl")) / "pip"
    quiet = ["-qq", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]
    subprocess.run([python, pip, "install", *quiet, "--require-hashes", *words], check=True)
