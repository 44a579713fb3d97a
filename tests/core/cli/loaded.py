"""A process that has loaded ``gongkai`` and becomes one command after another, in forks of itself.

Started by ``core.cli.commands``. Each fork is a process of its own, with the arguments, folder,
environment and streams it was asked to have; only the second of loading is not spent again.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import socket
import sys
from importlib import import_module

import gongkai
import gongkai_plugins
from gongkai.cli import main

STREAMS = 3


def load() -> None:
    """Import what the commands would import when they are used."""
    for package in (gongkai, gongkai_plugins):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__") and ".migrations." not in module.name:
                import_module(module.name)
    # What all forks share is left alone, so that it stays shared.
    gc.collect()
    gc.freeze()


def until_asked(asked: socket.socket) -> list[str]:
    """Wait for a command; returns in a fork that is to run it, ends when nobody asks any more."""
    while True:
        size, streams, _, _ = socket.recv_fds(asked, 8, STREAMS)
        if not size:
            sys.exit(0)
        request = json.loads(_whole(asked, int.from_bytes(size)))
        child = os.fork()
        if child == 0:
            asked.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            os.chdir(request["cwd"])
            os.environ.clear()
            os.environ.update(request["env"])
            return [os.fsdecode(bytes.fromhex(word)) for word in request["words"]]
        for stream in streams:
            os.close(stream)
        asked.sendall(child.to_bytes(8))
        _, status = os.waitpid(child, 0)
        asked.sendall(os.waitstatus_to_exitcode(status).to_bytes(8, signed=True))


def _whole(asked: socket.socket, size: int) -> bytes:
    parts = b""
    while len(parts) < size:
        parts += asked.recv(size - len(parts))
    return parts


if __name__ == "__main__":
    load()
    words = until_asked(socket.socket(fileno=int(sys.argv[1])))
    sys.argv = ["gongkai", *words]
    sys.exit(main())
