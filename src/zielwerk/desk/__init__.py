"""Pages across rooms: what is to do for the person who has signed in.

Owns: the home page. Never: data of its own, or a rule.
"""
