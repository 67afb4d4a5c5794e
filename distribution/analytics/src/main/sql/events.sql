-- Core view events: each event once, up to the end of the report, with its user and its local time.
-- A pseudo user (the window manager, a service) has person 0. A user is a SID, else domain\name in
-- lower case. offset_us is that of the event, else that of the host's zone. place is the order in which
-- a host emitted its events: sequence numbers begin again when a journal is made anew, so the epochs, the
-- fronts of the ids, count by when they began.
SELECT
  o.id AS id, o.seq AS seq, p.before + o.seq AS place, o.us AS us, o.kind AS kind, o.host_id AS host_id,
  COALESCE(o.host_name, o.host_id) AS host_name,
  o.session_key AS session_key, o.session_id AS session_id,
  CASE WHEN o.user_sid IS NOT NULL THEN o.user_sid
       WHEN o.user_name IS NULL THEN NULL
       WHEN o.user_domain IS NULL THEN LOWER(o.user_name)
       ELSE LOWER(o.user_domain) || '/' || LOWER(o.user_name) END AS user_key,
  CASE WHEN o.user_name IS NULL THEN NULL
       WHEN o.user_domain IS NULL THEN o.user_name
       ELSE o.user_domain || '/' || o.user_name END AS user_name,
  CASE WHEN o.user_name IS NULL AND o.user_sid IS NULL THEN 0
       WHEN o.account_type IN ('virtual', 'service') THEN 0 ELSE 1 END AS person,
  CASE WHEN o.account_type IN ('virtual', 'service') THEN 1 ELSE 0 END AS pseudo,
  o.remote AS remote, o.locked AS locked, COALESCE(o.inferred, 0) AS inferred, o.reason AS reason,
  o.evidence AS evidence, o.boot_id AS boot_id, o.logon_us AS logon_us,
  o.session_seconds AS session_seconds, COALESCE(o.lost_count, 0) AS lost_count,
  COALESCE(o.offset_us, z.offset_us, 0) AS offset_us,
  COALESCE(h.lab, 'all') AS lab, COALESCE(h.calendar, 'default') AS calendar
FROM once o
CROSS JOIN report r
JOIN (
  SELECT t.host_id AS host_id, t.epoch AS epoch,
    CAST(SUM(t.most) OVER (PARTITION BY t.host_id ORDER BY t.first_us, t.epoch
      ROWS UNBOUNDED PRECEDING) AS BIGINT) - t.most AS before
  FROM (
    SELECT host_id, epoch, MIN(recorded_us) AS first_us, MAX(seq) AS most
    FROM once GROUP BY host_id, epoch) t) p
  ON p.host_id = o.host_id AND p.epoch = o.epoch
LEFT JOIN hosts h ON h.host = LOWER(COALESCE(o.host_name, o.host_id))
LEFT JOIN zone_offsets z
  ON z.zone = COALESCE(h.zone, r.zone) AND o.offset_us IS NULL AND o.us >= z.from_us AND o.us < z.to_us
WHERE o.us <= r.to_us
