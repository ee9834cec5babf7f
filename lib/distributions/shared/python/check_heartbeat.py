"""Fail if this pod's job (argument: its type) has not given a sign of life for two minutes.

The pod can't help it if the database does not answer: then it counts as alive. One that the database no longer lets in can do nothing, and says
so when it starts anew.
"""

import os
import re
import socket
import sys
from datetime import datetime, timedelta, timezone

REFUSED = re.compile(r"authentication failed|no password supplied|Access denied")
QUERY = "select max(latest_heartbeat) > %s from job where job_type = %s and hostname = %s and state = 'running'"


def host():
    try:
        return socket.gethostbyname(socket.getfqdn())
    except socket.gaierror:  # the pod has IPv6 alone
        return f"[{socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET6)[0][4][0]}]"


def is_alive(cursor):
    # By the clock of this pod, as the sign is.
    since = datetime.now(timezone.utc) - timedelta(minutes=2)
    cursor.execute(QUERY, (since, sys.argv[1], host()))
    return cursor.fetchone()[0]


def ask_postgresql(url):
    import psycopg2

    try:
        with psycopg2.connect(url, connect_timeout=5) as connection, connection.cursor() as cursor:
            return is_alive(cursor)
    except psycopg2.OperationalError as error:
        return not REFUSED.search(str(error))


def ask():
    import database  # beside this script, where the URL is in no variable

    try:
        with database.cursor() as (cursor, _):
            return is_alive(cursor)
    except database.Unavailable as error:
        return not REFUSED.search(str(error))


# Charts have it, and this script for PostgreSQL alone.
url = os.environ.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
if not (ask_postgresql(url) if url else ask()):
    sys.exit(f"no sign of life of a {sys.argv[1]} on this host for two minutes, or the database refuses the login")
