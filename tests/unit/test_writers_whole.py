"""Output files appear complete or not at all, and those of one command together."""

import errno

import pytest

from tests.running import CASES_CSV, UNITS_CSV, assert_refused, classify, wards, write
from zoning.cache.files import ContentCache
from zoning.errors import OutputError, StoreError
from zoning.writers.drafts import drafted


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return write(folder / "units.csv", UNITS_CSV), write(folder / "cases.csv", CASES_CSV)


def no_space(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_result_does_not_appear_when_its_rejects_cannot(files, tmp_path):
    out = tmp_path / "zones.csv"
    (tmp_path / "rejects.csv").mkdir()
    assert_refused(classify(*files, out, "--rejects", tmp_path / "rejects.csv"), "is a folder")
    assert not out.exists()


def test_a_result_that_was_there_stays_when_the_new_one_fails(tmp_path):
    out = write(tmp_path / "zones.csv", "old")
    with pytest.raises(OutputError, match="free some space"), drafted(out, no_space):
        pass
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_is_no_place_for_a_file(tmp_path):
    with pytest.raises(OutputError, match="is a folder"), drafted(tmp_path, no_space):
        pass


def test_a_geopackage_that_lost_its_index_is_no_result(files, tmp_path, monkeypatch):
    """GDAL builds it while closing the file, and is silent if the disk is full by then."""
    from pyogrio import core

    def without_index(path, **options):
        info = told(path, **options)
        return info | {"capabilities": info["capabilities"] | {"fast_spatial_filter": False}}

    told = core.read_info
    units = write(tmp_path / "units.geojson", wards())
    assert classify(units, files[1], tmp_path / "zones.gpkg").status == 0
    monkeypatch.setattr(core, "read_info", without_index)
    assert_refused(classify(units, files[1], tmp_path / "later.gpkg"), "free some space")
    assert not (tmp_path / "later.gpkg").exists()


def test_a_cache_without_space_keeps_no_half_file(tmp_path, monkeypatch):
    cache = ContentCache(tmp_path / "cache", ".json")
    monkeypatch.setattr("zoning.cache.files.Path.replace", no_space)
    with pytest.raises(StoreError, match="free some space"):
        cache.get_or_make("0" * 16, lambda: b"{}")
    assert list((tmp_path / "cache").iterdir()) == []
