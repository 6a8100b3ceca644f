"""The ground of all rooms: audit, permissions, actions, cases, jobs, file numbers.

Owns: how a verb runs (one permission, one transaction, one audit entry), how a case walks its
path, what is kept of a form. Never: a noun of the funding business, a page.
"""
