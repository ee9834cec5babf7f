"""Print a connection URL with the password from a file.

Arguments: scheme, user (may be empty), password file, the rest (host, port and path).
"""

import sys
from urllib.parse import quote

scheme, user, password_file, rest = sys.argv[1:]
with open(password_file, encoding="utf-8") as file:
    password = quote(file.read().rstrip("\n"), safe="")
# Airflow takes the output as it is: no line end.
print(f"{scheme}://{quote(user, safe='')}:{password}@{rest}", end="")
