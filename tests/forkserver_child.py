"""The child process of forkserver.py: it imports the app, then forks once for every request."""

from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402 as in app.py, nothing is imported before gevent's patch
import importlib  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import pkgutil  # noqa: E402
import runpy  # noqa: E402
import sys  # noqa: E402
import traceback  # noqa: E402
from collections.abc import Mapping  # noqa: E402
from contextlib import suppress  # noqa: E402

from flask.cli import main as flask  # noqa: E402
from sqlalchemy.orm import configure_mappers  # noqa: E402

import shared_space  # noqa: E402
from shared_space.http import static_files  # noqa: E402

APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND
fork = monkey.get_original("os", "fork")
waitpid = monkey.get_original("os", "waitpid")


def main() -> None:
    """Answer each line of standard input with the new process's id, or with its exit status."""
    for module in pkgutil.walk_packages(shared_space.__path__, "shared_space."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    read_the_release()
    configure_mappers()
    gc.freeze()  # no fork looks through everything that was imported, nor copies its memory
    for line in sys.stdin:
        forget_who_has_ended()
        sys.stdout.write(f"{answer(**json.loads(line))}\n")
        sys.stdout.flush()


def read_the_release() -> None:
    """Read, hash and compress what every server of this release serves, once for all forks."""
    shared_space.create_page_app()
    for name in static_files.file_hashes(static_files.STATIC_ROOT):
        static_files.file_bytes(name)


def forget_who_has_ended() -> None:
    """Reap the children that have ended, so that no zombies are left."""
    with suppress(ChildProcessError):
        while waitpid(-1, os.WNOHANG)[0]:
            pass


def answer(
    words: list[str], env: Mapping[str, str], out: str, err: str, *, wait: bool = False
) -> int:
    """Fork and return a process id or exit status; in the new process, never return."""
    pid = int(fork())
    if pid == 0:
        become(words, env, out, err)
        os._exit(do(words))
    return os.waitstatus_to_exitcode(waitpid(pid, 0)[1]) if wait else pid


def become(words: list[str], env: Mapping[str, str], out: str, err: str) -> None:
    """Give the fork its own session, files, environment and arguments, like a new process's."""
    os.setsid()
    for number, path, how in ((0, os.devnull, os.O_RDONLY), (1, out, APPEND), (2, err, APPEND)):
        os.dup2(os.open(path, how, 0o600), number)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = words


def do(words: list[str]) -> int:
    """Run the program, and return the exit status that the interpreter would give."""
    try:
        if words[0] == "app.py":
            runpy.run_path("app.py", run_name="__main__")
        elif words[0] == "-c":
            exec(words[1], {"__name__": "__main__"})
        else:
            flask()
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 as an interpreter does at its end
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    main()
