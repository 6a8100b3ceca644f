"""A sign-in service (OpenID Connect) in a process of its own, which can be told to go wrong.

Discovery, codes, tokens and keys are those of allauth's own server; only its people, who press a
button, and its faults are made up here. ``how.json`` in its folder says how it goes wrong just now.
"""
