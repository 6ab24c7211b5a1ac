"""The store: every table of a corpus as Parquet, in shards, read on demand."""
