"""The errors of the workbench: each says where, what was expected, what was found and what to do."""


class WorkbenchError(Exception):
    """Base of all errors that a user can mend; the command line prints it and exits with 1."""


class SeedError(WorkbenchError):
    """A file or folder is not as it has to be: missing, unreadable, contradicted by its manifest."""


class TableError(WorkbenchError):
    """A table lacks columns, repeats keys or holds values that its declaration does not allow."""


class ParameterError(WorkbenchError):
    """A choice is unknown: a region, a year, a measure, a parameter of a notebook."""
