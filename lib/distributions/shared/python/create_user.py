"""Make users, or give those who are there their passwords and roles.

Argument: a list in JSON, of users with username, email, firstName, lastName, roles, and passwordFile.
"""

import json
import os
import sys

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

# The API server starts at the same time and gives roles their permissions: of two who do that at once in a new database one fails.
os.environ["AIRFLOW__FAB__UPDATE_FAB_PERMS"] = "False"


def find_roles(manager, names):
    return {name: manager.find_role(name) for name in names}


def make(manager, username, email, firstName, lastName, roles, passwordFile):
    with open(passwordFile, encoding="utf-8") as file:
        password = file.read().rstrip("\n")
    found = find_roles(manager, roles)
    if not all(found.values()):
        # One of the configuration, which is made with the permissions.
        manager.sync_roles()
        found = find_roles(manager, roles)
    if missing := [name for name, role in found.items() if not role]:
        known = ", ".join(sorted(role.name for role in manager.get_all_roles()))
        sys.exit(f"{username} can't have the roles {', '.join(missing)}, which are not there; there is: {known}")
    wanted = list(found.values())
    user = manager.find_user(username)
    if user:
        if not manager.reset_password(user.id, password):
            sys.exit(f"the password of {username} could not be set")
        if {role.name for role in user.roles} != set(roles):
            user.roles = wanted
            manager.update_user(user)
        print(f"{username} is there; the password is that of the Secret")
    elif other := manager.find_user(email=email):
        sys.exit(f"{email} is the address of the user {other.username}; give {username} another, by the prop email")
    else:
        if not manager.add_user(username, firstName, lastName, email, wanted, password=password):
            sys.exit(f"{username} could not be made")
        print(f"{username} is made")


with get_application_builder() as builder:
    for user in json.loads(sys.argv[1]):
        make(builder.sm, **user)
