"""Pages across rooms: the tasks of the person who has signed in, and the year as a whole.

Owns: the home page, the case file, a programme year at a glance, the list of measures with
who carries them out, and up to when each person has seen her desk. Never: a rule.
"""
