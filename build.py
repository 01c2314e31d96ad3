"""Front door for publishers: ``python build.py`` is ``portal build``."""

import sys

from portal.cli import main

if __name__ == "__main__":
    sys.argv.insert(1, "build")
    main()
