"""Wait until the metadata database answers; with --migrated, until it has the schema of the installed Airflow; with --team=NAME, until it has that team."""

import importlib.util
import re
import signal
import sys
import time
from pathlib import Path

from database import Unavailable, cursor

# The first process of a container ends by SIGTERM only if it says so; else the pod would take all of its grace period.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

# What PostgreSQL and MySQL say to a login that they know and don't take, which waiting alone does not mend.
REFUSED = re.compile(r"authentication failed|no password supplied|(role|database) .* does not exist|pg_hba\.conf|Access denied|Unknown database")
REVISION = re.compile(r"^(revision|down_revision)(?:\s*:[^=]+)?\s*=\s*[\"'](\w+)[\"']", re.MULTILINE)


def newest_revision(folder):
    """The Alembic revision that no other one of the folder follows."""
    found = [pair for file in folder.glob("*.py") for pair in REVISION.findall(file.read_text(encoding="utf-8"))]
    heads = {name for kind, name in found if kind == "revision"} - {name for kind, name in found if kind == "down_revision"}
    if len(heads) != 1:
        sys.exit(f"{folder}: expected one newest revision, found {sorted(heads)}")
    return heads.pop()


# Whether there is a table.
EXISTS = {
    "postgresql": "select to_regclass(%s) is not null",
    "mysql": "select count(*) from information_schema.tables where table_schema = database() and table_name = %s",
}


def wanted_revisions():
    """The revision that each table of Alembic must tell."""
    # find_spec of a top-level package does not import it.
    airflow = Path(importlib.util.find_spec("airflow").origin).parent
    folders = {"alembic_version": airflow / "migrations/versions"}
    fab = airflow / "providers/fab/migrations/versions"
    if any(fab.glob("*.py")):
        folders["alembic_version_fab"] = fab
    return {table: newest_revision(folder) for table, folder in folders.items()}


def state(wanted, teams):
    """What is still missing, or None."""
    try:
        with cursor() as (opened, engine):
            for table, revision in wanted.items():
                opened.execute(EXISTS[engine], (table,))
                if not opened.fetchone()[0]:
                    return f"the database has no {table} yet"
                opened.execute(f"select version_num from {table}")
                present = [row[0] for row in opened.fetchall()]
                if present != [revision]:
                    return f"{table} is at {present}, this Airflow needs {revision}"
            for team in teams:
                opened.execute("select 1 from team where name = %s", (team,))
                if not opened.fetchone():
                    return f"the database has no team {team} yet"
    except Unavailable as error:
        if REFUSED.search(str(error)):
            return (
                f"the database answers, and refuses the login: {error}. It keeps the user, the password and the database that it was made with: "
                "a Secret that was changed or replaced since changes nothing there. Change it in the database too, or the Secret back"
            )
        return f"the database does not answer: {error}"
    return None


wanted = wanted_revisions() if "--migrated" in sys.argv else {}
teams = [argument.removeprefix("--team=") for argument in sys.argv if argument.startswith("--team=")]
said = None
while missing := state(wanted, teams):
    if missing != said:
        print(f"waiting: {missing}", flush=True)
        said = missing
    time.sleep(0.5)
print("the database is ready")
