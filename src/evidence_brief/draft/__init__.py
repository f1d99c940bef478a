"""From what was found in an article to a draft of its study file, and the editing of that file."""
