"""Let the clock of a service be driven by a file; Python reads this as it starts."""

import os
from pathlib import Path

if "ZONING_TEST_CLOCK" in os.environ:
    from tests.browser.driven_time import driven
    from zoning import clock

    clock.now = driven(Path(os.environ["ZONING_TEST_CLOCK"]))
