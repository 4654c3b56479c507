"""A disk that is full, and is not any more."""

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
    """What can be filled, and emptied again."""

    def fill(self) -> None:
        """Leave no room."""

    def make_room(self) -> None:
        """Have room again."""


class SmallDisk:
    """A real disk of a few MiB, in memory."""

    def __init__(self, folder: Path) -> None:
        self.filler = folder / "filler"

    def fill(self) -> None:
        """Write until the system says that there is no space left."""
        with contextlib.suppress(OSError), self.filler.open("wb", buffering=0) as file:
            for size in (65536, 1):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)):
                        pass

    def make_room(self) -> None:
        """Take the filler away."""
        self.filler.unlink()


class SmallFiles:
    """Where nobody may mount a disk: a server whose files may not grow any more."""

    def __init__(self, server: Server) -> None:
        assert server.process
        self.pid = server.process.pid
        self.before = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        """Let no file grow."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (1, self.before[1]))

    def make_room(self) -> None:
        """Let them grow again."""
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, self.before)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small disk on a folder, where we may; yield whether we did."""
    folder.mkdir(mode=0o700)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    yield mounted
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)
