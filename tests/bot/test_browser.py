"""`make play` opens its page by itself, and only where it can be seen."""

from __future__ import annotations

import webbrowser

import pytest

from bot.commands.browser import has_desktop, open_page

URL = "http://127.0.0.1:8100"


@pytest.mark.parametrize(
    ("platform", "environment", "seen"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"TERM": "xterm"}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0", "CI": "true"}, False),
        ("darwin", {}, True),
        ("darwin", {"CI": "1"}, False),
        ("win32", {}, True),
    ],
)
def test_a_page_is_opened_only_on_a_desktop(platform: str, environment: dict[str, str], seen: bool) -> None:
    assert has_desktop(platform, environment) is seen


class Graphical(webbrowser.BaseBrowser):
    """A browser with a window, which remembers what it was shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.shown.append(url)
        return True


@pytest.fixture
def _desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")


@pytest.mark.usefixtures("_desktop")
def test_the_desktops_browser_is_shown_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Graphical()
    monkeypatch.setattr(webbrowser, "get", lambda: browser)
    assert open_page(URL)
    assert browser.shown == [URL]


@pytest.mark.usefixtures("_desktop")
def test_a_browser_in_the_terminal_is_never_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("false"))
    assert not open_page(URL)


@pytest.mark.usefixtures("_desktop")
def test_a_desktop_without_a_browser_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)
    assert not open_page(URL)
