"""Commands by subject; `zoning.__main__` joins them."""

from zoning.lean import single_thread_algebra

# Here, because each subject loads numpy.
single_thread_algebra()
