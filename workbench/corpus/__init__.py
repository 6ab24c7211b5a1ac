"""From files to documents, noise, sections, sentences and tokens."""
