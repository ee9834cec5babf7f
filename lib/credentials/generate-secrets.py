"""Make the Secrets that are missing. One that is there is never shown, changed or deleted.

One that is there without what it is made for is an error.

Arguments: for each, "NAME KEY FORM"; FORM is fernet or password. Then for each that is made from others, JSON: its name, and by key
from which Secret and key the value is, or a URL in which names in braces stand for such parts. $METADATA: their labels and
annotations, as JSON.
"""

import base64
import functools
import http.client
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
            with OPENER.open(request, timeout=5) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            # Whatever answers by a redirect is not the API server, not yet at least.
            if 400 <= error.code < 500 and error.code != 429:
                text = text_of(error)
                if error.code != {"GET": 404, "POST": 409}[method]:
                    sys.exit(f"{method} {path}: {error.code} {text}")
                return error.code, text
            failure = error
        except (OSError, ValueError, http.client.HTTPException) as error:
            failure = error
        if time.monotonic() > DEADLINE:
            sys.exit(f"{method} {path}: {failure}")
        print(f"waiting for the API server: {failure}", flush=True)
        time.sleep(1)


def text_of(answer):
    """What an answer says; the status counts where its text breaks off."""
    try:
        return answer.read().decode(errors="replace")
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"(its text can't be read: {error})"


def make(name, values, form=None):
    """Make a Secret if it is missing; another may do so at the same time, and a quota that is changed just then is answered by 409 too."""
    while True:
        status, found = call("GET", f"{base}/{name}")
        if status == 200:
            check(name, found.get("data") or {}, values, form)
            print(f"{name}: there already, left alone", flush=True)
            return
        status, text = post(name, values)
        if status != 409:
            print(f"{name}: made", flush=True)
            return
        if time.monotonic() > DEADLINE:
            sys.exit(f"{name}: {text}")
        time.sleep(1)


def check(name, data, keys, form):
    """A Secret that is there has to have what it would have been made with, or pods wait for it for ever."""
    for key in keys:
        if not data.get(key):
            sys.exit(f"{name} is there, but has no key {key}, or nothing in it: give it one, or delete the Secret, and it is made anew")
        if form == "fernet" and not all(is_fernet(part) for part in decoded(data[key]).split(b",")):
            sys.exit(f"{name} is there, but its key {key} is no Fernet key, which is 32 bytes in URL-safe base64")


def is_fernet(text):
    try:
        return len(base64.urlsafe_b64decode(text.strip())) == 32
    except ValueError:
        return False


def decoded(text):
    return base64.b64decode(text).rstrip(b"\r\n")


def post(name, values):
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, **json.loads(os.environ["METADATA"])},
        "data": {key: base64.b64encode(value()).decode() for key, value in values.items()},
    }
    return call("POST", base, secret)


def generated(form):
    if form == "fernet":
        return base64.urlsafe_b64encode(os.urandom(32))
    # HS512, with which Airflow signs its tokens, asks for a key of 64 bytes.
    return secrets.token_hex(32).encode()


def value_of(source):
    status, found = call("GET", f"{base}/{source['name']}")
    if status == 404:
        sys.exit(f"{source['name']} is not there yet")
    data = found.get("data") or {}
    if source["key"] not in data:
        sys.exit(f"{source['name']} has no key {source['key']}")
    return decoded(data[source["key"]])


def derived(source):
    if "url" not in source:
        return value_of(source)
    parts = {name: urllib.parse.quote(value_of(part), safe="") for name, part in source["parts"].items()}
    return re.sub(r"\{([^}]+)\}", lambda match: parts[match[1]], source["url"]).encode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token is for the API server, and for nobody that it names."""

    def redirect_request(self, *_):
        return None


CONTEXT = ssl.create_default_context(cafile=f"{ACCOUNT}/ca.crt")
# No proxy of the image's either.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=CONTEXT), NoRedirect)
base = f"/api/v1/namespaces/{read('namespace')}/secrets"
for argument in sys.argv[1:]:
    if argument.startswith("{"):
        wanted = json.loads(argument)
        make(wanted["name"], {key: functools.partial(derived, source) for key, source in wanted["data"].items()})
    else:
        name, key, form = argument.split()
        make(name, {key: functools.partial(generated, form)}, form)
