"""Damaged files of every format are read or refused in a sentence, never a fault of ours."""

from __future__ import annotations

import pytest

from tests.mutations import FORMATS, mutants, write_sample
from tests.order_lists import AT, known_places
from zoning.errors import SeemanaError
from zoning.readers.booths import read_booths
from zoning.readers.boundaries import read_boundaries
from zoning.readers.isolation import read_isolation
from zoning.readers.mapping import Mapping
from zoning.readers.standing_orders import read_standing_orders

N = 160
# The samples hold neither orders nor isolation units; their columns serve for both.
AS_ORDERS = Mapping(columns={"number": "unit_id", "effective_on": "confirmed_on"})
AS_ISOLATION = Mapping(
    columns={"isolation_id": "unit_id", "authority": "booth_id", "from_on": "confirmed_on"}
)


def read_orders(path, _):
    return read_standing_orders(path, AS_ORDERS, known_places(), AT)


def read_isolated(path, _):
    return read_isolation(path, AS_ISOLATION)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_sample_of_every_format_is_read_before_it_is_damaged(tmp_path, kind):
    path = tmp_path / f"sample.{kind}"
    write_sample(path)
    units, account = read_boundaries(path, Mapping())
    assert len(units) == account.taken == 4


# pyarrow tells of a line of wrong width that isn't UTF-8 through the hook for lost exceptions.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("read", [read_boundaries, read_booths, read_orders, read_isolated])
def test_a_damaged_file_is_read_row_by_row_or_refused(tmp_path, read):
    outcomes = {"read": 0, "refused": 0}
    for path in mutants(tmp_path, seed=20200518, n=N):
        try:
            _, account = read(path, Mapping())
        except SeemanaError as refusal:
            outcomes["refused"] += 1
            assert len(str(refusal).splitlines()) == 1, path.name
            assert str(path) in str(refusal) or "coordinate system" in str(refusal), path.name
        else:
            outcomes["read"] += 1
            assert account.read == account.taken + account.rejected, path.name
            assert account.rejected <= len({f.row for f in account.findings if f.rejects})
    assert min(outcomes.values()) > N // 10, outcomes
