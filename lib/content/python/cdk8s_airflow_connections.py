"""A secrets backend of Airflow: connections and variables from files.

`index.json` says what there is, and which other backend is asked for the rest. What is in Secrets and ConfigMaps is a file for each key,
which Kubernetes writes anew when it changes. So everything is read when it is asked for.
"""

import json
from importlib import import_module
from pathlib import Path

from airflow.secrets import BaseSecretsBackend

# Kubernetes changes all files at once, by a link in this path: it must not be resolved.
FOLDER = Path(__file__).parent.parent


class FilesBackend(BaseSecretsBackend):
    def __init__(self):
        super().__init__()
        following = index().get("next")
        self.next = load(following["backend"])(**following["kwargs"]) if following else None

    def _set_connection_class(self, conn_class):
        super()._set_connection_class(conn_class)
        if self.next:
            self.next._set_connection_class(conn_class)

    def get_connection(self, conn_id, team_name=None):
        found = super().get_connection(conn_id)
        return self.ask_next("get_connection", team_name, conn_id=conn_id) if found is None else found

    def get_conn_value(self, conn_id, team_name=None):
        entry = index()["connections"].get(conn_id)
        if entry is None:
            return None
        if "file" in entry:
            return value(entry)
        # Some tools end a value with a line end, which is no part of a host, a user name or a password.
        parts = {name: value(part).rstrip("\n") if isinstance(part, dict) else part for name, part in entry["parts"].items()}
        extra = {**entry["extra"], **{name: value(part) for name, part in entry["extraFiles"].items()}}
        return json.dumps({**parts, "extra": extra})

    def get_variable(self, key, team_name=None):
        entry = index()["variables"].get(key)
        if entry is None:
            return self.ask_next("get_variable", team_name, key=key)
        return value(entry) if isinstance(entry, dict) else entry

    def get_config(self, key):
        return self.next.get_config(key) if self.next else None

    def ask_next(self, method, team_name, **name):
        if not self.next:
            return None
        # Only Airflow 3.2 and later know of teams.
        return getattr(self.next, method)(**name, **({"team_name": team_name} if team_name else {}))


def load(path):
    module, name = path.rsplit(".", 1)
    return getattr(import_module(module), name)


def index():
    return json.loads(read("index.json"))


def value(entry):
    return read(entry["file"])


def read(name):
    # Python would change line ends.
    return (FOLDER / name).read_bytes().decode("utf-8")
