"""A secrets backend of Airflow: connections and variables from files.

`index.json` says what there is. What is in Secrets and ConfigMaps is a file for each key, which Kubernetes writes anew when it changes. So
everything is read when it is asked for.
"""

import json
from pathlib import Path

from airflow.secrets import BaseSecretsBackend

# Kubernetes changes all files at once, by a link in this path: it must not be resolved.
FOLDER = Path(__file__).parent.parent


class FilesBackend(BaseSecretsBackend):
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
        return value(entry) if isinstance(entry, dict) else entry


def index():
    return json.loads(read("index.json"))


def value(entry):
    return read(entry["file"])


def read(name):
    # Python would change line ends.
    return (FOLDER / name).read_bytes().decode("utf-8")
