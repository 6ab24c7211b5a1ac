"""A research workbench for Chinese government work reports."""
