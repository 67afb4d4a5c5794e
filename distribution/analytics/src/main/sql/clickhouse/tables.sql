-- The events: the columns of the format json, and source. Copies are merged in the background; the
-- view once leaves out those that are not merged yet.
CREATE TABLE IF NOT EXISTS sessionbridge_events (
  source Nullable(String),
  id String,
  time String,
  recordedtime String,
  sequence String,
  kind LowCardinality(String),
  host_id String,
  session_id Nullable(Int64),
  raw_code Nullable(Int64),
  reason LowCardinality(Nullable(String)),
  source_id LowCardinality(Nullable(String)),
  source_type LowCardinality(Nullable(String)),
  inferred Nullable(Bool),
  evidence LowCardinality(Nullable(String)),
  ambiguous Nullable(Bool),
  confirmed Nullable(Bool),
  host_name Nullable(String),
  host_fqdn Nullable(String),
  host_domain Nullable(String),
  local_offset LowCardinality(Nullable(String)),
  uptime_ms Nullable(Int64),
  boot_id Nullable(String),
  session_key Nullable(String),
  station Nullable(String),
  protocol LowCardinality(Nullable(String)),
  remote Nullable(Bool),
  session_state LowCardinality(Nullable(String)),
  locked Nullable(Bool),
  remote_control Nullable(Bool),
  logon_time Nullable(String),
  client_name Nullable(String),
  client_address Nullable(String),
  user_name Nullable(String),
  user_domain Nullable(String),
  user_sid Nullable(String),
  user_upn Nullable(String),
  account_type LowCardinality(Nullable(String)),
  logon_id Nullable(String),
  logon_type LowCardinality(Nullable(String)),
  auth_package LowCardinality(Nullable(String)),
  logon_server Nullable(String),
  dns_domain Nullable(String),
  elevated Nullable(Bool),
  first_sequence Nullable(Int64),
  last_sequence Nullable(Int64),
  lost_count Nullable(Int64),
  agent_version LowCardinality(Nullable(String)),
  config_hash LowCardinality(Nullable(String)),
  health LowCardinality(Nullable(String)),
  health_detail Nullable(String),
  backlog_age_ms Nullable(Int64),
  previous_host_id Nullable(String),
  old_time Nullable(String),
  new_time Nullable(String),
  difference_ms Nullable(Int64),
  time_after Nullable(String),
  last_active_seconds Nullable(Int64),
  last_locked_seconds Nullable(Int64),
  last_disconnected_seconds Nullable(Int64),
  last_screensaver_seconds Nullable(Int64),
  session_seconds Nullable(Int64),
  active_seconds Nullable(Int64),
  locked_seconds Nullable(Int64),
  disconnected_seconds Nullable(Int64),
  screensaver_seconds Nullable(Int64),
  asleep_seconds Nullable(Int64),
  since Nullable(String),
  basis LowCardinality(Nullable(String)),
  last_host_active_seconds Nullable(Int64),
  last_host_idle_seconds Nullable(Int64),
  key_id LowCardinality(Nullable(String)),
  us Int64 MATERIALIZED toUnixTimestamp64Micro(parseDateTime64BestEffort(time, 6, 'UTC'))
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(fromUnixTimestamp64Micro(us, 'UTC'))
ORDER BY (host_id, sequence, id);
-- What no event says; "sessionbridge-report tables" writes the rows.
CREATE TABLE IF NOT EXISTS hosts (
  host String, lab Nullable(String), calendar Nullable(String), zone Nullable(String)
) ENGINE = MergeTree ORDER BY host;
CREATE TABLE IF NOT EXISTS zone_offsets (
  zone String, from_us Int64, to_us Int64, offset_us Int64
) ENGINE = MergeTree ORDER BY (zone, from_us);
CREATE TABLE IF NOT EXISTS open_hours (
  calendar String, day_us Int64, hour_us Int64, from_us Int64, to_us Int64
) ENGINE = MergeTree ORDER BY (calendar, day_us, from_us);
CREATE VIEW IF NOT EXISTS numbered AS SELECT CAST(number AS Int64) AS n FROM numbers(1000);
