"""Converts Sigma rules and prints which events each of them finds.

Arguments: the folder of the rules, and a file with ECS events, one a line.
Standard output: a JSON object; under the name of each rule's file its conversions, and the numbers of
the lines that the query for SQLite finds. SQLite is the one engine of those that runs everywhere.
"""

import json
import pathlib
import sqlite3
import sys

from sigma.backends.elasticsearch import LuceneBackend
from sigma.backends.splunk import SplunkBackend
from sigma.backends.sqlite import sqliteBackend
from sigma.collection import SigmaCollection
from sigma.processing.pipeline import ProcessingPipeline


def flat(value, path=""):
    for name, member in value.items():
        if isinstance(member, dict):
            yield from flat(member, path + name + ".")
        elif isinstance(member, list):
            yield path + name, json.dumps(member)
        else:
            yield path + name, member


def column(name):
    return "`" + name.replace("`", "``") + "`"


def table(events):
    rows = [dict(flat(event)) for event in events]
    names = sorted({name for row in rows for name in row}, key=str.lower)
    assert len({name.lower() for name in names}) == len(names), "SQLite's names have no case"
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE TABLE logs (line INTEGER, {', '.join(map(column, names))})")
    places = ", ".join("?" * (len(names) + 1))
    for line, row in enumerate(rows):
        values = [line] + [row.get(name) for name in names]
        database.execute(f"INSERT INTO logs VALUES ({places})", values)
    return database


def only(queries):
    assert len(queries) == 1, queries
    return queries[0]


folder = pathlib.Path(sys.argv[1])
lines = pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
logs = table([json.loads(line) for line in lines])
pipeline = ProcessingPipeline.from_yaml((folder / "pipelines/splunk.yml").read_text("utf-8"))
result = {}
for file in sorted(folder.glob("*.yml")):
    text = file.read_text(encoding="utf-8")

    def convert(backend):
        rules = SigmaCollection.from_yaml(text)
        assert not rules.errors, rules.errors
        return only(backend.convert(rules))

    query = convert(sqliteBackend())
    result[file.stem] = {
        "splunk": convert(SplunkBackend(processing_pipeline=pipeline)),
        "elasticsearch": convert(LuceneBackend()),
        "lines": [row[0] for row in logs.execute(query)],
    }
print(json.dumps(result, ensure_ascii=True))
