"""Programme: the years of a funding programme, its regional bodies, and who gets how much.

Purpose: keep programme years and the packs they were made from, the regional bodies with
their validity, and allocate a year's money among them by a declared key, so that every
amount can be explained. Owns programme years, regional bodies and their values, keys,
scenarios and decided allocations. Never negotiates or concludes agreements, never grants or
pays; it books an allocation through the ledger and keeps no balance of its own.
"""
