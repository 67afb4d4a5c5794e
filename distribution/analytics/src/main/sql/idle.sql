-- Core view idle: stretches in which a host was idle and awake and its agent listened. A sleep cuts
-- a stretch in two, and so does a time in which the agent did not run. One that lasts ends with the
-- last event that the agent recorded.
SELECT h.host_id AS host_id, h.host_name AS host_name, h.lab AS lab,
  q.begin_us AS begin_us, q.until_us AS until_us
FROM (
  SELECT k.host_id AS host_id, k.part AS part, MIN(k.us) AS begin_us, MAX(k.next_us) AS until_us
  FROM (
    SELECT j.*,
      SUM(CASE WHEN j.counts = 1 THEN 0 ELSE 1 END) OVER (PARTITION BY j.host_id
        ORDER BY j.place ROWS UNBOUNDED PRECEDING) AS part
    FROM (
      SELECT i.*,
        CASE WHEN MOD(i.idle_mark, 2) = 1 AND MOD(i.awake_mark, 2) = 1
               AND i.next_kind <> 'bridge_start' THEN 1 ELSE 0 END AS counts
      FROM (
        SELECT e.host_id AS host_id, e.place AS place, e.us AS us, e.kind AS kind,
          LEAD(e.us) OVER (PARTITION BY e.host_id ORDER BY e.place) AS next_us,
          LEAD(e.kind) OVER (PARTITION BY e.host_id ORDER BY e.place) AS next_kind,
          MAX(CASE WHEN e.kind = 'host_idle' THEN e.place * 2 + 1
                   WHEN e.kind = 'host_active' THEN e.place * 2 ELSE 0 END)
            OVER (PARTITION BY e.host_id ORDER BY e.place ROWS UNBOUNDED PRECEDING) AS idle_mark,
          MAX(CASE WHEN e.kind IN ('host_suspend', 'host_shutdown', 'bridge_stop') THEN e.place * 2
                   WHEN e.kind IN ('host_resume', 'bridge_start') THEN e.place * 2 + 1 ELSE 1 END)
            OVER (PARTITION BY e.host_id ORDER BY e.place ROWS UNBOUNDED PRECEDING) AS awake_mark
        FROM events e
        WHERE e.kind NOT IN ('gap', 'session_present')
          AND (e.inferred = 0 OR e.kind LIKE 'host_%')) i) j) k
  WHERE k.counts = 1
  GROUP BY k.host_id, k.part) q
JOIN heard h ON h.host_id = q.host_id
WHERE q.until_us > q.begin_us
