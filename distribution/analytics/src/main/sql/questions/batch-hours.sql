-- 10. How many hours does each host have for batch work?
-- chart: bar host usable_hours
SELECT c.host AS host, c.lab AS lab, COUNT(*) AS idle_stretches,
  ROUND(SUM(c.idle_us) / 3600000000.0, 2) AS idle_hours,
  SUM(CASE WHEN c.idle_us >= c.job_us THEN 1 ELSE 0 END) AS usable_stretches,
  ROUND(SUM(CASE WHEN c.idle_us >= c.job_us THEN c.idle_us ELSE 0 END) / 3600000000.0, 2) AS usable_hours,
  ROUND(SUM(CASE WHEN c.idle_us >= c.job_us THEN 1 ELSE 0 END) * 100.0 / COUNT(*), 1) AS usable_percent
FROM (
  SELECT i.host_id AS host_id, i.host_name AS host, i.lab AS lab, r.job_us AS job_us,
    i.until_us - GREATEST(i.begin_us, r.from_us) AS idle_us
  FROM idle i
  CROSS JOIN report r
  WHERE i.until_us > GREATEST(i.begin_us, r.from_us)) c
GROUP BY c.host_id, c.host, c.lab
ORDER BY usable_hours DESC, idle_hours DESC, host, c.host_id
