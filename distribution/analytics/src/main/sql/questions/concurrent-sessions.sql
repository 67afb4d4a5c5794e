-- 1. How many sessions does each host have at once?
-- chart: bar host peak
SELECT p.host AS host, MAX(p.sessions) AS peak,
  utc_text(MIN(CASE WHEN p.sessions = p.most THEN p.us END)) AS peak_at,
  ROUND(SUM(p.sessions * (p.next_us - p.us)) * 1.0 / MAX(p.heard_us), 3) AS mean
FROM (
  SELECT s.*, MAX(s.sessions) OVER (PARTITION BY s.host_id) AS most
  FROM (
    SELECT d.host_id AS host_id, d.host AS host, d.us AS us, d.heard_us AS heard_us,
      SUM(d.step) OVER (PARTITION BY d.host_id ORDER BY d.us, d.step ROWS UNBOUNDED PRECEDING) AS sessions,
      COALESCE(LEAD(d.us) OVER (PARTITION BY d.host_id ORDER BY d.us, d.step), d.us) AS next_us
    FROM (
      SELECT c.host_id AS host_id, c.host AS host, c.heard_us AS heard_us, e.step AS step,
        CASE WHEN e.step = 1 THEN c.from_us ELSE c.to_us END AS us
      FROM (
        SELECT l.host_id AS host_id, l.host_name AS host,
          GREATEST(l.begin_us, r.from_us) AS from_us, l.until_us AS to_us,
          h.last_us - GREATEST(h.first_us, r.from_us) AS heard_us
        FROM lives l
        JOIN heard h ON h.host_id = l.host_id
        CROSS JOIN report r
        WHERE l.until_us > GREATEST(l.begin_us, r.from_us)) c
      CROSS JOIN (SELECT 1 AS step UNION ALL SELECT -1 AS step) e) d) s) p
GROUP BY p.host_id, p.host
ORDER BY peak DESC, mean DESC, host, p.host_id
