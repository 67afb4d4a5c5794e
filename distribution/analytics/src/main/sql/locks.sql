-- Core view locks: stretches in which a life was locked, and in which it was disconnected. A lock
-- lasts until unlock, the end of the life, or a connect that says locked = false; a disconnect until
-- a connect or the end of the life. An open stretch lasts until the last event of its host.
SELECT
  l.host_id AS host_id, l.host_name AS host_name, l.lab AS lab, l.session_key AS session_key,
  l.user_key AS user_key, l.user_name AS user_name, l.offset_us AS offset_us,
  t.state AS state, t.us AS begin_us,
  GREATEST(t.us, COALESCE(t.next_us, l.until_us)) AS until_us,
  CASE WHEN t.next_us IS NULL AND l.ended = 'open' THEN 1 ELSE 0 END AS is_open
FROM (
  SELECT c.*,
    LEAD(c.us) OVER (PARTITION BY c.state, c.host_id, c.session_key
      ORDER BY c.place) AS next_us
  FROM (
    SELECT p.*,
      LAG(p.goes) OVER (PARTITION BY p.state, p.host_id, p.session_key
        ORDER BY p.place) AS went
    FROM (
      SELECT host_id, session_key, place, us, 'locked' AS state,
        CASE WHEN kind = 'lock' THEN 1 ELSE 0 END AS goes
      FROM events
      WHERE session_key IS NOT NULL AND pseudo = 0
        AND (kind IN ('lock', 'unlock', 'logoff', 'session_terminate')
          OR (kind IN ('console_connect', 'remote_connect') AND locked = 0)
          OR (kind = 'session_present' AND evidence = 'logoff'))
      UNION ALL
      SELECT host_id, session_key, place, us, 'disconnected' AS state,
        CASE WHEN kind IN ('console_disconnect', 'remote_disconnect') THEN 1 ELSE 0 END AS goes
      FROM events
      WHERE session_key IS NOT NULL AND pseudo = 0
        AND (kind IN ('console_connect', 'remote_connect', 'console_disconnect', 'remote_disconnect',
                      'logoff', 'session_terminate')
          OR (kind = 'session_present' AND evidence = 'logoff'))) p) c
  WHERE c.went IS NULL OR c.went <> c.goes) t
JOIN lives l ON l.host_id = t.host_id AND l.session_key = t.session_key
WHERE t.goes = 1 AND t.us >= l.begin_us AND t.us < l.until_us
