"""Pure functions on numbers and arrays that recompute what a study reports."""
