"""Connections to the metadata database without `import airflow`, which takes seconds of CPU."""

import configparser
import os
import shlex
import subprocess

import psycopg2


def connect():
    config = configparser.ConfigParser()
    config.read(os.environ["AIRFLOW_CONFIG"])
    command = shlex.split(config["database"]["sql_alchemy_conn_cmd"])
    url = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    return psycopg2.connect(url.replace("postgresql+psycopg2", "postgresql", 1), connect_timeout=5)
