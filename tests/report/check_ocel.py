#!/usr/bin/env python3
"""check_ocel.py LOG [SCHEMA]: is a log OCEL 2.0? Names what is wrong, ends with 1 when anything is.

Known are the words of JSON Schema that OCEL's own uses. Beside it: every reference leads to
something, ids are unique, types and attributes are declared, times have an offset.
"""

import datetime
import json
import sys


def moment(text):
    try:
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).tzinfo is not None
    except ValueError:
        return False


def against(schema, value, path):
    kinds = {"object": dict, "array": list, "string": str}
    if not isinstance(value, kinds[schema["type"]]):
        yield f"{path} is no {schema['type']}"
        return
    if schema.get("format") == "date-time" and not moment(value):
        yield f"{path} is no time with an offset: {value}"
    for name in schema.get("required", []):
        if name not in value:
            yield f"{path} has no {name}"
    for name, inner in schema.get("properties", {}).items():
        if name in value:
            yield from against(inner, value[name], f"{path}.{name}")
    if "items" in schema:
        for number, inner in enumerate(value):
            yield from against(schema["items"], inner, f"{path}[{number}]")


def coherent(log):
    for kind in ("event", "object"):
        types = {row["name"]: {a["name"] for a in row["attributes"]} for row in log[kind + "Types"]}
        ids = [row["id"] for row in log[kind + "s"]]
        if len(set(ids)) != len(ids):
            yield f"two {kind}s have one id"
        for row in log[kind + "s"]:
            if row["type"] not in types:
                yield f"{row['id']} is of the type {row['type']}, which is not declared"
                continue
            for attribute in row["attributes"]:
                if attribute["name"] not in types[row["type"]]:
                    yield f"{row['id']} has {attribute['name']}, which is not declared"
                if "time" in attribute and not moment(attribute["time"]):
                    yield f"{row['id']}: {attribute['time']} is no time with an offset"
    objects = {row["id"] for row in log["objects"]}
    for row in log["events"] + log["objects"]:
        for relation in row["relationships"]:
            if relation["objectId"] not in objects:
                yield f"{row['id']} leads to {relation['objectId']}, which is not there"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        log = json.load(file)
    found = []
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            found += against(json.load(file), log, "log")
    found += found or coherent(log)
    for line in found[:20]:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
