-- What a report is about. A scheduled question has now() in it; a report of the past has its end.
CREATE OR REPLACE VIEW report AS
SELECT
  CAST(toUnixTimestamp64Micro(now64(6)) - 30 * 86400000000 AS Int64) AS from_us,
  CAST(toUnixTimestamp64Micro(now64(6)) AS Int64) AS to_us,
  'UTC' AS zone,
  CAST(4 * 3600000000 AS Int64) AS long_us,
  CAST(30 * 60000000 AS Int64) AS late_us,
  CAST(3600000000 AS Int64) AS job_us,
  CAST(60000000 AS Int64) AS overlap_us;
