"""One server and one browser for the whole folder."""

import pytest

from tests.browser.booth_pages import PER_UNIT, look  # noqa: F401 - a fixture
from tests.browser.provider import provider  # noqa: F401 - a fixture
from tests.browser.service import CHROMIUM, CHROMIUM_ARGS, ROOT, Service

MISSING = "no Chromium here: install the Debian package chromium"


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid.replace("\\", "/"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        pytest.skip(MISSING)
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def service(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    (folder / "changed").write_text("0")
    with Service(ROOT / "tests/browser/synthetic_app.py", folder) as running:
        yield running


@pytest.fixture(scope="session")
def booth_service(browser, tmp_path_factory):
    """The same service with booths; a module that has them puts it in the place of the other."""
    folder = tmp_path_factory.mktemp("booths")
    (folder / "changed").write_text("0")
    script = ROOT / "tests/browser/synthetic_app.py"
    with Service(script, folder, booths=PER_UNIT) as running:
        yield running


@pytest.fixture
def visit(browser, service):
    """Open an address of the service in a fresh browser; keeps what was asked and sent."""
    contexts = []

    def open_page(path="", **options):
        options = {"viewport": {"width": 1440, "height": 900}} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.requested, page.received, page.problems = [], [], []
        page.on("request", lambda r: page.requested.append(r.url))
        page.on("response", lambda r: page.received.append(r))
        page.on(
            "websocket", lambda ws: ws.on("framereceived", lambda frame: page.frames_.append(frame))
        )
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.frames_ = []
        service.changed.write_text("0")
        page.goto(service.url + path)
        page.map = page.frame_locator("iframe").first
        page.map.locator("body[data-painted]").wait_for(timeout=60_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
