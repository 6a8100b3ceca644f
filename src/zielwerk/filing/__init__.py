"""Files of cases (Vorgangsakten): all that belongs to a case in one place, in the order of time.

Purpose: show, print and hand out the file of a case of any kind, and say how long it is kept. Owns
the offers to the archive. Never changes a case, never deletes anything, and knows no kind by name:
what a room adds to a file it declares itself (``core/case_files.py``).
"""
