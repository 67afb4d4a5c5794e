-- 4. How long do users wait from logon to desktop?
-- chart: bar host p95_seconds
WITH waits AS (
  SELECT l.host_id AS host_id, l.host_name AS host,
    CASE WHEN l.desktop_us <= COALESCE(d.parted_us, l.until_us) THEN l.desktop_us
         WHEN l.shell_us <= COALESCE(d.parted_us, l.until_us) THEN l.shell_us END - CASE
      WHEN l.create_us <= l.begin_us AND l.begin_us - l.create_us <= 120000000 THEN l.create_us
      WHEN l.logon_us <= l.begin_us THEN l.logon_us END AS wait_us
  FROM lives l
  CROSS JOIN report r
  LEFT JOIN (
    SELECT f.host_id AS host_id, f.session_key AS session_key, MIN(e.us) AS parted_us
    FROM lives f
    JOIN events e ON e.host_id = f.host_id AND e.session_key = f.session_key
    WHERE e.kind IN ('console_disconnect', 'remote_disconnect') AND e.us >= f.begin_us
    GROUP BY f.host_id, f.session_key) d
    ON d.host_id = l.host_id AND d.session_key = l.session_key
  WHERE l.began = 'logon' AND l.begin_us >= r.from_us),
ranked AS (
  SELECT w.host_id AS host_id, w.host AS host, w.wait_us AS wait_us,
    ROW_NUMBER() OVER (PARTITION BY w.host_id ORDER BY w.wait_us) AS place,
    COUNT(*) OVER (PARTITION BY w.host_id) AS logons
  FROM (
    SELECT host_id, host, wait_us FROM waits
    UNION ALL
    SELECT '' AS host_id, '(all)' AS host, wait_us FROM waits) w
  WHERE w.wait_us >= 0)
SELECT host, MAX(logons) AS logons,
  ROUND(MIN(CASE WHEN place * 2 >= logons THEN wait_us END) / 1000000.0, 2) AS median_seconds,
  ROUND(MIN(CASE WHEN place * 100 >= logons * 95 THEN wait_us END) / 1000000.0, 2) AS p95_seconds,
  ROUND(MAX(wait_us) / 1000000.0, 2) AS longest_seconds
FROM ranked
GROUP BY host_id, host
ORDER BY p95_seconds DESC, longest_seconds DESC, host, host_id
