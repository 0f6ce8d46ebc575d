"""Calls the car inventory: python3 client.py [address], http://localhost:17010 if none is given."""

import sys

import requests

address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:17010"


def show(what, reply):
    print(f"--- {what}")
    print(reply.status_code, reply.reason, reply.headers.get("Content-Type"))
    if reply.content:
        print(reply.json())
    print()


nissan = {"make": "Nissan", "model": "240SX", "year": 1994, "vin": "1N6AD0CU5AC961553", "color": "Violet"}
buick = {"make": "Buick", "model": "Lucerne", "year": 2006, "vin": "4T1BF3EK8AU335094", "color": "Maroon"}
green = {"vin": "VNKKTUD32FA050307", "color": "Green"}

show("List the cars", requests.get(f"{address}/cars"))
show("Read one", requests.get(f"{address}/cars/1"))

added = requests.post(f"{address}/cars", json=nissan)
show("Add one", added)
car = address + added.headers["Location"]
show("Replace it", requests.put(car, json=buick))
show("Change it", requests.patch(car, json=green))
show("Remove it", requests.delete(car))
show("Read it again", requests.get(car))

json_type = {"Content-Type": "application/json"}
xml_type = {"Content-Type": "application/xml"}
show("Ask for something else", requests.get(f"{address}/motorcycles"))
show("Forget a brace", requests.post(f"{address}/cars", data='{"make": "Nissan",', headers=json_type))
show("Send XML", requests.post(f"{address}/cars", data="<car><make>Nissan</make></car>", headers=xml_type))
show("Send other fields", requests.post(f"{address}/cars", json={"make": "Nissan", "model": "240SX", "topSpeed": 120}))
