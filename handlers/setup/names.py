"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals."""

    HUB = "setup_hub"
    TYPES = "setup_types"
    TYPE = "setup_type"
    ORDER = "setup_order"
    PREVIEW = "setup_preview"
    SAVED = "setup_saved"
    VERSIONS = "setup_versions"
    RULES = "setup_rules"
    RULE = "setup_rule"
    ROLES = "setup_roles"
    ROLE = "setup_role"
    SUCCESSOR = "setup_successor"
    TEXTS = "setup_texts"


class Acts(StrEnum):
    """Action ids of buttons and of inputs that are listened to."""

    HUB = "setup"
    TYPES = "setup_types"
    TYPES_PAGE = "setup_types_page"
    EDIT_TYPE = "setup_edit_type"
    ADD_TYPE = "setup_add_type"
    RETIRE = "setup_retire_type"
    RESTORE = "setup_restore_type"
    REORDER = "setup_reorder"
    TIMEFRAME = "setup_timeframe"
    BACK = "setup_back"
    VERSIONS = "setup_versions"
    OLDER_VERSIONS = "setup_older_versions"
    GO_BACK = "setup_go_back"
    RULES = "setup_rules"
    EDIT_RULE = "setup_edit_rule"
    ADD_RULE = "setup_add_rule"
    NARROW_RULE = "setup_narrow_rule"
    END_RULE = "setup_end_rule"
    ROLES = "setup_roles"
    EDIT_ROLE = "setup_edit_role"
    ADD_ROLE = "setup_add_role"
    SUCCEED = "name_successor"
    TEXTS = "setup_texts"


SEAT = "seat"
"""What the block ids of lists of seats begin with."""
