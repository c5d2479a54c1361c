"""`python -m tests.faults`: the campaigns of `torture.py`.

Processes that a campaign starts would load its main module anew, but not one of this name.
"""

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from faults.torture import main  # noqa: E402

if __name__ == "__main__":
    main()
