"""A provider of OpenID Connect that knows the users it is told, and lets anybody be any of them.

Variables: ISSUER, CLIENT_ID, CLIENT_SECRET, PORT, and USERS with the claims of each user in JSON. What is in `asked` among the claims of a user is not in the
ID token, and has to be asked for.
"""

import base64
import hashlib
import json
import os
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER, CLIENT_ID, CLIENT_SECRET, PORT = (os.environ[name] for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "PORT"))
USERS = json.loads(os.environ["USERS"])
PATH = urlsplit(ISSUER).path.rstrip("/")
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)

# What was asked for, by the code, and who it is, by the token.
codes = {}
tokens = {}


class Provider(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query))
        answers = {
            "/.well-known/openid-configuration": lambda: self.answer(200, discovery()),
            "/jwks": lambda: self.answer(200, {"keys": [public_key()]}),
            "/userinfo": self.userinfo,
            "/authorize": lambda: self.authorize(query),
        }
        answers.get(url.path.removeprefix(PATH), lambda: self.answer(404, {}))()

    def do_POST(self):
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.token(form) if self.path == f"{PATH}/token" else self.answer(404, {})

    def authorize(self, query):
        if query.get("client_id") != CLIENT_ID or query.get("response_type") != "code":
            return self.answer(400, {"error": "unauthorized_client"})
        if query.get("user") not in USERS:
            links = "".join(f'<a href="?{urlencode({**query, "user": user})}">{user}</a> ' for user in USERS)
            return self.answer(200, f"<html><body><h1>Who are you?</h1>{links}</body></html>", "text/html")
        code = secrets.token_urlsafe()
        codes[code] = query
        self.send_response(302)
        self.send_header("Location", f"{query['redirect_uri']}?code={code}&state={quote(query.get('state', ''))}")
        self.end_headers()

    def token(self, form):
        query = codes.pop(form.get("code"), {})
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        wrong = [
            what
            for what, is_right in {
                "client": self.client() == (CLIENT_ID, CLIENT_SECRET),
                "code": bool(query),
                "redirect_uri": form.get("redirect_uri") == query.get("redirect_uri"),
                "code_verifier": challenge == query.get("code_challenge"),
            }.items()
            if not is_right
        ]
        if wrong:
            return self.answer(400, {"error": "invalid_grant", "error_description": f"wrong: {', '.join(wrong)}"})
        user = query["user"]
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": f"id-of-{user}",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": query.get("nonce"),
            **{name: value for name, value in USERS[user].items() if name != "asked"},
        }
        token = secrets.token_urlsafe()
        tokens[token] = user
        signed = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        self.answer(200, {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def client(self):
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        decoded = base64.b64decode(value).decode() if scheme == "Basic" else ":"
        return tuple(unquote(part) for part in decoded.split(":", 1))

    def userinfo(self):
        user = tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if user is None:
            return self.answer(401, {"error": "invalid_token"})
        self.answer(200, {"sub": f"id-of-{user}", **USERS[user].get("asked", {})})

    def answer(self, status, body, kind="application/json"):
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def discovery():
    endpoints = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
    return {
        "issuer": ISSUER,
        "jwks_uri": f"{ISSUER}/jwks",
        **{f"{name}_endpoint": f"{ISSUER}/{path}" for name, path in endpoints.items()},
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


def public_key():
    return {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "1", "use": "sig", "alg": "RS256"}


ThreadingHTTPServer((os.environ.get("HOST", "0.0.0.0"), int(PORT)), Provider).serve_forever()
