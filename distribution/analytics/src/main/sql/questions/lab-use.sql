-- 2. How much of its open time is each lab in use, hour by hour?
-- chart: line hour used_percent lab
WITH points AS (
  SELECT l.host_id AS host_id, l.lab AS lab, l.calendar AS calendar, e.step AS step,
    CASE WHEN e.step = 1 THEN GREATEST(l.begin_us, r.from_us) ELSE l.until_us END + l.offset_us AS us
  FROM lives l
  CROSS JOIN report r
  CROSS JOIN (SELECT 1 AS step UNION ALL SELECT -1 AS step) e
  WHERE l.until_us > GREATEST(l.begin_us, r.from_us)),
steps AS (
  SELECT host_id, lab, calendar, us,
    SUM(step) OVER (PARTITION BY host_id ORDER BY us, step ROWS UNBOUNDED PRECEDING) AS sessions,
    LEAD(us) OVER (PARTITION BY host_id ORDER BY us, step) AS next_us
  FROM points),
occupied AS (
  SELECT host_id, lab, calendar, us AS begin_us, next_us AS until_us,
    us - MOD(us, 86400000000) AS first_us, next_us - 1 - MOD(next_us - 1, 86400000000) AS last_us
  FROM steps
  WHERE sessions > 0 AND next_us > us),
occupied_days AS (
  SELECT host_id, lab, calendar, begin_us, until_us, first_us AS day_us
  FROM occupied
  UNION ALL
  SELECT o.host_id, o.lab, o.calendar, o.begin_us, o.until_us, o.first_us + n.n * 86400000000 AS day_us
  FROM occupied o
  CROSS JOIN numbered n
  WHERE o.last_us > o.first_us AND n.n >= 1 AND o.first_us + n.n * 86400000000 <= o.last_us),
reporting AS (
  SELECT d.lab AS lab, d.calendar AS calendar, d.day_us AS day_us, COUNT(*) AS stations
  FROM (
    SELECT h.host_id AS host_id, h.lab AS lab, h.calendar AS calendar,
      e.us + e.offset_us - MOD(e.us + e.offset_us, 86400000000) AS day_us
    FROM events e
    JOIN heard h ON h.host_id = e.host_id
    CROSS JOIN report r
    WHERE e.us >= r.from_us
    UNION DISTINCT
    SELECT host_id, lab, calendar, day_us FROM occupied_days) d
  GROUP BY d.lab, d.calendar, d.day_us),
spans AS (
  SELECT c.lab AS lab, c.last_us AS last_us,
    GREATEST(c.first_us, r.from_us) + c.told_local_us - c.told_us AS first_us
  FROM (
    SELECT h.lab AS lab, MIN(e.us) AS first_us, MAX(e.us + e.offset_us) AS last_us,
      MIN(CASE WHEN e.us >= q.from_us THEN e.us END) AS told_us,
      MIN(CASE WHEN e.us >= q.from_us THEN e.us + e.offset_us END) AS told_local_us
    FROM events e
    JOIN heard h ON h.host_id = e.host_id
    CROSS JOIN report q
    GROUP BY h.lab) c
  CROSS JOIN report r),
slots AS (
  SELECT p.lab AS lab, s.calendar AS calendar, s.day_us AS day_us, s.hour_us AS hour_us,
    GREATEST(s.from_us, p.first_us) AS from_us, LEAST(s.to_us, p.last_us) AS to_us
  FROM open_hours s
  JOIN (SELECT DISTINCT lab, calendar FROM heard) c ON c.calendar = s.calendar
  JOIN spans p ON p.lab = c.lab
  WHERE s.from_us < p.last_us AND s.to_us > p.first_us),
open AS (
  SELECT c.lab AS lab, c.hour_us AS hour_us, SUM(c.stations) AS stations,
    SUM(c.stations * c.open_us) AS open_us
  FROM (
    SELECT p.lab AS lab, p.calendar AS calendar, s.hour_us AS hour_us, MAX(p.stations) AS stations,
      SUM(s.to_us - s.from_us) AS open_us
    FROM reporting p
    JOIN slots s ON s.lab = p.lab AND s.calendar = p.calendar AND s.day_us = p.day_us
    GROUP BY p.lab, p.calendar, s.hour_us) c
  GROUP BY c.lab, c.hour_us),
used AS (
  SELECT o.lab AS lab, s.hour_us AS hour_us,
    SUM(LEAST(o.until_us, s.to_us) - GREATEST(o.begin_us, s.from_us)) AS used_us
  FROM occupied_days o
  JOIN slots s ON s.lab = o.lab AND s.calendar = o.calendar AND s.day_us = o.day_us
  WHERE o.begin_us < s.to_us AND o.until_us > s.from_us
  GROUP BY o.lab, s.hour_us)
SELECT o.lab AS lab, local_text(o.hour_us) AS hour, o.stations AS stations,
  ROUND(COALESCE(u.used_us, 0) / 3600000000.0, 3) AS used_hours,
  ROUND(COALESCE(u.used_us, 0) * 100.0 / o.open_us, 1) AS used_percent
FROM open o
LEFT JOIN used u ON u.lab = o.lab AND u.hour_us = o.hour_us
ORDER BY lab, hour
