"""How a stored file is named in the file of a case."""

from zielwerk.core.case_files import Paper
from zielwerk.documents.models import StoredFile


def paper(file: StoredFile, state: str, name: str = "") -> Paper:
    """A stored file as it stands in a case: by the name it came with there, else its own."""
    return Paper(name or file.name, file.sha256, file.size, file.media_type, state)
