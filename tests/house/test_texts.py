"""Public text speaks of the project alone, and every template is used."""

import re
import subprocess
from pathlib import Path

from django import forms as django_forms
from django.urls import URLResolver, get_resolver

from tests.house.sources import faults

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split()
TEXTS = [
    name
    for name in TRACKED
    if name.endswith((".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".yml", ".in"))
    and not re.search(r"/(kern|htmx|axe|fonts)/", name)
]


NOT_OURS_TO_NAME = re.compile(
    r"""(?:^|[\s"'`(=])/(?:tmp|work|farm|root|home)/|pypi\.org|pythonhosted|registry\.npmjs"""
)


def test_no_machine_path_and_no_registry_host_is_named() -> None:
    public = [ROOT / name for name in TEXTS if not name.startswith("tests/")]
    assert faults(public, NOT_OURS_TO_NAME.findall) == {}


def is_a_widget_of_django(template: str) -> bool:
    """Whether it stands in place of a template by which Django draws a control."""
    name = template.removeprefix("widgets/")
    return (Path(django_forms.__file__).parent / "templates" / name).exists()


def test_every_template_is_used() -> None:
    templates = {name.split("/templates/")[1]: name for name in TRACKED if "/templates/" in name}
    sources = "".join(
        (ROOT / name).read_text() for name in TRACKED if name.endswith((".py", ".html"))
    )
    assert templates
    own = [short for short in templates if not is_a_widget_of_django(short)]
    unused = [short for short in own if f'"{short}"' not in sources]
    assert unused == []


def test_every_decision_record_is_numbered_once() -> None:
    numbers = [Path(name).name[:4] for name in TRACKED if name.startswith("docs/adr/")]
    assert numbers
    assert sorted(numbers) == [f"{number:04d}" for number in range(1, len(numbers) + 1)]


NAMED = re.compile(
    r"""(?:\{%\s*url\s+|\breverse\(\s*|\bredirect\(\s*)["']([a-z_]+:[a-z_]+)["']""",
)


def test_every_address_that_is_named_exists() -> None:
    """A tag that keeps an address in a variable stays silent where there is no such route."""
    known = {
        f"{resolver.namespace}:{pattern.name}"
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver)
        for pattern in resolver.url_patterns
    }
    named = {
        (name, route)
        for name in TRACKED
        if name.startswith("src/") and name.endswith((".py", ".html"))
        for route in NAMED.findall((ROOT / name).read_text())
    }
    assert len(named) > 50
    assert [(name, route) for name, route in sorted(named) if route not in known] == []
