"""webserver_config.py: users log in at a provider of OpenID Connect, where a claim says what roles they have.

Flask takes the names in upper case as settings.
"""

import json
import logging
from pathlib import Path

from airflow.providers.fab.auth_manager.security_manager.override import FabAirflowSecurityManagerOverride
from flask_appbuilder.const import AUTH_OAUTH

folder = Path("/etc/airflow-login")
settings = json.loads((folder / "settings.json").read_text("utf-8"))
log = logging.getLogger(__name__)


class OidcSecurityManager(FabAirflowSecurityManagerOverride):
    def get_oauth_user_info(self, provider, resp):
        """Who logs in, and by which roles; nobody if there are none."""
        claims = resp.get("userinfo") or {}
        wanted = (settings["usernameClaim"], settings["rolesClaim"])
        # Some providers put little into the token, and some can't be asked.
        if any(claim(claims, name) is None for name in wanted) and "userinfo_endpoint" in self.oauth_remotes[provider].server_metadata:
            asked = self.oauth_remotes[provider].userinfo(token=resp)
            # What is signed counts, and by the standard the other must be of the same user.
            claims = {**asked, **claims} if asked.get("sub") == claims.get("sub") else claims
        username, groups = (claim(claims, name) for name in wanted)
        if not username:
            log.warning("A user is refused: their claims have no %s", settings["usernameClaim"])
            return {}
        groups = [groups] if isinstance(groups, str) else groups or []
        giving = [group for group in groups if group in settings["roles"]]
        role = settings["roles"][giving[0]][0] if giving else settings.get("defaultRole")
        if not role:
            log.warning("%r is refused: nothing in %s gives a role", username, settings["rolesClaim"])
            return {}
        return {
            "username": username,
            "email": claims.get("email", ""),
            "first_name": claims.get("given_name", ""),
            "last_name": claims.get("family_name", ""),
            "role_keys": giving,
            "role": role,
        }


def claim(claims, path):
    """The claim of this name, or what is found by its parts."""
    if path in claims:
        return claims[path]
    for part in path.split("."):
        claims = claims.get(part) if isinstance(claims, dict) else None
    return claims


AUTH_TYPE = AUTH_OAUTH
OAUTH_PROVIDERS = [
    {
        "name": settings["name"],
        "icon": "fa-key",
        "token_key": "access_token",
        "remote_app": {
            "client_id": settings["clientId"],
            "client_secret": (folder / "secret").read_text("utf-8").rstrip("\n"),
            "server_metadata_url": settings["issuer"].rstrip("/") + "/.well-known/openid-configuration",
            "client_kwargs": {"scope": " ".join(settings["scopes"]), "code_challenge_method": "S256"},
        },
    }
]
AUTH_USER_REGISTRATION = True
# FAB adds a role to those that are mapped, that of everybody unless another is named: one of theirs.
AUTH_USER_REGISTRATION_ROLE_JMESPATH = "role"
AUTH_ROLES_MAPPING = settings["roles"]
AUTH_ROLES_SYNC_AT_LOGIN = True
SECURITY_MANAGER_CLASS = OidcSecurityManager
