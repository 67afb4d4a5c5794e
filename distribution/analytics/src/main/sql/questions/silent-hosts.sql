-- 9. Which hosts are silent, and why?
SELECT h.host_name AS host, h.lab AS lab, utc_text(h.last_us) AS last_heard,
  ROUND((r.to_us - h.last_us) / 3600000000.0, 1) AS silent_hours,
  CASE WHEN w.down > w.up THEN 'shut down' WHEN w.sleep > w.up THEN 'asleep'
    WHEN w.stop > w.up THEN 'agent stopped' ELSE 'no word' END AS reason,
  w.gaps AS gaps, w.lost AS lost_events
FROM heard h
CROSS JOIN report r
JOIN (
  SELECT host_id,
    MAX(CASE WHEN kind IN ('bridge_start', 'bridge_heartbeat', 'host_resume') THEN place ELSE 0 END) AS up,
    MAX(CASE WHEN kind = 'host_shutdown' THEN place ELSE 0 END) AS down,
    MAX(CASE WHEN kind = 'host_suspend' THEN place ELSE 0 END) AS sleep,
    MAX(CASE WHEN kind = 'bridge_stop' THEN place ELSE 0 END) AS stop,
    SUM(CASE WHEN kind = 'gap' THEN 1 ELSE 0 END) AS gaps,
    SUM(CASE WHEN kind = 'gap' THEN lost_count ELSE 0 END) AS lost
  FROM events
  GROUP BY host_id) w
  ON w.host_id = h.host_id
WHERE h.beat_us IS NOT NULL AND h.last_us + r.late_us < r.to_us
ORDER BY silent_hours DESC, host, h.host_id
