-- Events as they lie in the table sessionbridge_events, whose columns are those of the format json.
SELECT
  CASE WHEN e.source IS NULL OR e.source LIKE '/sessionbridge/%' THEN '' ELSE e.source END AS source,
  id,
  splitByChar('-', id)[1] AS epoch,
  CAST(sequence AS BIGINT) AS seq,
  e.us AS us,
  COALESCE(toUnixTimestamp64Micro(parseDateTime64BestEffortOrNull(e.recordedtime, 6, 'UTC')), e.us) AS recorded_us,
  kind, host_id, host_name, session_key, session_id, user_sid, user_name, user_domain, account_type,
  CAST(e.remote AS Nullable(INTEGER)) AS remote,
  CAST(e.locked AS Nullable(INTEGER)) AS locked,
  CAST(e.inferred AS Nullable(INTEGER)) AS inferred,
  reason, evidence, boot_id,
  toUnixTimestamp64Micro(parseDateTime64BestEffortOrNull(e.logon_time, 6, 'UTC')) AS logon_us,
  CASE WHEN local_offset IS NULL THEN NULL
       ELSE (CASE WHEN local_offset LIKE '-%' THEN -1 ELSE 1 END)
            * (toInt64OrNull(SUBSTRING(local_offset, 2, 2)) * 60
               + toInt64OrNull(SUBSTRING(local_offset, 5, 2))) * 60000000 END AS offset_us,
  session_seconds,
  lost_count
FROM sessionbridge_events AS e
