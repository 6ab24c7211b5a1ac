"""Figures, tables for reading, widgets and the page template."""
