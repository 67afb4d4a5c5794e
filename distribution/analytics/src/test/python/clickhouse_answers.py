"""Answers the questions with ClickHouse, in this process, by the SQL that the program brings.

Usage: clickhouse_answers.py SQL_FOLDER TABLES_FOLDER EVENTS OUT_FOLDER

EVENTS is a file of JSON lines, or HOST:PORT/COUNT: a Kafka broker, whose topic has so many events.
"""

import pathlib
import sys
import time

from chdb import session

VIEWS = ("events", "heard", "lives", "locks", "idle")


def statements(text):
    return [one for one in text.split(";\n") if one.strip()]


def load_file(engine, sql, events):
    columns = ", ".join(line.split(",")[0] for line in (sql / "columns.csv").read_text().split())
    engine.query(
        f"INSERT INTO sessionbridge_events ({columns}) SELECT {columns} FROM file('{events}', 'JSONEachRow')"
        " SETTINGS input_format_skip_unknown_fields = 1"
    )


def load_topic(engine, sql, broker, count):
    queue, view = statements((sql / "clickhouse/kafka.sql").read_text().replace("broker:9092", broker))
    read = ""
    try:
        engine.query(queue)
    except RuntimeError as e:
        # From version 4 on, chdb has no threads that empty a queue. The table is there and can be read.
        if "Shutdown was called" not in str(e):
            raise
        read = "SELECT\n" + view.split("\nSELECT\n", 1)[1]
        described = engine.query(f"DESCRIBE ({read})", "TSV").data().splitlines()
        names = [line.split("\t")[0] for line in described]
        read = (
            f"INSERT INTO sessionbridge_events ({', '.join(names)}) {read}"
            " SETTINGS stream_like_engine_allow_direct_select = 1"
        )
    if not read:
        engine.query(view)
    end = time.monotonic() + 120
    stored = 0
    while stored < count:
        if time.monotonic() > end:
            sys.exit(f"{stored} of {count} events in time")
        if read:
            engine.query(read)
        else:
            time.sleep(0.5)
        stored = int(engine.query("SELECT COUNT(DISTINCT id) FROM sessionbridge_events").data())
    if not read:
        engine.query("DROP TABLE sessionbridge_queue_to_events")


def main():
    sql, tables, out = (pathlib.Path(sys.argv[at]) for at in (1, 2, 4))
    events = sys.argv[3]
    engine = session.Session()
    engine.query("CREATE DATABASE fleet")
    engine.query("USE fleet")
    engine.query("SET join_use_nulls = 1")
    engine.query("SET prefer_column_name_to_alias = 1")
    for file in ("functions", "tables"):
        for text in statements((sql / f"clickhouse/{file}.sql").read_text()):
            engine.query(text)
    if pathlib.Path(events).exists():
        load_file(engine, sql, events)
    else:
        broker, count = events.split("/")
        load_topic(engine, sql, broker, int(count))
    for table in ("hosts", "zone_offsets", "open_hours"):
        engine.query(f"INSERT INTO {table} SELECT * FROM file('{tables / table}.csv', 'CSVWithNames')")
    engine.query(
        "CREATE TABLE report (from_us Int64, to_us Int64, zone String, long_us Int64, late_us Int64,"
        " job_us Int64, overlap_us Int64) ENGINE = Memory"
    )
    engine.query(f"INSERT INTO report SELECT * FROM file('{tables}/report.csv', 'CSVWithNames')")
    engine.query("CREATE VIEW raw AS " + (sql / "clickhouse/raw.sql").read_text())
    engine.query("CREATE VIEW once AS " + (sql / "clickhouse/once.sql").read_text())
    for view in VIEWS:
        engine.query(f"CREATE VIEW {view} AS " + (sql / f"{view}.sql").read_text())
    for question in sorted((sql / "questions").glob("*.sql")):
        answer = engine.query(question.read_text(), "CSVWithNames")
        (out / f"{question.stem}.csv").write_bytes(answer.bytes())


main()
