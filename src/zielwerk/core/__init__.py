"""The ground of all rooms: audit, permissions, actions, jobs, file numbers, pages.

Owns: how a verb runs (one permission, one transaction, one audit entry), how a page is
framed, how a refusal is said. Never: a noun of the funding business.
"""
