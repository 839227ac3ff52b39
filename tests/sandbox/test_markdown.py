"""Discord's markdown becomes safe HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markdown import to_html


def html(text: str) -> str:
    return to_html(text, lambda kind, some_id: f"{kind}-{some_id}").strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** *it* _it_ ~~no~~", "<p><strong>bold</strong> <em>it</em> <em>it</em> <s>no</s></p>"),
        ("__under__ ***both***", "<p><u>under</u> <em><strong>both</strong></em></p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```py\nx = 1\n```", '<pre><code class="language-py">x = 1\n</code></pre>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("> said\nthen\n-# so", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>then</p>\n"
                                '<small class="subtext">so</small>'),
        ("# One\n## Two\n### Three", "<h1>One</h1>\n<h2>Two</h2>\n<h3>Three</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("-# quietly *so*", '<small class="subtext">quietly <em>so</em></small>'),
        ("-# so\n\nthen", '<small class="subtext last">so</small>\n<p>then</p>'),
        ("||a **secret**||", '<p><span class="spoiler" tabindex="0">a <strong>secret</strong></span></p>'),
        ("<@12> <@!12>", '<p><span class="mention" data-user="12">user-12</span> '
                         '<span class="mention" data-user="12">user-12</span></p>'),
        ("<#7>", '<p><span class="mention" data-channel="7">channel-7</span></p>'),
        ("<@&9>", '<p><span class="mention" data-role="9">role-9</span></p>'),
        ("hi @everyone", '<p>hi <span class="mention">@everyone</span></p>'),
        ("<t:1700:R>", '<p><span class="timestamp" data-timestamp="1700" data-style="R">1700</span></p>'),
        ("<:wave:123>", "<p>:wave:</p>"),
        ("see https://example.org/a_b.", '<p>see <a href="https://example.org/a_b" rel="noopener noreferrer">'
                                         "https://example.org/a_b</a>.</p>"),
        ("[here](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">here</a></p>'),
    ],
)  # fmt: skip
def test_markdown_looks_as_at_discord(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "<javascript:alert(1)>",
        "![picture](https://example.org/a.png)",
        "`<b onmouseover=x>`",
    ],
)
def test_nothing_that_people_write_becomes_a_tag_of_its_own(text: str) -> None:
    shown = html(text)
    for tag in ("<script", "<img", "<b", 'href="javascript'):
        assert tag not in shown


def test_a_name_is_text_too() -> None:
    shown = to_html("<@1>", lambda kind, some_id: "<b>Ada</b>")
    assert "<b>" not in shown


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_at_all_is_rendered(text: str) -> None:
    assert "<script" not in html(text)
