"""From sentences to quantified statements and the target panel."""
