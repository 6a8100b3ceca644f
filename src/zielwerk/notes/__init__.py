"""Notes: what somebody puts on record beside a case (Vermerk), with a file where there is one.

Purpose: keep on any case what was said, seen or decided outside the system. Owns the notes.
Never changes the case it is about, and never deletes: a note is withdrawn and stays readable.
"""
