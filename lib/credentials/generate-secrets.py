"""Make the Secrets that are missing. One that is there is never shown, changed or deleted.

Arguments: for each, "NAME KEY FORM"; FORM is fernet or password. Then for each that is made from others, JSON: its name, and by key
from which Secret and key the value is, or a URL in which names in braces stand for such parts. $LABELS: their labels, as JSON.
"""

import base64
import functools
import json
import os
import re
import secrets
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"
DEADLINE = time.monotonic() + 300


def read(name):
    with open(f"{ACCOUNT}/{name}", encoding="utf-8") as file:
        return file.read().strip()


def call(method, path, body=None):
    """The status of the answer and its text; an API server that does not answer yet is asked again."""
    url = "https://kubernetes.default.svc" + path
    while True:
        request = urllib.request.Request(url, method=method, data=body and json.dumps(body).encode())
        request.add_header("Authorization", "Bearer " + read("token"))
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=5, context=CONTEXT) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                if error.code != {"GET": 404, "POST": 409}[method]:
                    sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")
                return error.code, b""
            failure = error
        except OSError as error:
            failure = error
        if time.monotonic() > DEADLINE:
            sys.exit(f"{method} {path}: {failure}")
        print(f"waiting for the API server: {failure}", flush=True)
        time.sleep(1)


def make(name, values):
    if call("GET", f"{base}/{name}")[0] == 200:
        print(f"{name}: there already, left alone", flush=True)
        return
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "labels": json.loads(os.environ["LABELS"])},
        "data": {key: base64.b64encode(value()).decode() for key, value in values.items()},
    }
    made = call("POST", base, secret)[0] != 409
    print(f"{name}: {'made' if made else 'there already, left alone'}", flush=True)


def generated(form):
    if form == "fernet":
        return base64.urlsafe_b64encode(os.urandom(32))
    # HS512, with which Airflow signs its tokens, asks for a key of 64 bytes.
    return secrets.token_hex(32).encode()


def value_of(source):
    status, text = call("GET", f"{base}/{source['name']}")
    if status == 404:
        sys.exit(f"{source['name']} is not there yet")
    data = json.loads(text).get("data", {})
    if source["key"] not in data:
        sys.exit(f"{source['name']} has no key {source['key']}")
    return base64.b64decode(data[source["key"]]).rstrip(b"\n")


def derived(source):
    if "url" not in source:
        return value_of(source)
    parts = {name: urllib.parse.quote(value_of(part), safe="") for name, part in source["parts"].items()}
    return re.sub(r"\{([^}]+)\}", lambda match: parts[match[1]], source["url"]).encode()


CONTEXT = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
base = f"/api/v1/namespaces/{read('namespace')}/secrets"
for argument in sys.argv[1:]:
    if argument.startswith("{"):
        wanted = json.loads(argument)
        make(wanted["name"], {key: functools.partial(derived, source) for key, source in wanted["data"].items()})
    else:
        name, key, form = argument.split()
        make(name, {key: functools.partial(generated, form)})
