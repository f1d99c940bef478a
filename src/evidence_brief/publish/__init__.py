"""Published versions of a brief: folders that never change, each with a manifest of what it is made of."""
