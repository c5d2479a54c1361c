"""One module an output format; all print the same cells."""
