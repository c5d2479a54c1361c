"""Partners' texts: Markdown in which figures are references to measures, made into blocks."""
