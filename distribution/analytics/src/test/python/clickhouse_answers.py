"""Answers the questions with ClickHouse, in this process, by the SQL that the program brings.

Usage: clickhouse_answers.py SQL_FOLDER TABLES_FOLDER EVENTS_FILE OUT_FOLDER
"""

import pathlib
import sys

from chdb import session

VIEWS = ("events", "heard", "lives", "locks", "idle")


def statements(path):
    return [text for text in path.read_text().split(";\n") if text.strip()]


def main():
    sql, tables, events, out = (pathlib.Path(argument) for argument in sys.argv[1:5])
    engine = session.Session()
    engine.query("CREATE DATABASE fleet")
    engine.query("USE fleet")
    engine.query("SET join_use_nulls = 1")
    engine.query("SET prefer_column_name_to_alias = 1")
    for text in statements(sql / "clickhouse/functions.sql") + statements(sql / "clickhouse/tables.sql"):
        engine.query(text)
    columns = ", ".join(line.split(",")[0] for line in (sql / "columns.csv").read_text().split())
    engine.query(
        f"INSERT INTO sessionbridge_events ({columns}) SELECT {columns} FROM file('{events}', 'JSONEachRow')"
        " SETTINGS input_format_skip_unknown_fields = 1"
    )
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
