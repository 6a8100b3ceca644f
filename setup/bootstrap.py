"""Make `.venv` from wheels alone: no root, no pip on the machine, every file pinned by hash.

    python3 setup/bootstrap.py run [test] [bench] …

Each set is a file of requirements/. A set whose stamp matches is left alone, so that a
second start costs nothing. Debian's bare python3 has neither pip nor ensurepip; pip's own
wheel runs as it is and lies beside this file.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = next((ROOT / "setup").glob("pip-*.whl")) / "pip"
QUIET = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"]


def main(sets: list[str]) -> int:
    if sys.version_info < (3, 11):
        return fail("Zielwerk needs Python 3.11 or later.")
    if not PYTHON.exists():
        print("Setting up .venv …", flush=True)
        venv.create(VENV, with_pip=False, clear=VENV.exists())
    for name in sets:
        install(name)
    install_project()
    return system_packages() if "test" in sets else 0


def install(name: str) -> None:
    """Install one hash-pinned set unless its stamp says it is there."""
    wanted = ROOT / "requirements" / f"{name}.txt"
    stamp = VENV / f".set-{name}"
    if is_fresh(stamp, wanted):
        return
    print(f"Installing the set '{name}' …", flush=True)
    pip("--require-hashes", "--only-binary", ":all:", "-r", str(wanted))
    stamp.write_text(fingerprint(wanted))


def install_project() -> None:
    """Install Zielwerk itself as editable and compile its translations."""
    wanted = ROOT / "pyproject.toml"
    stamp = VENV / ".set-project"
    if not is_fresh(stamp, wanted):
        pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        stamp.write_text(fingerprint(wanted))
    subprocess.run([VENV / "bin" / "zielwerk", "language", "compile"], check=True)


def pip(*arguments: str) -> None:
    subprocess.run([PYTHON, str(PIP), "install", *QUIET, *arguments], check=True)


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes() + sys.version.encode()).hexdigest()


def is_fresh(stamp: Path, wanted: Path) -> bool:
    return stamp.exists() and stamp.read_text() == fingerprint(wanted)


def system_packages() -> int:
    """Tests need Chromium, pdfsig and zbarimg: install them where that is allowed, else say so."""
    needed = {"chromium": "chromium", "pdfsig": "poppler-utils", "zbarimg": "zbar-tools"}
    missing = [package for program, package in needed.items() if not shutil.which(program)]
    try:
        ctypes.CDLL("libatomic.so.1")  # the browser's driver is linked to it
    except OSError:
        missing.append("libatomic1")
    if not missing:
        return 0
    apt = shutil.which("apt-get")
    names = " ".join(missing)
    if not apt or os.geteuid() != 0:
        return fail(f"The tests need more. Install it: sudo apt-get install {names}")
    print(f"Installing {names} …", flush=True)
    calm = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with open(os.devnull, "w") as nowhere:
        for words in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            subprocess.run([apt, "-qq", *words], check=True, env=calm, stdout=nowhere)
    return 0


def fail(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["run"]))
