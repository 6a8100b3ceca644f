"""The notice by which money is granted (Zuwendungsbescheid), as pure rules.

- :mod:`citation`: what a notice rests on, and whether that exists;
- :mod:`amounts`: the grant by measure and budget year;
- :mod:`conditions`: the ancillary provisions (Nebenbestimmungen) that go with it;
- :mod:`delivery`: when it was made known, and when nobody can contest it any more;
- :mod:`paths` and :mod:`acts`: how it is changed later, and what stands on a day.
"""
