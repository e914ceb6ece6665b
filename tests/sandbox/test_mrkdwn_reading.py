"""What a person reads, whom a message pings, and what the page may show."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.mrkdwn import Ping, blocks_plain, escape, html, pings, plain, view_plain

NAMES = {"U1": "Ana", "C1": "general", "S1": "legal", "U9": "<b>Eve</b>"}
TODAY = date(2026, 11, 21)
ZONE = "Europe/Berlin"
# 2026-11-21 23:30:05 in Berlin, where Los Angeles has 14:30 and Auckland the 22nd.
STAMP = 1795300205


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def words(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("*Hi* <@U1>, see <#C1> and <@U7|bob>", "Hi @Ana, see #general and @bob"),
        ("<!subteam^S1> <!here>", "@legal @here"),
        ("<https://x.org|the _page_> <mailto:a@b.org>", "the _page_ a@b.org"),
        ("&gt; a\n&gt; b", "> a\n> b"),
        ("&lt;!here&gt; &amp;lt;", "<!here> &lt;"),
        (":tada: :party_parrot:", "🎉 :party_parrot:"),
    ],
)
def test_people_read_names_and_no_marks(text: str, read: str) -> None:
    """Mentions show names, links their labels, formatting only its words."""
    assert plain(text, NAMES, ZONE, TODAY) == read


@pytest.mark.parametrize(
    ("form", "zone", "read"),
    [
        ("{date_num} {time}", ZONE, "2026-11-21 11:30 PM"),
        ("{date_num} {time}", "America/Los_Angeles", "2026-11-21 2:30 PM"),
        ("{date_num}", "Pacific/Auckland", "2026-11-22"),
        ("{date_short_pretty} at {time}", ZONE, "Today at 11:30 PM"),
        ("{date_short_pretty} at {time}", "Pacific/Auckland", "Tomorrow at 11:30 AM"),
        ("due {date_short_pretty}", ZONE, "due today"),
        ("{date}", ZONE, "November 21st"),
        ("{date_short}", ZONE, "Nov 21"),
        ("{date_long}", ZONE, "Saturday, November 21st"),
        ("{date_long_full}", ZONE, "Saturday, November 21st, 2026"),
        ("{date_slash}", ZONE, "11/21/2026"),
        ("{time_secs}", ZONE, "11:30:05 PM"),
        ("{ago}", ZONE, "Today"),
        ("{nonsense}", ZONE, "fallback"),
    ],
)
def test_dates_are_shown_in_the_readers_zone(form: str, zone: str, read: str) -> None:
    """A date token is filled for the reader; an unknown token shows the fallback."""
    assert plain(f"<!date^{STAMP}^{form}|fallback>", NAMES, zone, TODAY) == read


@pytest.mark.parametrize(
    ("today", "read"),
    [
        (date(2026, 11, 22), "Yesterday"),
        (date(2026, 11, 19), "Nov 21"),
        (date(2027, 1, 2), "Nov 21"),
        (date(2025, 11, 21), "Nov 21, 2026"),
    ],
)
def test_far_dates_have_a_year_and_near_ones_a_name(today: date, read: str) -> None:
    """The year is left out of a date less than half a year away."""
    assert plain(f"<!date^{STAMP}^{{date_short_pretty}}|f>", NAMES, ZONE, today) == read


def test_a_moment_beyond_the_calendar_shows_its_fallback() -> None:
    """No date is too large to be shown."""
    assert plain("<!date^999999999999^{date}|f>", NAMES, ZONE, TODAY) == "f"


RICH: dict[str, Any] = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "<@U5>"},
                {"type": "broadcast", "range": "channel"},
                {"type": "usergroup", "usergroup_id": "S1"},
            ],
        }
    ],
}


@pytest.mark.parametrize(
    ("text", "blocks", "expected"),
    [
        ("<@U1> <@U1> <!here>", [], [Ping("user", "U1"), Ping("special", "here")]),
        ("&lt;!channel&gt; <#C1> @everyone", [], []),
        ("`<!channel>` ```<@U2>```", [], [Ping("special", "channel"), Ping("user", "U2")]),
        ("", [{"type": "section", "fields": [mrkdwn("*<@U1>*")]}], [Ping("user", "U1")]),
        ("", [{"type": "header", "text": words("<!channel>")}], []),
        ("", [{"type": "markdown", "text": "<!everyone>"}], [Ping("special", "everyone")]),
        ("", [RICH], [Ping("special", "channel"), Ping("usergroup", "S1")]),
        ("<!date^1^{date}|<!here>", [], [Ping("special", "here")]),
    ],
)
def test_pings_are_everything_that_notifies(
    text: str, blocks: list[dict[str, Any]], expected: list[Ping]
) -> None:
    """Mentions anywhere in mrkdwn count, once each; escaped and plain text never do."""
    assert pings(text, blocks) == expected


def test_a_ping_is_written_as_it_was_sent() -> None:
    """As text a ping is its own markup."""
    assert list(map(str, (Ping("user", "U1"), Ping("usergroup", "S1"), Ping("special", "here")))) == [
        "<@U1>",
        "<!subteam^S1>",
        "<!here>",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*b* &lt;script&gt;\n", "<strong>b</strong> &lt;script&gt;<br>"),
        ("<@U9>", '<span class="mention" data-user="U9">@&lt;b&gt;Eve&lt;/b&gt;</span>'),
        (
            '<https://x.org/?a="b"|"l">',
            (
                '<a href="https://x.org/?a=&quot;b&quot;" rel="noopener noreferrer" target="_blank">'
                "&quot;l&quot;</a>"
            ),
        ),
        ("<ftp://x.org|old>", "old"),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<!date^0^<img>|<b>>", "&lt;!date^0^&lt;img&gt;|&lt;b&gt;&gt;"),
    ],
)
def test_html_is_escaped_and_links_lead_only_to_the_web(text: str, shown: str) -> None:
    """Nothing a person wrote becomes markup of the page."""
    assert html(text, NAMES, ZONE, TODAY) == shown


class Page(HTMLParser):
    """Notes every tag and every place a link leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@settings(deadline=None)
