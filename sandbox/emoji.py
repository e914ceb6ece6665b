"""The emoji names this Slack knows: the usual ones, and skin tones."""

from __future__ import annotations

import re

NAMES = frozenset(
    "+1 -1 thumbsup thumbsdown eyes white_check_mark heavy_check_mark ballot_box_with_check x "
    "negative_squared_cross_mark warning bell no_bell alarm_clock hourglass hourglass_flowing_sand stopwatch "
    "timer_clock clock1 clock2 clock3 calendar date spiral_calendar_pad pushpin round_pushpin paperclip link "
    "memo pencil pencil2 clipboard bar_chart chart_with_upwards_trend chart_with_downwards_trend mag "
    "mag_right bulb rocket tada confetti_ball fire star sparkles zap boom heart green_heart blue_heart "
    "yellow_heart purple_heart black_heart broken_heart wave raised_hand raised_hands clap pray ok_hand "
    "muscle point_up point_down point_left point_right handshake v smile smiley grinning grin laughing joy "
    "rofl slightly_smiling_face upside_down_face wink blush thinking_face neutral_face expressionless "
    "confused worried disappointed cry sob rage angry scream sleeping zzz sunglasses nerd_face "
    "palm_tree beach_with_umbrella airplane house house_with_garden hospital face_with_thermometer "
    "mask baby car train coffee tea pizza cake beer seedling robot_face ghost alien skull poop question "
    "grey_question exclamation grey_exclamation bangbang interrobang information_source arrow_up arrow_down "
    "arrow_left arrow_right arrows_counterclockwise repeat rewind fast_forward red_circle large_blue_circle "
    "large_green_circle large_yellow_circle large_orange_circle white_circle black_circle lock unlock key "
    "hammer wrench gear package inbox_tray outbox_tray email envelope phone telephone_receiver loudspeaker "
    "mega speech_balloon thought_balloon scales classical_building trophy medal dart game_die crown gem "
    "moneybag money_with_wings construction no_entry no_entry_sign rotating_light vertical_traffic_light "
    "checkered_flag triangular_flag_on_post sos ok new free up cool 100 one two three four five".split()
)
_TONED = re.compile(r"(?P<name>[^:]+)::skin-tone-[2-6]")


def is_emoji(name: str) -> bool:
    """Whether `name` (without colons) is known, a skin tone allowed."""
    toned = _TONED.fullmatch(name)
    return (toned["name"] if toned else name) in NAMES
