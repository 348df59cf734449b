"""The contract of `zoning classify` and of refusals, as others' scripts depend on it."""

from __future__ import annotations

import csv
import json

import pytest

from zoning.__main__ import app, run

UNITS = "unit_id,name,population\n1,North,100000\n2,,50000\n3,East,\n"
CASES = (
    "unit_id,confirmed_on,outcome,outcome_on\n"
    + "1,2020-05-08,,\n" * 10
    + "1,2020-05-17,,\n" * 12
    + "2,2020-04-20,recovered,2020-05-01\n3,2020-05-16,,\n9,2020-05-16,,\n"
)
COLUMNS = [
    *("unit_id", "name", "zone", "zone_worst", "confirmed_total", "active"),
    *("active_per_lakh", "active_per_lakh_class", "doubling_days", "doubling_days_class"),
    *("cfr_percent", "cfr_percent_class", "tests_per_lakh", "tests_per_lakh_class"),
    *("positivity_percent", "positivity_percent_class", "doubling_state", "surge"),
    *("last_case_on", "flags", "explanation"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.delenv("ZONING_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "units.csv").write_text(UNITS)
    (tmp_path / "cases.csv").write_text(CASES)
    return tmp_path


@pytest.fixture
def zoning(folder, capsys):
    def call(*arguments: str):
        status = run(lambda: app(list(arguments), standalone_mode=False))
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def classify(zoning):
    def call(*more: str, units="units.csv", cases="cases.csv", on="2020-05-18", out="out.csv"):
        files = ["--units", units, *(["--cases", cases] if cases else [])]
        return zoning("classify", *files, "--on", on, "--out", out, *more)

    return call


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def refused(answer, folder, *words):
    status, out, err = answer
    assert status == 2
    assert out == ""
    assert len(err.strip().splitlines()) == 1, err
    assert "Traceback" not in err
    for word in words:
        assert word in err
    assert not list(folder.glob("out.*"))
    assert not list(folder.glob(".seemana-*"))


def test_csv_has_the_columns_of_the_contract_in_order_and_the_rows_of_the_units(classify, folder):
    assert classify()[0] == 0
    table = rows(folder / "out.csv")
    assert list(table[0]) == COLUMNS
    assert [r["unit_id"] for r in table] == ["1", "2", "3"]
    assert [r["zone"] for r in table] == ["red", "green", "unclassified"]
    assert table[0]["explanation"].startswith("red: 22 active per lakh (critical above 15)")


def test_json_is_one_object_with_the_keys_of_the_contract_and_nothing_else(classify):
    status, out, _ = classify("--json")
    assert status == 0
    assert json.loads(out) == {
        "rule": "mohfw-2020-05-17",
        "on": "2020-05-18",
        "reported_through": "2020-05-17",
        "units": {"red": 1, "orange": 0, "green": 1, "unclassified": 1},
        "rows": {"read": 25, "taken": 25, "rejected": 0},
        "cases": {"taken": 25, "located": 24, "unlocated": 1},
    }


def test_infinite_doubling_is_inf_in_csv_and_null_in_geojson(classify, folder):
    classify()
    assert rows(folder / "out.csv")[1]["doubling_days"] == "inf"
    classify(out="out.geojson")
    features = json.loads((folder / "out.geojson").read_text())["features"]
    assert features[1]["properties"]["doubling_days"] is None
    assert features[1]["geometry"] is None


def test_every_row_is_taken_rejected_with_a_reason_or_listed_as_unlocated(classify, folder):
    bad = "1,17-05-2020,,\n1,,,\n1,2999-01-01,,\n1,2020-05-17,hospitalised,\n"
    (folder / "cases.csv").write_text(CASES + bad)
    status, out, _ = classify("--json", "--rejects", "rejects.csv")
    assert status == 0
    assert json.loads(out)["rows"] == {"read": 29, "taken": 26, "rejected": 3}
    listed = [(r["row"], r["outcome"], r["code"]) for r in rows(folder / "rejects.csv")]
    assert listed == [
        ("25", "unlocated", "unit_unknown"),
        ("26", "rejected", "date_invalid"),
        ("27", "rejected", "date_missing"),
        ("28", "rejected", "date_in_future"),
        ("29", "noted", "outcome_unknown"),
    ]


@pytest.mark.parametrize("count", ["-1", "1.5", "many"])
def test_a_count_that_is_no_whole_number_is_rejected(classify, folder, count):
    head = "unit_id,confirmed_on,count\n1,2020-05-17,3\n"
    (folder / "cases.csv").write_text(f"{head}1,2020-05-17,{count}\n")
    answer = json.loads(classify("--json")[1])
    assert answer["rows"]["rejected"] == 1
    assert answer["cases"]["taken"] == 3


def test_a_file_with_a_header_only_leaves_every_unit_unclassified(classify, folder):
    (folder / "cases.csv").write_text("unit_id,confirmed_on\n")
    status, out, _ = classify("--json")
    assert status == 0
    assert json.loads(out)["units"]["unclassified"] == 3


def test_a_case_on_a_border_counts_once_in_the_smallest_code(classify, folder):
    def square(code, x):
        ring = [[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]
        return {
            "type": "Feature",
            "properties": {"unit_id": code, "population": 1000},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    collection = {"type": "FeatureCollection", "features": [square("b", 0), square("a", 1)]}
    (folder / "units.geojson").write_text(json.dumps(collection))
    (folder / "cases.csv").write_text(
        "lon,lat,confirmed_on\n1,0.5,2020-05-17\n0.5,0.5,2020-05-17\n"
    )
    assert classify(units="units.geojson", out="out.gpkg")[0] == 0
    classify(units="units.geojson")
    assert [r["confirmed_total"] for r in rows(folder / "out.csv")] == ["1", "1"]
    import geopandas

    layer = geopandas.read_file(folder / "out.gpkg")
    assert list(layer.columns) == [*COLUMNS, "geometry"]
    assert layer.crs.to_epsg() == 4326
    assert layer["surge"].dtype == bool


def test_published_indicators_need_no_cases(classify, folder):
    (folder / "tpr.csv").write_text("unit_id,positivity_percent\n1,8\n2,30\n3,\n")
    status, _, err = classify(
        "--indicators", "tpr.csv", "--rule", "kerala-tpr-2021-06-16", cases=None
    )
    assert status == 0
    assert "was not in force" in err
    assert [r["zone"] for r in rows(folder / "out.csv")] == ["B", "D", "unclassified"]


def test_reported_through_overrides_the_last_day_of_the_file(classify, folder):
    classify("--reported-through", "2020-05-14")
    assert {r["zone"] for r in rows(folder / "out.csv")} == {"unclassified"}


@pytest.mark.parametrize("form", ["parquet", "xlsx", "semicolon"])
def test_the_same_cases_in_another_form_give_the_same_zones(classify, folder, form):
    import pandas

    classify()
    expected = (folder / "out.csv").read_text()
    frame = pandas.read_csv(folder / "cases.csv", parse_dates=["confirmed_on", "outcome_on"])
    name = f"cases.{form}" if form != "semicolon" else "cases2.csv"
    if form == "parquet":
        frame.to_parquet(folder / name)
    elif form == "xlsx":
        frame.to_excel(folder / name, index=False)
    else:
        (folder / name).write_text("\ufeff" + CASES.replace(",", ";"), encoding="utf-8")
    assert classify(cases=name)[0] == 0
    assert (folder / "out.csv").read_text() == expected


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cases": "none.csv"}, ["none.csv"]),
        ({"cases": "empty.csv"}, ["empty.csv", "empty"]),
        ({"cases": "cut.parquet"}, ["cut.parquet"]),
        ({"cases": "units.csv"}, ["confirmed_on"]),
        ({"cases": "worthless.csv"}, ["worthless.csv", "row 1"]),
        ({"units": "cut.gpkg"}, ["cut.gpkg"]),
        ({"units": "twice.csv"}, ["twice.csv", "1, 2"]),
        ({"units": "negative.csv"}, ["negative.csv", "-5"]),
        ({"units": "metres.geojson"}, ["metres.geojson", "metres"]),
        ({"out": "out.txt"}, [".gpkg"]),
        ({"out": "nowhere/out.csv"}, ["nowhere"]),
        ({"on": "2999-01-01"}, ["2999"]),
        ({"on": "18.5.2020"}, ["18.5.2020"]),
        ({"cases": None}, ["--cases"]),
        ({"more": ["--rule", "mohfw-1999"]}, ["mohfw-1999", "mohfw-2020-05-17"]),
        ({"more": ["--colour", "red"]}, ["--colour"]),
        ({"more": ["--mapping", "wrong.toml"]}, ["wrong.toml", "casess"]),
        ({"more": ["--mapping", "missing.toml"]}, ["Datum"]),
        ({"more": ["--indicators", "odd.csv"]}, ["odd.csv", "temperature"]),
    ],
    ids=str,
)
def test_bad_input_is_one_sentence_and_status_2_with_nothing_written(
    classify, folder, change, words
):
    (folder / "empty.csv").write_text("")
    (folder / "cut.parquet").write_bytes(b"PAR1 cut")
    (folder / "cut.gpkg").write_bytes(b"SQLite format 3\0cut")
    (folder / "worthless.csv").write_text("unit_id,confirmed_on\n1,never\n")
    (folder / "twice.csv").write_text("unit_id,population\n1,5\n1,6\n")
    (folder / "negative.csv").write_text("unit_id,population\n1,-5\n")
    ring = [[8e6, 2e6], [8.1e6, 2e6], [8.1e6, 2.1e6], [8e6, 2e6]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"unit_id": "1"}, "geometry": shape}
    (folder / "metres.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]})
    )
    (folder / "wrong.toml").write_text("[casess.columns]\nunit_id = 'x'\n")
    (folder / "missing.toml").write_text("[cases.columns]\nconfirmed_on = 'Datum'\n")
    (folder / "odd.csv").write_text("unit_id,temperature\n1,37\n")
    more = change.pop("more", [])
    refused(classify(*more, **change), folder, *words)


def test_a_database_that_is_not_set_up_or_down_is_said_in_one_sentence(zoning, folder, monkeypatch):
    refused(zoning("propose"), folder, "zoning setup")
    monkeypatch.setenv("ZONING_DATABASE_URL", "postgresql://someone:hush@127.0.0.1:9/none")
    answer = zoning("propose")
    refused(answer, folder)
    assert "hush" not in answer[2]


def test_a_port_in_use_is_said_with_the_way_out(zoning, folder):
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        refused(zoning("serve", "--port", str(port)), folder, str(port), "PORT=")


def test_a_dry_run_reports_a_column_that_cannot_be_guessed_and_writes_nothing(zoning, folder):
    assert zoning("setup")[0] == 0
    (folder / "odd.csv").write_text("ward,when\n1,2020-05-17\n")
    status, out, _ = zoning("import", "cases", "odd.csv", "--dry-run", "--json")
    answer = json.loads(out)
    assert status == 0
    assert answer["rows"] == {"read": 1, "taken": 0, "rejected": 1}
    assert answer["findings"][0]["code"] == "column_missing"
    assert json.loads(zoning("imports", "--json")[1]) == {"imports": []}


def test_facilities_with_impossible_coordinates_keep_their_row_and_are_found(zoning, folder):
    zoning("setup")
    (folder / "f.csv").write_text(
        "name,kind,lon,lat,beds_total,beds_vacant\nA,hospital,88,22,10,4\nB,hospital,0,0,10,4\n"
        "C,hospital,,,10,4\nD,hospital,200,22,10,4\nE,hospital,88,22,10,40\nF,castle,88,22,1,1\n"
    )
    answer = json.loads(zoning("import", "facilities", "f.csv", "--json")[1])
    assert answer["rows"] == {"read": 6, "taken": 5, "rejected": 1}
    assert [(f["row"], f["code"]) for f in answer["findings"]] == [
        (2, "coordinates_zero"),
        (3, "coordinates_missing"),
        (4, "coordinates_outside"),
        (5, "beds_above_capacity"),
        (6, "kind_unknown"),
    ]


def test_measures_lists_44_clauses_with_one_activity_key_each(zoning):
    clauses = json.loads(zoning("measures", "--list")[1])["clauses"]
    assert len({clause["activity"] for clause in clauses}) == len(clauses) == 44
