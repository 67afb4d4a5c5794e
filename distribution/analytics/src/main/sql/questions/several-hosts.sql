-- 8. Which users are on several hosts at once?
-- Two lives overlap for overlap_us or longer if they still meet when each ends overlap_us earlier.
WITH points AS (
  SELECT l.user_key AS user_key, l.host_id AS host_id, e.step AS step,
    CASE WHEN e.step = 1 THEN l.begin_us ELSE l.until_us END AS us
  FROM lives l
  CROSS JOIN (SELECT 1 AS step UNION ALL SELECT -1 AS step) e
  WHERE l.until_us > l.begin_us),
steps AS (
  SELECT user_key, host_id, us, step,
    SUM(step) OVER (PARTITION BY user_key, host_id ORDER BY us, step DESC
      ROWS UNBOUNDED PRECEDING) AS sessions
  FROM points),
edges AS (
  SELECT user_key, host_id, us AS begin_us, step, sessions,
    LEAD(us) OVER (PARTITION BY user_key, host_id ORDER BY us, step DESC) AS until_us
  FROM steps
  WHERE sessions = 0 OR (sessions = 1 AND step = 1)),
stays AS (
  SELECT g.user_key AS user_key, g.host_id AS host_id, g.begin_us AS begin_us, g.until_us AS until_us
  FROM edges g
  CROSS JOIN report r
  WHERE g.sessions = 1 AND g.until_us - g.begin_us >= r.overlap_us AND g.until_us >= r.from_us),
meetings AS (
  SELECT m.*,
    SUM(m.step) OVER (PARTITION BY m.user_key ORDER BY m.us, m.step DESC, m.host_id
      ROWS UNBOUNDED PRECEDING) AS hosts
  FROM (
    SELECT s.user_key AS user_key, s.host_id AS host_id, e.step AS step,
      CASE WHEN e.step = 1 THEN s.begin_us ELSE s.until_us - r.overlap_us END AS us
    FROM stays s
    CROSS JOIN report r
    CROSS JOIN (SELECT 1 AS step UNION ALL SELECT -1 AS step) e) m),
marks AS (
  SELECT user_key, us, hosts,
    SUM(CASE WHEN step = 1 AND hosts = 2 THEN 1 ELSE 0 END) OVER (PARTITION BY user_key
      ORDER BY us, step DESC, host_id ROWS UNBOUNDED PRECEDING) AS meeting
  FROM meetings
  WHERE hosts >= 2 OR (hosts = 1 AND step = -1)),
found AS (
  SELECT user_key, meeting, MIN(us) AS begin_us, MAX(us) AS end_us, MAX(hosts) AS hosts
  FROM marks
  WHERE meeting > 0
  GROUP BY user_key, meeting),
names AS (
  SELECT user_key, MAX(user_name) AS user_name FROM lives GROUP BY user_key)
SELECT n.user_name AS user, utc_text(f.begin_us) AS since, utc_text(f.end_us + r.overlap_us) AS until,
  f.hosts AS hosts_at_once, h.host_name AS host
FROM found f
CROSS JOIN report r
JOIN names n ON n.user_key = f.user_key
JOIN (
  SELECT DISTINCT a.user_key AS user_key, a.meeting AS meeting, s.host_id AS host_id
  FROM found a
  CROSS JOIN report q
  JOIN stays s ON s.user_key = a.user_key
  WHERE s.begin_us <= a.end_us AND s.until_us - q.overlap_us >= a.begin_us) w
  ON w.user_key = f.user_key AND w.meeting = f.meeting
JOIN heard h ON h.host_id = w.host_id
ORDER BY since, user, f.user_key, host, h.host_id
