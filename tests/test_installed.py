"""`pip install .` gives a working `shared-space` command, far from any checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared_space import create_page_app
from shared_space.release.manifest import manifest_bytes
from tests.servers import ROOT

pytestmark = pytest.mark.slow  # each installs the package again

COMMANDS = ("serve", "backup", "restore", "check", "signup-code")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the package, without its dependencies, into an empty folder; return that."""
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    git = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    names = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    made = [
        str(one.relative_to(ROOT))
        for folder in ("static/vendor", "static/bundle")
        for one in (ROOT / folder).rglob("*.*")
    ]
    for name in [*names.strip("\0").split("\0"), *made]:
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    pip = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation")
    subprocess.run([*pip, "--no-index", "--target", folder / "site", source], check=True)
    return folder


def run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command outside of any checkout."""
    code = "from shared_space_cli import main; main()"
    environ = os.environ | {
        "PYTHONPATH": str(installed / "site"), "SPACE_DATA": str(installed / "data"),
        "SPACE_SIGNUP": "code",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=installed, env=environ,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_installed_command_has_what_a_host_needs(installed: Path) -> None:
    output = run(installed, "--help")
    assert output.returncode == 0, output.stderr
    assert [name for name in COMMANDS if f"  {name}" not in output.stdout] == []


def test_the_installed_command_makes_a_place_and_brings_its_pages(installed: Path) -> None:
    assert run(installed, "upgrade").returncode == 0
    code = run(installed, "signup-code")
    assert "/en/sign-up#" in code.stdout, code.stderr
    backup = run(installed, "backup", str(installed / "kept"))
    assert backup.returncode == 0, backup.stderr
    show = (
        "from shared_space import create_app; client = create_app().test_client();"
        "page = client.get('/es/', headers={'Host': 'localhost:5000'});"
        "print(page.status_code, 'vela' in page.text)"
    )
    environ = os.environ | {
        "PYTHONPATH": str(installed / "site"), "SPACE_DATA": str(installed / "data"),
    }  # fmt: skip
    shown = subprocess.run(
        [sys.executable, "-c", show], cwd=installed, env=environ,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert shown.stdout.strip() == "200 True", shown.stderr


def test_the_manifest_is_the_same_bytes_wherever_and_by_whomever_it_is_made(
    installed: Path,
) -> None:
    for path in (installed / "site").rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    made = []
    for umask, seed, zone, locale in ((0o077, "1", "Pacific/Kiritimati", "C"),
                                      (0o000, "77", "America/Denver", "es_ES.UTF-8")):  # fmt: skip
        code = "import os; os.umask({}); from shared_space_cli import main; main()"
        environ = {name: value for name, value in os.environ.items() if name[:6] != "SPACE_"} | {
            "PYTHONPATH": str(installed / "site"), "SPACE_DATA": str(installed / f"data{seed}"),
            "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANGUAGE": locale[:2],
            "SPACE_COUNTRY": "MX", "SPACE_PORT": "6000",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", code.format(umask), "manifest"], cwd="/", env=environ,
            capture_output=True, check=True,
        )  # fmt: skip
        made.append(done.stdout)
    assert made[0] == made[1] == manifest_bytes(create_page_app())


def test_an_invalid_setting_is_reported_in_one_sentence(installed: Path) -> None:
    environ = os.environ | {"PYTHONPATH": str(installed / "site"), "SPACE_SIGNUP": "everybody"}
    output = subprocess.run(
        [sys.executable, "-c", "from shared_space_cli import main; main()", "check"],
        cwd=installed, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert output.returncode
    assert "SPACE_SIGNUP" in output.stderr
    assert "Traceback" not in output.stderr
