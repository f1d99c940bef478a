"""The verbs of the command that begin with an article: a new project, a draft study, its review, a survey."""

from __future__ import annotations
