-- The first and last event of each host, under its latest name.
SELECT n.host_id AS host_id, n.host_name AS host_name, n.lab AS lab, n.calendar AS calendar,
  n.host_first_us AS first_us, n.host_last_us AS last_us, n.host_beat_us AS beat_us
FROM (
  SELECT m.*,
    MIN(m.first_us) OVER (PARTITION BY m.host_id) AS host_first_us,
    MAX(m.last_us) OVER (PARTITION BY m.host_id) AS host_last_us,
    MAX(m.beat_us) OVER (PARTITION BY m.host_id) AS host_beat_us,
    ROW_NUMBER() OVER (PARTITION BY m.host_id ORDER BY m.last_us DESC, m.host_name) AS place
  FROM (
    SELECT host_id, host_name, lab, calendar, MIN(us) AS first_us, MAX(us) AS last_us,
      MAX(CASE WHEN kind IN ('bridge_heartbeat', 'bridge_start') THEN us END) AS beat_us
    FROM events
    GROUP BY host_id, host_name, lab, calendar) m) n
WHERE n.place = 1
