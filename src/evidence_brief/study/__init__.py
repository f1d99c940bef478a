"""Studies as people write them: the model, the loading, and the anchoring of quotes in sources."""
