-- How the answers show microseconds.
CREATE MACRO utc_text(us) AS strftime(make_timestamp(CAST(us AS BIGINT)), '%Y-%m-%dT%H:%M:%SZ');
CREATE MACRO local_text(us) AS strftime(make_timestamp(CAST(us AS BIGINT)), '%Y-%m-%d %H:%M:%S');
CREATE MACRO day_text(us) AS strftime(make_timestamp(CAST(us AS BIGINT)), '%Y-%m-%d');
