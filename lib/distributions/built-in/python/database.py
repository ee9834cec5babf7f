"""Connections to the metadata database without `import airflow`, which takes seconds of CPU."""

import contextlib
import os
import re
import shlex
import subprocess
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

SECONDS = 5


class Unavailable(Exception):
    """The database does not answer, or does not let in."""


@contextlib.contextmanager
def cursor():
    """A cursor, and the name of the engine."""
    url = address()
    engine = url.split(":", 1)[0]
    driver, connect = {"postgresql": postgresql, "mysql": mysql}[engine](url)
    try:
        with contextlib.closing(connect()) as connection, contextlib.closing(connection.cursor()) as opened:
            yield opened, engine
    except driver.OperationalError as error:
        raise Unavailable(str(error).strip().splitlines()[0]) from error


def address():
    """The URL that Airflow connects by, without a driver."""
    command = shlex.split(os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"])
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        # The last line alone: it names the file, or what is wrong with it, and no value.
        reason = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        sys.exit(f"the address of the database can't be made from the files of its Secret: {reason}")
    url = done.stdout.strip()
    return re.sub(r"^(\w+)\+\w+:", r"\1:", url)


def postgresql(url):
    import psycopg2

    return psycopg2, lambda: psycopg2.connect(url, connect_timeout=SECONDS)


def mysql(url):
    import MySQLdb

    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    ssl = {name[4:]: query.pop(name) for name in ("ssl_ca", "ssl_cert", "ssl_key") if name in query}
    options = {**query, **({"ssl": ssl} if ssl else {})}
    login = {"user": unquote(parts.username or ""), "password": unquote(parts.password or "")}
    place = {"host": parts.hostname, "port": parts.port or 3306, "database": unquote(parts.path[1:])}
    # As Airflow has it, which writes times without a zone.
    utc = "set time_zone = '+00:00'"
    return MySQLdb, lambda: MySQLdb.connect(**place, **login, **options, connect_timeout=SECONDS, init_command=utc)
