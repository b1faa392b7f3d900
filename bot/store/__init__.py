"""The one home of data: tables and queries, a module a noun. Nothing here commits but `Store.transaction`."""
