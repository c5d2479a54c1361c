"""When things happen, and who is told: the command line, the settings, and the Prefect flows.

Imports all other folders; the only one that imports Prefect, and only where flows are run.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("csp-pipeline")
except PackageNotFoundError:  # run from a checkout that was never installed
    VERSION = "0+checkout"
