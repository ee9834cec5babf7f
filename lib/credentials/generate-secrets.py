"""Make the Secrets that are missing. One that is there is never shown, changed or deleted.

Arguments: for each, "NAME KEY FORM"; FORM is fernet or password. $LABELS: their labels, as JSON.
"""

import base64
import json
import os
import secrets
import ssl
import sys
import time
import urllib.error
import urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
DEADLINE = time.monotonic() + 300


def read(name):
    with open(f"{ACCOUNT}/{name}", encoding="utf-8") as file:
        return file.read().strip()


def value(form):
    if form == "fernet":
        return base64.urlsafe_b64encode(os.urandom(32))
    return secrets.token_hex(24).encode()


def call(method, path, body=None):
    """The status of the answer; an API server that does not answer yet is asked again."""
    url = "https://kubernetes.default.svc" + path
    while True:
        request = urllib.request.Request(url, method=method, data=body and json.dumps(body).encode())
        request.add_header("Authorization", "Bearer " + read("token"))
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=5, context=CONTEXT) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                if error.code != {"GET": 404, "POST": 409}[method]:
                    sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")
                return error.code
            failure = error
        except OSError as error:
            failure = error
        if time.monotonic() > DEADLINE:
            sys.exit(f"{method} {path}: {failure}")
        print(f"waiting for the API server: {failure}", flush=True)
        time.sleep(1)


CONTEXT = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
base = f"/api/v1/namespaces/{read('namespace')}/secrets"
for argument in sys.argv[1:]:
    name, key, form = argument.split()
    if call("GET", f"{base}/{name}") == 200:
        print(f"{name}: there already, left alone", flush=True)
        continue
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "labels": json.loads(os.environ["LABELS"])},
        "data": {key: base64.b64encode(value(form)).decode()},
    }
    made = call("POST", base, secret) != 409
    print(f"{name}: {'made' if made else 'there already, left alone'}", flush=True)
