"""Fills up a server's disk and makes room on it again."""

import contextlib
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.servers import Server

SIZE = 6 * 1024 * 1024


class Disk(Protocol):
    """A disk, or something like one, that a test can fill up."""

    def fill(self) -> None:
        """Use up all the space that is left."""

    def make_room(self) -> None:
        """Free the space again."""


class SmallDisk:
    """A real file system of a few MiB in memory (tmpfs)."""

    def __init__(self, folder: Path) -> None:
        self.filler = folder / "filler"

    def fill(self) -> None:
        """Write a filler file until the system reports that no space is left."""
        with contextlib.suppress(OSError), self.filler.open("wb", buffering=0) as file:
            for size in (65536, 1):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)):
                        pass

    def make_room(self) -> None:
        """Delete the filler file."""
        self.filler.unlink()


class SmallFiles:
    """A limit on a server's file sizes, for machines where tests may not mount a file system."""

    def __init__(self, server: Server) -> None:
        assert server.process
        self.pid = server.process.pid
        self.before = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """Stop every file of the server from growing."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (1, self.before[1]))

    def make_room(self) -> None:
        """Restore the original limit."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, self.before)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Try to mount a small disk on a folder; yield whether the system allowed it."""
    folder.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield mounted
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)
