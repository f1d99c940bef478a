"""Places of versions for tests: a folder, a store in memory, and a store of objects as S3 is one."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def s3_server() -> Iterator[dict[str, str]]:
    """A server of S3 on this machine: the variables by which a client finds it. It has the bucket `briefs`."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    variables = {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{port}", "NO_PROXY": "127.0.0.1"}
    try:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            boto3.client("s3").create_bucket(Bucket="briefs")
        yield variables
    finally:
        server.stop()


def address(kind: str, folder: Path) -> str:
    """A place of this kind that nobody has used."""
    new = uuid.uuid4().hex
    return {"folder": str(folder / "published"), "memory": f"memory://{new}", "s3": f"s3://briefs/team a/{new}"}[kind]


def forget_clients() -> None:
    """Have the next store find its server anew: fsspec keeps the clients that it has made."""
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    assert "AWS_PROFILE" not in os.environ
