"""The present minute is shown to its end; any other moment as it is asked."""

from datetime import UTC, datetime, timedelta

from screens.history_moment import _through_this_minute

NOW = datetime(2020, 5, 20, 10, 30, 42, 7, tzinfo=UTC)


def test_what_was_written_in_the_present_minute_is_part_of_the_present():
    shown = NOW.replace(second=0, microsecond=0)
    assert _through_this_minute(shown, NOW) == shown.replace(second=59)
    assert _through_this_minute(NOW, NOW) == shown.replace(second=59)


def test_a_moment_of_the_past_stays_exact():
    asked = NOW.replace(second=0, microsecond=0) - timedelta(minutes=1)
    assert _through_this_minute(asked, NOW) == asked
