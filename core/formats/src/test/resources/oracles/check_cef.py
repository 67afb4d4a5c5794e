"""Reads CEF messages, one a line, as cefp and cefevent understand them.

Prints each as a JSON object. Ends with an error at the first that one of them refuses: cefp parses,
cefevent knows the keys of the dictionary, their types and their lengths.
"""

import json
import sys

import cefp
from cefevent import CEFEvent

OWN = "SessionBridge"

# The dictionary of cefevent is older than this key, eventOutcome, of at most 63 characters.
NEWER = {"outcome": 63}

for line in sys.stdin.buffer.read().decode("utf-8").splitlines(keepends=False):
    message = cefp.parse(line)
    event = CEFEvent(strict=True)
    event.set_prefix("severity", message["severity"])
    for key, value in message["extension"].items():
        if key.startswith(OWN):
            assert key.isalnum(), key
        elif key in NEWER:
            assert len(value) <= NEWER[key], (key, value)
        else:
            event.set_field(key, value)
    print(json.dumps(message, ensure_ascii=True))
