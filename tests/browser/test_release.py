"""What one proposes and another releases, pressed in a browser."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import worlds
from tests.browser.steps import heading, sign_in, sign_out
from tests.released import released
from tests.stage import AT
from zielwerk.config import world

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[[Page], None]
PUBLIC = "/zielvereinbarungen/2024/06435"


def test_from_the_proposal_to_the_release(
    page: Page, assert_accessible: Check, tmp_path: Path
) -> None:
    with released(tmp_path, "ministry"):
        cast = worlds.put(world.enrol_cast)
        entered = world.agreements.HandEntry(world.main_kinzig(), world.PUBLIC_FACTS)
        intake = world.agreements.begin_by_hand(cast.officer, entered, at=AT)
        intake = world.agreements.accept(cast.officer, intake, at=AT)
        world.agreements.confirm(cast.head, intake, at=AT)

        sign_in(page, "Mara Lindner")
        page.goto("/arbeit/vereinbarungen")
        page.get_by_role("link", name=re.compile("^Main-Kinzig")).first.click()
        page.get_by_role("link", name="Zur Freigabe vorlegen").click()
        expect(page.get_by_text("Öffentlich wird damit noch nichts")).to_be_visible()
        page.get_by_role("button", name="Zur Freigabe vorlegen").click()
        expect(heading(page)).to_contain_text("Veröffentlichung: Main-Kinzig")
        expect(page.get_by_text("zur Freigabe vorgelegt").first).to_be_visible()
        assert_accessible(page)
        case = page.url
        assert page.request.get(PUBLIC).status == 404

        sign_out(page)
        sign_in(page, "Jonas Acker")
        page.get_by_role("link", name=re.compile("VER-2024-0001")).click()
        expect(page).to_have_url(case)
        expect(page.get_by_role("heading", name="Genau das wird öffentlich")).to_be_visible()
        expect(page.get_by_text("Team-Camp")).to_be_visible()
        assert_accessible(page)
        page.get_by_role("link", name="Freigeben").click()
        page.get_by_role("button", name="Freigeben").click()
        expect(page.get_by_text("Veröffentlicht: Main-Kinzig").first).to_be_visible()
        assert page.request.get(PUBLIC).status == 200
