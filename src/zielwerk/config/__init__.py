"""Settings, addresses, commands and wiring: the only place that knows all rooms.

Owns: how the parts are joined and started. Never: a rule, a query, a page of its own.
"""
