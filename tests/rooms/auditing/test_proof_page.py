"""The page of the proof, and that a proof outlives the data of a person."""

from pathlib import Path

from tests.rooms.auditing.test_proof import CASE, taken, verified
from tests.stage import AT, signed_in
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core import audit
from zielwerk.identity import actions as identity

PAGE = "/arbeit/protokoll/nachweis"


def test_after_somebody_was_erased_old_and_new_proofs_hold(
    cast: world.Cast, tmp_path: Path
) -> None:
    world.record_and_publish(cast, world.main_kinzig(), False, AT)
    client = signed_in(cast.auditor)
    before, kept = taken(client), str(audit.seal())
    identity.erase(OPERATOR, cast.officer, at=AT)
    for content in (before, taken(client)):
        assert verified(content, tmp_path, "--seal", kept).returncode == 0


def test_the_page_says_what_is_in_it_and_refuses_an_unknown_number(
    cast: world.Cast, main_kinzig: object
) -> None:
    client = signed_in(cast.auditor)
    page = client.get(PAGE, {"akte": CASE}).content.decode()
    assert f"Zum Vorgang {CASE}" in page
    assert f"{PAGE}/datei?akte={CASE}" in page
    answer = client.get(PAGE, {"akte": "ZV-1999-0001"})
    assert answer.status_code == 422
    assert "steht im Protokoll nichts" in answer.content.decode()
    assert client.get(f"{PAGE}/datei", {"akte": "ZV-1999-0001"}).status_code == 302
    log = client.get("/arbeit/protokoll", {"akte": CASE}).content.decode()
    assert f"Nachweis zu {CASE} mitnehmen" in log
