"""`python -m zielwerk.config` is the command line, too."""

import sys

from zielwerk.config.cli import main

sys.exit(main())
