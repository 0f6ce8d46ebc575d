"""Calls the users: python3 client.py [address], http://localhost:17010 if none is given."""

import os
import sys

import requests

address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:17010"


def show(what, reply):
    print(f"--- {what}")
    print(reply.status_code, reply.json() if reply.content else "")


def log_in(username, password):
    reply = requests.post(f"{address}/token", data={"username": username, "password": password})
    reply.raise_for_status()
    session = requests.Session()
    session.headers["Authorization"] = "Bearer " + reply.json()["access_token"]
    return session


grace = {"email": "Grace@Example.com", "username": "grace", "full_name": "Grace Hopper", "password": "SecurePass123"}
added = requests.post(f"{address}/users", json=grace)
print("--- Sign up")
print(added.status_code, added.json()["email"], added.headers["Location"])
show("Sign up again", requests.post(f"{address}/users", json=grace))
show("Sign up badly", requests.post(f"{address}/users", json={**grace, "email": "invalid-email"}))

user = address + added.headers["Location"]
me = log_in("grace@example.com", grace["password"])
print("--- Who am I")
print(me.get(f"{address}/users/me").json()["username"])
print("--- Who is there")
page = me.get(f"{address}/users", params={"page": 1, "page_size": 1, "search": "hopper"}).json()
print(page["total"], page["total_pages"], [each["username"] for each in page["items"]])
show("A page too far back", me.get(f"{address}/users", params={"page": 0}))
print("--- Change my name")
changed = me.patch(user, json={"full_name": None}).json()
print({name: changed[name] for name in ("username", "full_name")})
show("Delete somebody", me.delete(f"{address}/users/1"))
show("Without a token", requests.get(f"{address}/users/me"))

admin = log_in("admin@example.com", os.environ["USERS_ADMIN_PASSWORD"])
show("The admin deletes me", admin.delete(user))
show("I am gone", me.get(f"{address}/users/me"))
