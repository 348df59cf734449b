"""The first opening: what is sent, how, and how often."""

import re

SIZES = """() => Object.fromEntries(performance.getEntriesByType("resource")
    .filter((e) => /geometry|vendor|main[.]/.test(e.name))
    .map((e) => [new URL(e.name).pathname, e.transferSize]))"""


def test_the_map_finds_what_the_first_page_had_fetched_for_it(visit):
    visit()  # The boundaries are published by now at the latest.
    page = visit()
    frame = next(f for f in page.frames if "streamlit_folium" in f.url)
    fetched, found = page.evaluate(SIZES), frame.evaluate(SIZES)
    assert len(found) == 6
    assert found.keys() == fetched.keys()
    assert all(size > 0 for size in fetched.values())
    assert set(found.values()) == {0}, "sent twice"


def test_the_program_arrives_packed(visit):
    page = visit()
    page.wait_for_timeout(500)
    scripts = [r for r in page.received if re.search(r"/static/(js|css)/", r.url)]
    assert len(scripts) > 40
    assert {r.header_value("content-encoding") for r in scripts} == {"gzip"}
