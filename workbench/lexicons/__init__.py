"""Judgement as data: term lists, indicators, units, themes, patterns, each with source and version."""
