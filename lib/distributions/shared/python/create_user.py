"""Make the admin user, or give the one who is there the password of the Secret.

Arguments: user name, e-mail address, first name, last name, password file.
"""

import sys

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

username, email, first_name, last_name, password_file = sys.argv[1:]
with open(password_file, encoding="utf-8") as file:
    password = file.read().rstrip("\n")

with get_application_builder() as builder:
    manager = builder.sm
    user = manager.find_user(username)
    if user:
        if not manager.reset_password(user.id, password):
            sys.exit(f"the password of {username} could not be set")
        print(f"{username} is there; the password is that of the Secret")
    elif other := manager.find_user(email=email):
        sys.exit(f"{email} is the address of the user {other.username}; give {username} another, by the prop admin.email")
    else:
        role = manager.find_role("Admin")
        if not manager.add_user(username, first_name, last_name, email, role, password=password):
            sys.exit(f"{username} could not be made")
        print(f"{username} is made")
