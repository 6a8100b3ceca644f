"""Every kind of case has its file, in every state; each stored file of a case stands in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model

from tests.journeys import every_state
from tests.journeys.programmes import HESSE
from tests.stage import signed_in
from zielwerk.config.cast import Cast
from zielwerk.core import cases
from zielwerk.core.cases import Case
from zielwerk.documents.models import StoredFile
from zielwerk.filing.panels import url_of
from zielwerk.identity.models import User
from zielwerk.language import translate

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True


@pytest.fixture
def cast(settings: Any) -> Cast:
    settings.PROGRAMME = HESSE.programme
    return every_state.put(HESSE)


def one_a_state() -> Iterator[Case]:
    """The newest case of each kind in each of its states."""
    for kind in cases.KINDS.values():
        found = {}
        for case in kind.model._default_manager.order_by("pk"):
            found[case.state] = case
        yield from found.values()


def stored(record: Model) -> set[str]:
    """The checksums of the stored files to which a record leads by a column of its own."""
    columns = [one for one in record._meta.concrete_fields if one.related_model is StoredFile]
    files = (getattr(record, column.name) for column in columns)
    return {file.sha256 for file in files if file is not None}


def near(case: Case) -> Iterator[Model]:
    """The case, what its columns lead to, and what hangs on it; no other case, no document."""
    yield case
    for column in case._meta.concrete_fields:
        is_record = column.related_model and not issubclass(column.related_model, StoredFile)
        record = getattr(case, column.name) if is_record else None
        if record is not None and not isinstance(record, Case):
            yield record
    for relation in case._meta.related_objects:
        if not issubclass(relation.related_model, Case):
            key = {relation.field.name: case.pk}
            yield from relation.related_model._default_manager.filter(**key)


def test_every_kind_in_every_state_has_its_file_with_all_that_is_stored(cast: Cast) -> None:
    auditor = signed_in(cast.auditor)
    seen, with_files = set(), set()
    for case in one_a_state():
        page = auditor.get(url_of(case))
        assert page.status_code == 200, case
        seen.add(case.seal_name)
        text = page.content.decode()
        assert case.file_number in text
        expected = {sha for record in near(case) for sha in stored(record)}
        missing = {sha for sha in expected if sha not in text}
        assert not missing, (case.seal_name, case.state)
        if expected:
            with_files.add(case.seal_name)
    assert seen == cases.KINDS.keys()
    assert with_files >= {"import", "intake", "conclusion", "edition", "strategy"}


def test_who_does_not_see_a_case_has_no_file_of_it(cast: Cast) -> None:
    people = [cast.officer, cast.authority, cast.body, cast.auditor]
    for case in one_a_state():
        for person in filter(None, people):
            sees = _sees(person, case)
            answer = signed_in(person).get(url_of(case))
            assert answer.status_code == (200 if sees else 404), (person, case)


def _sees(person: User, case: Case) -> bool:
    kind = cases.kind_of(case)
    return kind.seen(person, case.programme).filter(pk=case.pk).exists()


def test_every_day_of_a_case_has_a_name_in_both_languages() -> None:
    for kind in cases.KINDS.values():
        for column in kind.model._meta.concrete_fields:
            is_day = column.get_internal_type() in ("DateField", "DateTimeField")
            if is_day and column.name != "state_since":
                name = str(column.verbose_name)
                assert translate(name, "en") != name, (kind.name, column.name)
