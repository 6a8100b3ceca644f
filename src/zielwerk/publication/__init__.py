"""Publication: published editions of agreements as page, PDF, JSON and CSV.

Owns: editions (what was published when, word for word) and the public schema. Never:
names, raw signatures, findings or confidence, and nothing that was not published by a verb.
"""
