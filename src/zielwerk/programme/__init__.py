"""Programme: the years of a funding programme, its rules as used, its regional bodies and parties.

Purpose: keep the rules under which something was done, know the regional bodies with their
validity and the organisations that take part. Owns rule versions and parties. Never plans,
shares out or moves money.
"""
