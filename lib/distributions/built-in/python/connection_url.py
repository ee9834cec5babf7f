"""Print a connection URL, put together from files.

Arguments: --async for the driver of asynchronous connections; the folder of the files; the URL, in which the name of a file in braces
stands for what is in it; then what is to stand behind the question mark, as NAME=VALUE. A file that is all of the URL is a URL itself.
"""

import re
import sys
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

# By the scheme: the driver, and that of asynchronous connections.
DRIVERS = {"postgresql": ("psycopg2", "asyncpg"), "mysql": ("mysqldb", "aiomysql")}
# Of what libpq knows, asyncpg takes this.
SHARED = re.compile(r"ssl\w+|target_session_attrs|application_name")

arguments = sys.argv[1:]
is_async = arguments[0] == "--async"
folder, template, *pairs = arguments[is_async:]


def content(name):
    return Path(folder, name).read_text(encoding="utf-8").rstrip("\n")


whole = re.fullmatch(r"\{([^}]+)\}", template)
url = content(whole[1]) if whole else re.sub(r"\{([^}]+)\}", lambda match: quote(content(match[1]), safe=""), template)
head, rest = url.split("://", 1)
base, _, given = rest.partition("?")
query = {**dict(parse_qsl(given)), **dict(pair.split("=", 1) for pair in pairs)}
scheme, _, driver = head.partition("+")
scheme = {"postgres": "postgresql"}.get(scheme, scheme)
if scheme in DRIVERS:
    driver = DRIVERS[scheme][1] if is_async else driver or DRIVERS[scheme][0]
if is_async and scheme == "postgresql":
    # SQLAlchemy hands on what it does not know as arguments, of which asyncpg has one for all that can stand in an address.
    shared = {name: value for name, value in query.items() if SHARED.fullmatch(name)}
    query = {"dsn": f"postgresql://?{urlencode(shared, quote_via=quote)}"} if shared else {}
if is_async and scheme == "mysql":
    # aiomysql takes no paths: see [database] sql_alchemy_connect_args_async.
    query = {name: value for name, value in query.items() if not name.startswith("ssl")}
# Airflow takes the output as it is: no line end.
print(
    f"{scheme}{driver and '+' + driver}://{base}{query and '?' + urlencode(query, quote_via=quote) or ''}",
    end="",
)
