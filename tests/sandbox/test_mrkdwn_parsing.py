"""Slack's markup is understood as Slack understands it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.mrkdwn import Token, escape, parse, rich_text, unescape


def words(text: str) -> Token:
    return Token("text", text)


def bold(*children: Token) -> Token:
    return Token("bold", children=children)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        ("hello", [words("hello")]),
        ("a &lt;b&gt; &amp;amp;", [words("a <b> &amp;")]),
        ("*b*", [bold(words("b"))]),
        (
            "_i_ ~s~",
            [Token("italic", children=(words("i"),)), words(" "), Token("strike", children=(words("s"),))],
        ),
        ("*a _b_*", [bold(words("a "), Token("italic", children=(words("b"),)))]),
        ("2*3*4", [words("2*3*4")]),
        ("snake_case_name", [words("snake_case_name")]),
        ("* not bold *", [words("* not bold *")]),
        ("*two\nlines*", [words("*two\nlines*")]),
        ("**", [words("**")]),
        ("`*raw*`", [Token("code", children=(words("*raw*"),))]),
        ("```\na *b*\n```", [Token("pre", children=(words("a *b*"),))]),
        ("&gt; said", [Token("quote", children=(words("said"),))]),
        ("> a\n> *b*", [Token("quote", children=(words("a\n"), bold(words("b"))))]),
        ("<@U1>", [Token("user", ref="U1")]),
        ("<@W1|ann>", [Token("user", "ann", "W1")]),
        ("<#C1|general>", [Token("channel", "general", "C1")]),
        ("<#C1|>", [Token("channel", "", "C1")]),
        ("<!subteam^S1|@legal>", [Token("usergroup", "@legal", "S1")]),
        ("<!here>", [Token("special", ref="here")]),
        ("<!channel|channel>", [Token("special", "channel", "channel")]),
        ("*<!everyone>*", [bold(Token("special", ref="everyone"))]),
        ("<https://x.org|a *b* &amp; c>", [Token("link", "a *b* & c", "https://x.org")]),
        ("<mailto:a@b.org|a>", [Token("link", "a", "mailto:a@b.org")]),
        (
            "see https://x.org/a_b_c now",
            [words("see "), Token("link", ref="https://x.org/a_b_c"), words(" now")],
        ),
        ("<javascript:alert(1)|x>", [words("<javascript:alert(1)|x>")]),
        (
            "<!date^17^{date}^https://x.org|f>",
            [Token("link", "", "https://x.org", (Token("date", "f", "{date}", stamp=17),))],
        ),
        ("<!date^17^{date}|f>", [Token("date", "f", "{date}", stamp=17)]),
        ("<!date^x^{date}|f>", [words("<!date^x^{date}|f>")]),
        ("<!unknown>", [words("<!unknown>")]),
        (":tada:", [Token("emoji", ref="tada")]),
        (":wave::skin-tone-3:", [Token("emoji", ref="wave::skin-tone-3")]),
        ("at 12:30:45", [words("at 12:30:45")]),
        ("&lt;!here&gt;", [words("<!here>")]),
        ("a < b > c", [words("a < b > c")]),
    ],
)
def test_markup_becomes_tokens(text: str, tokens: list[Token]) -> None:
    """Each piece of markup becomes its token, and what is no markup stays as it was typed."""
    assert parse(text) == tokens


def test_rich_text_becomes_the_same_tokens() -> None:
    """Lists, styles and mentions of the composer read like mrkdwn; its words are never markup."""
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "<!here> &lt;"}]}
    who = {"type": "user", "user_id": "U1", "style": {"bold": True}}
    block = {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_section", "elements": [who]},
            {"type": "rich_text_list", "style": "ordered", "offset": 1, "elements": [item]},
        ],
    }
    assert rich_text(block) == [
        bold(Token("user", ref="U1")),
        words("\n"),
        words("2. "),
        words("<!here> &lt;"),
    ]


def text_of(tokens: tuple[Token, ...] | list[Token]) -> str:
    return "".join(text_of(token.children) if token.children else token.text for token in tokens)


@settings(deadline=None)
@given(st.text())
def test_escaping_and_back_changes_nothing(text: str) -> None:
    """Unescaping what was escaped gives the text back, whatever it was."""
    assert unescape(escape(text)) == text


@settings(deadline=None)
@given(st.text(alphabet="*_~`<>!@#|&;^:ab \n{}/hS1U"))
def test_any_text_can_be_read(text: str) -> None:
    """Marks in any order are read without failing, and escaped words mention nobody."""
    parse(text)
    kinds = {token.kind for token in walk(parse(escape(text)))}
    assert not kinds & {"user", "usergroup", "special", "channel", "date"}


def walk(tokens: tuple[Token, ...] | list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *walk(token.children))]


@pytest.mark.parametrize("part", ["*a ", "*a* ", "_*~", "<", "<@U1", "`", "```", ":a", "&", "> ", "<a|"])
def test_long_hostile_texts_are_read_in_one_pass(part: str) -> None:
    """Forty thousand characters of half-open markup keep every word."""
    text = part * (40_000 // len(part))
    assert len(text_of(parse(text))) <= len(text)
