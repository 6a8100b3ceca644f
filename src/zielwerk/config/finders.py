"""The operator's video among the static files: so it is served in ranges, and cached."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX = "gebaerdensprache"


class OperatorsVideo(BaseFinder):
    """Finds the one video that the operator's file names; nothing else of its folder."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        video = self.video()
        is_it = video is not None and path == f"{PREFIX}/{video.name}"
        if not is_it:
            return []
        return [str(video)] if find_all else str(video)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        if video := self.video():
            storage = FileSystemStorage(location=video.parent)
            storage.prefix = PREFIX  # type: ignore[attr-defined]  # read by collectstatic
            yield video.name, storage

    def video(self) -> Path | None:
        found: Path | None = settings.ENVIRONMENT.operator.video
        return found
