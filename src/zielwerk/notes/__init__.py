"""Notes (Vermerke) that people put on record beside a case, some with a file.

Purpose: keep on any case what was said, seen or decided outside the system. Owns the notes.
Never changes the case it is about, and never deletes: a note is withdrawn and stays readable.
"""
