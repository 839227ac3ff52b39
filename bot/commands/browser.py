"""Open a page in the browser, where there is a desktop for it to appear on."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping


def open_page(url: str) -> bool:
    """Open a page and return whether a browser took it; one that lives in the terminal is never asked."""
    if not has_desktop(sys.platform, os.environ):
        return False
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    # The library's plain class is for those that take the terminal over, such as lynx; graphical ones have their own.
    return type(browser) is not webbrowser.GenericBrowser and browser.open(url)


def has_desktop(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether someone sits in front of a graphical desktop; in CI nobody does."""
    if environment.get("CI"):
        return False
    return not platform.startswith("linux") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
