"""Tiny data sets and a tiny model for the evaluation tests."""
