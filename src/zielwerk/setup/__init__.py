"""Setup (Einrichtung): from an empty database to the first agreement that can be made.

Purpose: lead who installs the software through what it must know, on a page or at the command
line, and tell afterwards what is still missing, computed from the data.
Owns: which steps of the setup were taken and what was seen then, and the code of the first page.
Never: a fact of the programme of its own (its pack has them), a setting (the environment has
them), or a password.
"""
