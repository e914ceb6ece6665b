"""What is listened to about setting it up, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.conflicts.names import Acts as OnCards
from handlers.guard import Listener
from handlers.setup import hub, roles, rules, saving, seating, succession, texts_form, types, versions
from handlers.setup.names import SEAT, Acts, Views

SETUP: tuple[Listener, ...] = (
    Listener("action", Acts.HUB, "show", Act.CONFIGURE, hub.on_hub),
    Listener("action", Acts.TYPES, "show", Act.SEE, types.on_types),
    Listener("action", Acts.TYPES_PAGE, "show", Act.SEE, types.on_page),
    Listener("action", Acts.EDIT_TYPE, "show", Act.CONFIGURE, types.on_edit),
    Listener("action", Acts.ADD_TYPE, "show", Act.CONFIGURE, types.on_add),
    Listener("action", Acts.TIMEFRAME, "show", Act.CONFIGURE, types.on_timeframe),
    Listener("options", SEAT, "show", Act.CONFIGURE, seating.on_seat),
    Listener("view", Views.TYPE, "change", Act.CONFIGURE, types.on_type_sent),
    Listener("action", Acts.RETIRE, "show", Act.CONFIGURE, types.on_retire),
    Listener("action", Acts.RESTORE, "show", Act.CONFIGURE, types.on_restore),
    Listener("action", Acts.REORDER, "show", Act.CONFIGURE, types.on_reorder),
    Listener("view", Views.ORDER, "change", Act.CONFIGURE, types.on_order_sent),
    Listener("action", Acts.BACK, "show", Act.CONFIGURE, saving.on_back),
    Listener("view", Views.PREVIEW, "change", Act.CONFIGURE, saving.on_save),
    Listener("action", Acts.VERSIONS, "show", Act.CONFIGURE, versions.on_versions),
    Listener("action", Acts.OLDER_VERSIONS, "show", Act.CONFIGURE, versions.on_older),
    Listener("action", Acts.GO_BACK, "show", Act.CONFIGURE, versions.on_go_back),
    Listener("action", Acts.RULES, "show", Act.CONFIGURE, rules.on_rules),
    Listener("action", Acts.EDIT_RULE, "show", Act.CONFIGURE, rules.on_edit),
    Listener("action", Acts.ADD_RULE, "show", Act.CONFIGURE, rules.on_add),
    Listener("action", Acts.NARROW_RULE, "show", Act.CONFIGURE, rules.on_narrow),
    Listener("action", Acts.END_RULE, "show", Act.CONFIGURE, rules.on_end),
    Listener("view", Views.RULE, "change", Act.CONFIGURE, rules.on_sent),
    Listener("action", OnCards.LOOK_AT_RULE, "show", Act.CONFIGURE, rules.on_from_decision),
    Listener("action", Acts.ROLES, "show", Act.CONFIGURE, roles.on_roles),
    Listener("action", Acts.EDIT_ROLE, "show", Act.CONFIGURE, roles.on_edit),
    Listener("action", Acts.ADD_ROLE, "show", Act.CONFIGURE, roles.on_add),
    Listener("view", Views.ROLE, "change", Act.CONFIGURE, roles.on_sent),
    Listener("action", Acts.TEXTS, "show", Act.CONFIGURE, texts_form.on_texts),
    Listener("view", Views.TEXTS, "change", Act.CONFIGURE, texts_form.on_sent),
    Listener("action", Acts.SUCCEED, "show", Act.CONFIGURE, succession.on_succeed),
    Listener("view", Views.SUCCESSOR, "change", Act.CONFIGURE, succession.on_sent),
)
