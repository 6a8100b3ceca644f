"""Allocation: who gets how much of a programme year's money, by a declared key.

Purpose: enter statistical needs, try keys out in scenarios, decide one by two persons, and
explain every body's amount. Owns needs, scenarios and decided allocations. Books through the
ledger and keeps no balance of its own.
"""
