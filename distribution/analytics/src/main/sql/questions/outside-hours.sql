-- 7. Who came outside the opening hours?
SELECT local_text(e.us + e.offset_us) AS time, e.kind AS kind, l.user_name AS user, l.host_name AS host,
  l.lab AS lab
FROM events e
JOIN lives l ON l.host_id = e.host_id AND l.session_key = e.session_key
CROSS JOIN report r
LEFT JOIN (
  SELECT calendar, hour_us, MIN(from_us) AS from_us, MAX(to_us) AS to_us
  FROM open_hours GROUP BY calendar, hour_us) s
  ON s.calendar = l.calendar
    AND s.hour_us = e.us + e.offset_us - MOD(e.us + e.offset_us, 3600000000)
WHERE e.kind IN ('logon', 'unlock', 'remote_connect') AND e.pseudo = 0
  AND e.us >= r.from_us AND e.us >= l.begin_us AND e.us <= l.until_us
  AND (s.from_us IS NULL OR e.us + e.offset_us < s.from_us OR e.us + e.offset_us >= s.to_us)
ORDER BY time, user, host, kind, e.place
