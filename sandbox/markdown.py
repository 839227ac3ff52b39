"""Discord's markdown as safe HTML for the page: a real parser, then a sanitiser."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

# How to call someone or something: (kind, id) → what stands on the mention, such as "@Ada".
Namer = Callable[[str, str], str]

BLOCKS = ["fence", "heading", "list", "blockquote"]
INLINES = ["escape", "backticks", "emphasis", "strikethrough", "link", "autolink", "newline"]
MENTION = re.compile(r"<(@!?|@&|#)(\d+)>")
KINDS = {"@": "user", "@!": "user", "@&": "role", "#": "channel"}
TIMESTAMP = re.compile(r"<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>")
EMOJI = re.compile(r"<a?(:\w{2,32}:)\d+>")
EVERYONE = re.compile(r"@(everyone|here)\b")
URL = re.compile(r"https?://[^\s<>]*[^\s<>.,:;\"')\]]")
SPOILER, SUBTEXT = "||", "-# "

TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "u",
    "s",
    "code",
    "pre",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "a",
    "span",
    "small",
}
ATTRIBUTES = {
    "a": {"href"},
    "code": {"class"},
    "ol": {"start"},
    "span": {"class", "data-user", "data-role", "data-channel", "data-timestamp", "data-style", "tabindex"},
    "small": {"class"},
}


def to_html(text: str, name_of: Namer) -> str:
    """Render a message's text; links go to http and https only, and no tag of the text survives."""
    html = _parser().render(text, {"name_of": name_of})
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"})


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "breaks": True})
    parser.enable(BLOCKS).enable(INLINES)
    parser.validateLink = _is_web_address  # type: ignore[method-assign]
    parser.inline.ruler.before("emphasis", "spoiler", _spoiler)
    parser.inline.ruler.before("autolink", "mention", _mention)
    parser.inline.ruler.push("everyone", _everyone)
    parser.inline.ruler.push("address", _address)
    parser.inline.ruler.at("text", _text)
    parser.block.ruler.before("paragraph", "subtext", _subtext, {"alt": ["paragraph"]})
    parser.block.ruler.before("paragraph", "unquoted", _unquoted, {"alt": ["blockquote"]})
    parser.add_render_rule("strong_open", _strong)
    parser.add_render_rule("strong_close", _strong)
    parser.add_render_rule("mention", _render_mention)
    return parser


def _is_web_address(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _text(state: StateInline, silent: bool) -> bool:
    """Take plain characters up to the next that may begin something of ours or of markdown."""
    end = state.pos
    while end < state.posMax and state.src[end] not in "\n!#$%&*+-:<=>@[\\]^_`{|}~hH":
        end += 1
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _spoiler(state: StateInline, silent: bool) -> bool:
    end = state.src.find(SPOILER, state.pos + 2, state.posMax)
    if not state.src.startswith(SPOILER, state.pos) or end <= state.pos + 2:
        return False
    if not silent:
        opening = state.push("spoiler_open", "span", 1)
        opening.attrs = {"class": "spoiler", "tabindex": "0"}
        outer_end, state.pos, state.posMax = state.posMax, state.pos + 2, end
        state.md.inline.tokenize(state)
        state.posMax = outer_end
        state.push("spoiler_close", "span", -1)
    state.pos = end + 2
    return True


def _mention(state: StateInline, silent: bool) -> bool:
    """Take what Discord writes in angle brackets: mentions, timestamps, custom emoji."""
    for pattern in (MENTION, TIMESTAMP, EMOJI):
        if match := pattern.match(state.src, state.pos):
            if not silent:
                token = state.push("mention", "span", 0)
                token.meta = {"match": match, "kind": pattern}
            state.pos = match.end()
            return True
    return False


def _everyone(state: StateInline, silent: bool) -> bool:
    match = EVERYONE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("mention", "span", 0)
        token.meta = {"match": match, "kind": EVERYONE}
    state.pos = match.end()
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """Make a link of a bare address."""
    match = URL.match(state.src, state.pos)
    if match is None or state.linkLevel > 0:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": match.group()}
        state.push("text", "", 0).content = match.group()
        state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _subtext(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith(SUBTEXT, start):
        return False
    if not silent:
        state.line = start_line + 1
        opening = state.push("subtext_open", "small", 1)
        ends_block = state.line < end_line and state.isEmpty(state.line)
        opening.attrs = {"class": "subtext last" if ends_block else "subtext"}
        inline = state.push("inline", "", 0)
        inline.content, inline.children, inline.map = (
            state.src[start + len(SUBTEXT) : end],
            [],
            [start_line, state.line],
        )
        state.push("subtext_close", "small", -1)
    return True


def _unquoted(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """End a quote before the first line without its sign; by itself the parser goes on to the end of the paragraph."""
    return silent


def _strong(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Write two underscores as underline, which is Discord's own."""
    tag = "u" if tokens[index].markup == "__" else "strong"
    return f"<{tag}>" if tokens[index].nesting == 1 else f"</{tag}>"


def _render_mention(renderer: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    match, kind = tokens[index].meta["match"], tokens[index].meta["kind"]
    if kind is EMOJI:
        return nh3.clean_text(match.group(1))
    if kind is EVERYONE:
        return f'<span class="mention">{match.group()}</span>'
    if kind is TIMESTAMP:
        moment, style = match.group(1), match.group(2) or "f"
        return f'<span class="timestamp" data-timestamp="{moment}" data-style="{style}">{moment}</span>'
    what = KINDS[match.group(1)]
    name = nh3.clean_text(env["name_of"](what, match.group(2)))
    return f'<span class="mention" data-{what}="{match.group(2)}">{name}</span>'
