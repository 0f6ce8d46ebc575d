"""Calls the todos: python3 client.py [address], http://localhost:17010 if none is given."""

import json
import sys

import requests

address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:17010"


def show(what, reply):
    print(f"--- {what}")
    print(reply.status_code, reply.json())


reply = requests.get(f"{address}/todos/1")
show("Read one", reply)
print(reply.headers["Content-Type"])

milk = {"userId": 1, "title": "Buy milk", "completed": False}
show("Add one", requests.post(f"{address}/todos", json=milk))

json_type = {"Content-Type": "application/json"}
show("Add one by hand", requests.post(f"{address}/todos", data=json.dumps(milk), headers=json_type))

show("Read the tenth", requests.get(f"{address}/todos/10"))
show("Replace it", requests.put(f"{address}/todos/10", json={"userId": 1, "title": "Wash car", "completed": True}))
show("Change it", requests.patch(f"{address}/todos/10", json={"title": "Mow lawn"}))
show("Remove it", requests.delete(f"{address}/todos/10"))
show("Read what was added", requests.get(f"{address}/todos/201"))
print(len(requests.get(f"{address}/todos").json()), "todos")
