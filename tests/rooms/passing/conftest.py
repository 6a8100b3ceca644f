"""The demo's people of each programme that ships, in an empty database."""

from tests.rooms.funding.conftest import hesse, people

__all__ = ["hesse", "people"]
