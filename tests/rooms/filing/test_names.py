"""Names of files in the ZIP: in any script, unique, and they lead nowhere."""

import unicodedata

import pytest

from zielwerk.filing.letters.names import safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Bericht 2026.pdf", "0001-Bericht 2026.pdf"),
        ("Zuschuß für Köln.PDF", "0001-Zuschuß für Köln.PDF"),
        ("отчёт.docx", "0001-отчёт.docx"),
        ("έκθεση.pdf", "0001-έκθεση.pdf"),
        ("تقرير.pdf", "0001-تقرير.pdf"),
        ("报告.xlsx", "0001-报告.xlsx"),
        ("../../etc/passwd", "0001-passwd"),
        ("C:\\Windows\\con.txt", "0001-con.txt"),
        ("..", "0001-datei"),
        ("", "0001-datei"),
        (".bashrc", "0001-bashrc"),
        ("gpj.\u202eexe.pdf", "0001-gpj.exe.pdf"),
        ("a\x00b\x1b[31m\n.txt", "0001-ab[31m.txt"),
        ("wie?:*<>|%.txt", "0001-wie-------.txt"),
        ("%2e%2e%2fx", "0001-2e-2e-2fx"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_its_tricks(name: str, kept: str) -> None:
    assert safe_name(1, unicodedata.normalize("NFD", name)) == unicodedata.normalize("NFC", kept)


def test_a_long_name_keeps_its_ending_within_what_file_systems_take() -> None:
    for letter in ("x", "ж", "報", "𐍈"):
        name = safe_name(9999, letter * 300 + ".pdf")
        assert len(name.encode()) <= 128
        assert name.endswith(".pdf")
        assert name.startswith(f"9999-{letter}")
