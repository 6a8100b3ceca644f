"""Tests of setting an installation up."""
