"""The bot's application in Discord's JSON."""

from __future__ import annotations

from sandbox.payloads.users import user_json
from sandbox.wire import Json
from sandbox.world import World

# Limited presence, members and message content: the flags of an unverified application with all privileged intents.
INTENT_FLAGS = 1 << 13 | 1 << 15 | 1 << 19


def application_json(world: World) -> Json:
    """Write the application as its own bot sees it."""
    bot = world.users[world.bot_id]
    owner = next(user for user in world.users.values() if not user.bot)
    return {
        "id": str(world.application_id),
        "name": bot.display_name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_json(bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": INTENT_FLAGS,
        "flags_new": str(INTENT_FLAGS),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user_json(owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "event_webhooks_status": 1,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }
