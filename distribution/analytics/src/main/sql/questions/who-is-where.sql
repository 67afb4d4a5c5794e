-- 5. Who is where now, that is at the end of the report?
SELECT l.user_name AS user, l.host_name AS host, l.lab AS lab,
  CASE WHEN l.remote = 1 THEN 'remote' ELSE 'console' END AS logged_on,
  utc_text(l.begin_us) AS since,
  CASE WHEN h.last_us + r.late_us < r.to_us THEN 'unknown'
       WHEN d.begin_us IS NOT NULL THEN 'disconnected'
       WHEN k.begin_us IS NOT NULL THEN 'locked' ELSE 'in use' END AS state,
  utc_text(CASE WHEN h.last_us + r.late_us < r.to_us THEN h.last_us
    ELSE COALESCE(d.begin_us, k.begin_us, l.begin_us) END) AS state_since
FROM lives l
JOIN heard h ON h.host_id = l.host_id
CROSS JOIN report r
LEFT JOIN (
  SELECT host_id, session_key, MAX(begin_us) AS begin_us FROM locks
  WHERE state = 'locked' AND is_open = 1 GROUP BY host_id, session_key) k
  ON k.host_id = l.host_id AND k.session_key = l.session_key
LEFT JOIN (
  SELECT host_id, session_key, MAX(begin_us) AS begin_us FROM locks
  WHERE state = 'disconnected' AND is_open = 1 GROUP BY host_id, session_key) d
  ON d.host_id = l.host_id AND d.session_key = l.session_key
WHERE l.ended = 'open'
ORDER BY user, host, since, l.session_key
