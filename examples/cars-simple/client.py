"""Calls the simple cars: python3 client.py [address], http://localhost:17010 if none is given."""

import sys

import requests

address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:17010"


def show(reply):
    print("Status code  :", reply.status_code)
    print("Encoding     :", reply.encoding)
    print("JSON         :", reply.json())
    print("Content type :", reply.headers["Content-Type"])
    print()


def show_car(car):
    print("{} {} {}\n".format(car["id"], car["model"], car["color"]))


print("--- Adding car 1\n")
show(requests.post(f"{address}/cars", json={"id": 1, "model": "Honda", "color": "White"}))

print("--- Adding car 2\n")
show(requests.post(f"{address}/cars", json={"id": 2, "model": "Ford", "color": "Black"}))

print("--- Retrieving all cars\n")
reply = requests.get(f"{address}/cars/")
show(reply)
for car in reply.json():
    show_car(car)

print("--- Retrieving car 2\n")
reply = requests.get(f"{address}/cars/2")
show(reply)
show_car(reply.json())

print("--- Updating car 1\n")
show(requests.put(f"{address}/cars/1", json={"id": 1, "model": "New Honda", "color": "New Black"}))

print("--- Retrieving car 1\n")
reply = requests.get(f"{address}/cars/1")
show(reply)
show_car(reply.json())

print("--- Deleting car 1\n")
show(requests.delete(f"{address}/cars/1"))

print("--- Retrieving all cars\n")
show(requests.get(f"{address}/cars/"))
