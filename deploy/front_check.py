"""Builds the interface and checks its scripts: the part of `make check` and `make test` that needs Node."""

import shutil
import subprocess
import sys

from deploy.frontend import RACINE, FrontendError, build


def main() -> int:
    """`python -m deploy.front_check [--build]`: exit code of the check, or of the build alone."""
    try:
        build()
    except FrontendError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    npm = shutil.which("npm")
    if "--build" in sys.argv or npm is None:
        return 0
    return subprocess.run([npm, "run", "--silent", "check"], cwd=RACINE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
