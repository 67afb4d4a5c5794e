"""Stores the records of a topic with ClickHouse, by kafka.sql with a table in place of the queue.

Usage: clickhouse_queue.py SQL_FOLDER RECORDS_FILE OUT_FILE
"""

import pathlib
import re
import sys

from chdb import session

HEADERS = ", `_headers.name` Array(String), `_headers.value` Array(String)"


def statements(text):
    return [one for one in text.split(";\n") if one.strip()]


def main():
    sql, records, out = (pathlib.Path(argument) for argument in sys.argv[1:4])
    engine = session.Session()
    engine.query("CREATE DATABASE fleet")
    engine.query("USE fleet")
    kafka = (sql / "clickhouse/kafka.sql").read_text()
    queue, engines = re.subn(r"\n\) ENGINE = Kafka\nSETTINGS [^;]*;", HEADERS + ") ENGINE = Memory;", kafka)
    assert engines == 1, kafka
    for text in statements((sql / "clickhouse/tables.sql").read_text()) + statements(queue):
        engine.query(text)
    for record in records.read_text().splitlines():
        engine.query("INSERT INTO sessionbridge_queue FORMAT JSONEachRow " + record)
    stored = engine.query("SELECT id, kind, us, source FROM sessionbridge_events ORDER BY id", "CSV")
    out.write_bytes(stored.bytes())


main()
