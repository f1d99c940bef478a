"""Recompute every figure that a published study reports, and say which ones hold."""

__version__ = "0.1.0"
