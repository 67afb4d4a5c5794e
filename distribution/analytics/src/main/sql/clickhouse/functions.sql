-- How the answers show microseconds.
CREATE FUNCTION IF NOT EXISTS utc_text AS (us) -> formatDateTime(fromUnixTimestamp64Micro(CAST(us AS Nullable(Int64)), 'UTC'), '%Y-%m-%dT%H:%i:%SZ');
CREATE FUNCTION IF NOT EXISTS local_text AS (us) -> formatDateTime(fromUnixTimestamp64Micro(CAST(us AS Nullable(Int64)), 'UTC'), '%Y-%m-%d %H:%i:%S');
CREATE FUNCTION IF NOT EXISTS day_text AS (us) -> formatDateTime(fromUnixTimestamp64Micro(CAST(us AS Nullable(Int64)), 'UTC'), '%Y-%m-%d');
