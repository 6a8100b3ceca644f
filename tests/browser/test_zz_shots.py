import pytest
from datetime import UTC, datetime
from zielwerk.core import ui
from zielwerk.core.models import Job
from zielwerk.identity.actions import Enrolment, Operator, enrol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.browser.kit.urls")]


def test_shots(page, monkeypatch):
    AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
    for r, n, o, a in [
        ("ministry", "Dr. Anna Berg", "Ministerium", ""),
        ("authority", "Jens Kurz", "Regierungspräsidium Kassel", ""),
        ("body", "Fatma Öz", "Main-Kinzig-Kreis", "06435"),
        ("provider", "Uli Stein", "Lernwerk gGmbH", "06435"),
        ("auditor", "Kim Wolf", "Rechnungshof", ""),
    ]:
        enrol(
            Operator("cli:t"),
            None,
            Enrolment(r + "@example.org", n, "Sachbearbeitung", r, o, a, is_demo=True),
            at=AT,
        )
    monkeypatch.setattr(
        ui.layout,
        "NAVIGATION",
        [
            ui.Entry("Musterseite", "kit", "core.look"),
            ui.Entry("Formular", "kit_form", "core.look"),
            ui.Entry("Nein", "kit_no", "core.look"),
        ],
    )
    job = Job.objects.create(
        kind="x",
        state="running",
        started_by="user:1",
        created_at=AT,
        done=3,
        total=12,
        message="Seite 3 wird gesetzt",
    )
    import os

    os.makedirs("/tmp/shots", exist_ok=True)
    for name, url in [
        ("kit", "/muster"),
        ("sign", "/anmelden"),
        ("no", "/muster/nein"),
        ("job", f"/muster/auftrag/{job.pk}"),
        ("crash", "/muster/absturz"),
    ]:
        for w, s in [(1280, "light"), (320, "light"), (1280, "dark"), (768, "light")]:
            page.set_viewport_size({"width": w, "height": 900})
            page.emulate_media(color_scheme=s)
            page.goto(url)
            page.screenshot(path=f"/tmp/shots/{name}-{w}-{s}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto("/muster/formular")
    page.get_by_role("button", name="Speichern").click()
    page.wait_for_load_state()
    page.screenshot(path="/tmp/shots/form-1280.png", full_page=True)
    page.set_viewport_size({"width": 320, "height": 900})
    page.screenshot(path="/tmp/shots/form-320.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/muster")
    page.get_by_role("link", name="Aufnehmen").click()
    page.screenshot(path="/tmp/shots/dialog.png")
    page.emulate_media(media="print")
    page.goto("/muster")
    page.screenshot(path="/tmp/shots/print.png", full_page=True)
    page.emulate_media(media="screen", forced_colors="active")
    page.goto("/muster")
    page.screenshot(path="/tmp/shots/forced.png", full_page=True)
