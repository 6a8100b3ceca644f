"""Passing a grant on (Weiterleitung): from a body to a Träger, by measure, as pure rules.

- :mod:`ways`: the ways in which it is passed on, and what each needs;
- :mod:`checks`: procurement, value added tax, state aid, own companies;
- :mod:`amounts`: never more than the notice grants, by measure and budget year;
- :mod:`days`: the Träger's own clock, and which programme years still run;
- :mod:`soundness`: what speaks against a pass-on, and what only deserves a second look;
- :mod:`course`: the path that it walks.
"""
