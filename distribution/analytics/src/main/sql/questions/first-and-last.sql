-- 3. When does each user come first and leave last, day by day?
SELECT MAX(d.user_name) AS user, day_text(d.day_us) AS day, local_text(MIN(d.come_us)) AS first,
  local_text(MAX(d.logoff_us)) AS last_logoff, local_text(MAX(d.leave_us)) AS last_leaving
FROM (
  SELECT l.user_key AS user_key, l.user_name AS user_name,
    e.us + e.offset_us - MOD(e.us + e.offset_us, 86400000000) AS day_us,
    CASE WHEN e.kind IN ('logon', 'unlock') THEN e.us + e.offset_us END AS come_us,
    CASE WHEN e.kind = 'logoff' THEN e.us + e.offset_us END AS logoff_us,
    CASE WHEN e.kind IN ('lock', 'console_disconnect', 'remote_disconnect')
      THEN e.us + e.offset_us END AS leave_us
  FROM events e
  JOIN lives l ON l.host_id = e.host_id AND l.session_key = e.session_key
  CROSS JOIN report r
  WHERE e.us >= r.from_us AND e.us >= l.begin_us AND e.us <= l.until_us AND e.pseudo = 0
    AND e.kind IN ('logon', 'unlock', 'logoff', 'lock', 'console_disconnect', 'remote_disconnect')) d
GROUP BY d.user_key, d.day_us
ORDER BY day, user, d.user_key
