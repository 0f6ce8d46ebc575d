"""Tours the echo endpoints: python3 client.py [address], http://localhost:17010 if none is given."""

import io
import json
import sys

import requests

address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:17010"


def show(what, *facts):
    print(f"{what}:", *(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in facts))


def ways(reply):
    return [each.url.removeprefix(address) for each in [*reply.history, reply]]


show("params", requests.get(f"{address}/get", params={"a": ["1", "2"], "b": "ü"}).json()["args"])
show("json", requests.post(f"{address}/post", json={"a": [1, None]}).json()["json"])
show("form", requests.put(f"{address}/put", data={"a": ["1", "2"], "b": "ü"}).json()["form"])
show("data", requests.patch(f"{address}/patch", data="Grüße".encode()).json()["data"])
show("bytes", requests.delete(f"{address}/delete", data=b"\xff\x00").json()["data"])
files = {"text": ("t.txt", io.BytesIO(b"Hi"), "text/plain"), "image": ("i.png", io.BytesIO(b"\xff"), "image/png")}
told = requests.post(f"{address}/post", files=files, data={"a": "1"}).json()
show("files", told["files"], told["form"])
show("chunks", requests.post(f"{address}/post", data=iter([b"one ", b"two"])).json()["data"])
show("headers", requests.get(f"{address}/headers", headers={"x-own": "1"}).json()["headers"]["X-Own"])
show("user agent", requests.get(f"{address}/user-agent").json()["user-agent"].split("/")[0])
show("ip", requests.get(f"{address}/ip").json())
told = requests.request("PUT", f"{address}/anything/a/b", params={"q": "1"}).json()
show("anything", told["method"], told["url"].removeprefix(address))
show("head", requests.head(f"{address}/get").status_code, requests.head(f"{address}/get").text)
show("options", requests.options(f"{address}/get").headers["Allow"])

show("status", requests.get(f"{address}/status/418").status_code, requests.post(f"{address}/status/503").reason)
try:
    requests.get(f"{address}/status/404").raise_for_status()
except requests.HTTPError as error:
    show("raised", str(error).split(" for ")[0])

show("redirect", ways(requests.get(f"{address}/redirect/3")))
show("absolute", ways(requests.get(f"{address}/redirect/2", params={"absolute": "true"})))
reply = requests.post(f"{address}/redirect-to", params={"url": "/anything", "status_code": 307}, data="Hi")
show("redirect-to", reply.json()["method"], reply.json()["data"], reply.history[0].status_code)
show("not followed", requests.get(f"{address}/redirect/1", allow_redirects=False).headers["Location"])

with requests.Session() as session:
    show("cookies set", session.get(f"{address}/cookies/set", params={"a": "1", "b": "x y"}).json())
    show("cookie set", session.get(f"{address}/cookies/set/c/3").json())
    show("cookie dropped", session.get(f"{address}/cookies/delete?a").json(), sorted(session.cookies.keys()))

show("basic", requests.get(f"{address}/basic-auth/ada/pass", auth=("ada", "pass")).json())
show("wrong", requests.get(f"{address}/basic-auth/ada/pass", auth=("ada", "no")).headers["WWW-Authenticate"])
show("bearer", requests.get(f"{address}/bearer", headers={"Authorization": "Bearer abc"}).json())
show("no token", requests.get(f"{address}/bearer").status_code)

show("gzip", requests.get(f"{address}/gzip").json()["gzipped"])
show("deflate", requests.get(f"{address}/deflate").json()["deflated"])
reply = requests.get(f"{address}/brotli", headers={"Accept-Encoding": "gzip, br"})
# Only with the package brotli can requests read it.
readable = "br" in requests.utils.DEFAULT_ACCEPT_ENCODING
show("brotli", reply.headers["Content-Encoding"], reply.json()["brotli"] if readable else True)

show("etag", requests.get(f"{address}/etag/v1", headers={"If-None-Match": '"v1"'}).status_code)
show("etag refused", requests.get(f"{address}/etag/v1", headers={"If-Match": '"v2"'}).status_code)
reply = requests.get(f"{address}/cache")
known = {"If-None-Match": reply.headers["ETag"], "If-Modified-Since": reply.headers["Last-Modified"]}
show("cache", reply.status_code, requests.get(f"{address}/cache", headers=known).status_code)
show("cache for", requests.get(f"{address}/cache/60").headers["Cache-Control"])

reply = requests.get(f"{address}/range/26", headers={"Range": "bytes=1-3"})
show("range", reply.status_code, reply.headers["Content-Range"], reply.text)
with requests.get(f"{address}/stream/3", stream=True) as reply:
    show("stream", [json.loads(line)["id"] for line in reply.iter_lines()])
reply = requests.get(f"{address}/bytes/8", params={"seed": "1"})
show("bytes", len(reply.content), reply.content == requests.get(f"{address}/bytes/8", params={"seed": "1"}).content)
show("response headers", requests.get(f"{address}/response-headers", params={"X-Own": "1"}).headers["X-Own"])
show("delay", requests.get(f"{address}/delay/0.01").status_code)
try:
    requests.get(f"{address}/delay/10", timeout=0.05)
except requests.Timeout as error:
    show("timeout", type(error).__name__)
