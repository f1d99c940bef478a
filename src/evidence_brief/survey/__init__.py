"""`brief survey`: extraction and all checks over many files, without rendering.

`inputs` lists the files, `text` makes the rows of one of them, `worker` does so in a process of its own, which `hand`
looks after, `store` keeps what is done, `table` and `page` write what was found, and `run` is the whole.
"""
