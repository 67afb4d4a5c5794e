-- Events as they lie in the lake, with one type for a thing. Times are microseconds since 1970 in
-- UTC, so that the rest needs no function of dates. ${lines} is what reads the files.
SELECT
  CASE WHEN source IS NULL OR source LIKE '/sessionbridge/%' THEN '' ELSE source END AS source,
  id,
  split_part(id, '-', 1) AS epoch,
  TRY_CAST(sequence AS BIGINT) AS seq,
  epoch_us(TRY_CAST(time AS TIMESTAMP)) AS us,
  epoch_us(COALESCE(TRY_CAST(recordedtime AS TIMESTAMP), TRY_CAST(time AS TIMESTAMP))) AS recorded_us,
  kind, host_id, host_name, session_key, session_id, user_sid, user_name, user_domain, account_type,
  CAST(remote AS INTEGER) AS remote,
  CAST(locked AS INTEGER) AS locked,
  CAST(inferred AS INTEGER) AS inferred,
  reason, evidence, boot_id,
  epoch_us(TRY_CAST(logon_time AS TIMESTAMP)) AS logon_us,
  CASE WHEN local_offset IS NULL THEN NULL
       ELSE (CASE WHEN local_offset LIKE '-%' THEN -1 ELSE 1 END)
            * (TRY_CAST(SUBSTRING(local_offset, 2, 2) AS BIGINT) * 60
               + TRY_CAST(SUBSTRING(local_offset, 5, 2) AS BIGINT)) * 60000000 END AS offset_us,
  session_seconds,
  lost_count
FROM ${lines}
