"""webserver_config.py: users log in with the passwords of an LDAP directory, where groups say what roles they have.

Flask takes the names in upper case as settings.
"""

import json
import os
from pathlib import Path

from flask_appbuilder.const import AUTH_LDAP

folder = Path("/etc/airflow-login")
settings = json.loads((folder / "settings.json").read_text("utf-8"))

AUTH_TYPE = AUTH_LDAP
AUTH_LDAP_SERVER = settings["server"]
AUTH_LDAP_USE_TLS = settings["startTls"]
AUTH_LDAP_TLS_DEMAND = True
AUTH_LDAP_TLS_CACERTFILE = os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt")
AUTH_LDAP_BIND_USER = settings["bindUser"]
AUTH_LDAP_BIND_PASSWORD = (folder / "secret").read_text("utf-8").rstrip("\n")
AUTH_LDAP_SEARCH = settings["searchBase"]
AUTH_LDAP_SEARCH_FILTER = settings["searchFilter"]
AUTH_LDAP_UID_FIELD = settings["usernameAttribute"]
AUTH_LDAP_GROUP_FIELD = settings["groupAttribute"]
AUTH_USER_REGISTRATION = True
AUTH_ROLES_MAPPING = settings["roles"]
AUTH_ROLES_SYNC_AT_LOGIN = True
if settings.get("defaultRole"):
    AUTH_USER_REGISTRATION_ROLE = settings["defaultRole"]