@given(st.text(alphabet="<>&\"'/=*_~`|!@^:;{}()aejimgscriptonlokhx \n"))
def test_no_text_smuggles_a_tag_into_the_page(text: str) -> None:
    """Only the few tags of formatting appear, and every link begins safely."""
    page = Page()
    page.feed(html(text, NAMES, ZONE, TODAY) + html(escape(text), NAMES, ZONE, TODAY))
    assert page.tags <= {"strong", "em", "del", "code", "pre", "blockquote", "a", "br", "span", "time"}
    assert all(link.lower().startswith(("http:", "https:", "mailto:")) for link in page.links)


def test_a_view_is_read_from_top_to_bottom() -> None:
    """Title, blocks with their buttons and options, then the buttons of the view."""
    option = {"text": words("Budget"), "value": "1"}
    view = {
        "type": "modal",
        "title": words("Report"),
        "submit": words("Send"),
        "close": words("Not now"),
        "blocks": [
            {"type": "header", "text": words("Conflict :tada:")},
            {
                "type": "section",
                "text": mrkdwn("Owner: <@U1>"),
                "fields": [mrkdwn("*One*"), words("*Two*")],
                "accessory": {"type": "button", "text": words("Open"), "value": "secret"},
            },
            {
                "type": "input",
                "label": words("Kind"),
                "hint": words("Pick one"),
                "element": {"type": "static_select", "placeholder": words("Choose"), "options": [option]},
            },
            {"type": "context", "elements": [mrkdwn("_small_"), {"type": "image", "alt_text": "a cat"}]},
            RICH,
        ],
    }
    assert view_plain(view, NAMES, ZONE, TODAY).split("\n") == [
        "Report",
        "Conflict 🎉",
        "Owner: @Ana",
        "One",
        "*Two*",
        "Open",
        "Kind",
        "Choose",
        "Budget",
        "Pick one",
        "small",
        "a cat",
        "<@U5>@channel@legal",
        "Send",
        "Not now",
    ]


def test_blocks_without_words_read_as_nothing() -> None:
    """A divider says nothing."""
    assert blocks_plain([{"type": "divider"}], NAMES, ZONE, TODAY) == ""
