"""Fail if this pod's job (argument: its type) has not given a sign of life for two minutes.

The pod can't help it if the database does not answer: then it counts as alive.
"""

import os
import socket
import sys

import psycopg2

QUERY = """
    select max(latest_heartbeat) > now() - interval '2 minutes' from job
    where job_type = %s and hostname = %s and state = 'running'
"""


def connect():
    url = os.environ.get("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN")
    if url:
        return psycopg2.connect(url, connect_timeout=5)
    import database  # beside this script, where the URL is in no variable

    return database.connect()


try:
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(QUERY, (sys.argv[1], socket.gethostbyname(socket.getfqdn())))
        alive = cursor.fetchone()[0]
except psycopg2.OperationalError:
    sys.exit(0)
if not alive:
    sys.exit(f"no sign of life of a {sys.argv[1]} on this host for two minutes")
