"""Engines that turn a prepared brief into pages, and the inspection of what they made."""
