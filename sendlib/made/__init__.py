"""Make a table: any selection of the tables of the store, through DuckDB over their Parquet files."""
