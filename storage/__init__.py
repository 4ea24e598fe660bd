"""Storage keeps: the tables, the one border to the database, and the query functions, a module a noun."""
