"""Batch runs: notebooks by papermill, HTML pages, exports, and the record of what was run on what."""
