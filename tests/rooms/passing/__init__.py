"""Tests of passing a grant on."""
