"""One module a partner record: what one row is, column by column, and the rules across columns."""
