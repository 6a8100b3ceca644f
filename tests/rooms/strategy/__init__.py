"""Tests of regional strategies."""
