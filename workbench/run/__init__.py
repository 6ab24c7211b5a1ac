"""Batch runs, stores and the record of where a number comes from."""
