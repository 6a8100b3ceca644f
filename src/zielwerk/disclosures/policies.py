"""Everybody may read what the law obliges the operator to tell."""

from zielwerk.core.permissions import EVERYONE, Permission
from zielwerk.rulebook.refusal import msg

PERMISSIONS = (Permission("disclosures.read", msg("Pflichtangaben lesen"), frozenset({EVERYONE})),)
