"""Measures: tables in, a table out, each with its variant named."""
