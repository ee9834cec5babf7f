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

try:
    connection = psycopg2.connect(os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"], connect_timeout=5)
    with connection, connection.cursor() as cursor:
        cursor.execute(QUERY, (sys.argv[1], socket.gethostbyname(socket.getfqdn())))
        alive = cursor.fetchone()[0]
except psycopg2.OperationalError:
    sys.exit(0)
if not alive:
    sys.exit(f"no sign of life of a {sys.argv[1]} on this host for two minutes")
