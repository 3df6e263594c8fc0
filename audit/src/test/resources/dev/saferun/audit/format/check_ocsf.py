"""Reads events, one JSON object a line, and prints what their OCSF schema has against them."""

import json
import sys

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

schemas = {}
validators = {}


def validator(event):
    version = event["metadata"]["version"]
    profiles = event["metadata"]["profiles"]
    key = (version, event["class_uid"], *profiles)
    if key not in validators:
        if version not in schemas:
            schemas[version] = OcsfJsonSchemaEmbedded(get_ocsf_schema(version))
        name = schemas[version].lookup_class_name_from_uid(event["class_uid"])
        validators[key] = Draft202012Validator(
            schemas[version].get_class_schema(name, profiles)
        )
    return validators[key]


count = 0
for line in sys.stdin:
    event = json.loads(line)
    count += 1
    for error in validator(event).iter_errors(event):
        print(event["class_uid"], list(error.absolute_path), error.message[:200])
print("checked", count)
