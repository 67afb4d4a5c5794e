-- Core view lives: a user's time in a session. It begins with logon, or with session_present that
-- names a user, and ends with logoff, or with what completes or follows one. If the logon has no
-- user, the session's later events do; else the user is unknown, and the life is a group of its own.
-- A life without a reported end ends when its host starts again (an event of another boot_id) or its
-- session's number is used again, at the last event before; else it is open and lasts until the last
-- event of its host.
SELECT
  s.host_id AS host_id, h.host_name AS host_name, h.lab AS lab, h.calendar AS calendar,
  s.session_key AS session_key, s.session_id AS session_id, s.user_key AS user_key,
  s.user_name AS user_name, s.remote AS remote, s.began AS began, s.begin_us AS begin_us,
  s.offset_us AS offset_us, s.create_us AS create_us, s.logon_us AS logon_us,
  s.desktop_us AS desktop_us, s.shell_us AS shell_us,
  CASE WHEN s.end_us IS NOT NULL THEN 'told'
       WHEN s.next_us IS NOT NULL THEN 'replaced'
       WHEN b.last_us < b.newest_us THEN 'restarted' ELSE 'open' END AS ended,
  GREATEST(s.begin_us,
    CASE WHEN s.end_us IS NOT NULL THEN s.end_us
         WHEN s.next_us IS NOT NULL THEN LEAST(s.next_us, CASE WHEN b.last_us < b.newest_us THEN b.last_us ELSE s.next_us END)
         WHEN b.last_us < b.newest_us THEN b.last_us
         ELSE h.last_us END) AS until_us
FROM (
  SELECT g.*,
    LEAD(g.begin_us) OVER (PARTITION BY g.host_id, g.session_id
      ORDER BY g.begin_us, g.session_key) AS next_us
  FROM (
    SELECT e.host_id AS host_id, e.session_key AS session_key, MAX(e.session_id) AS session_id,
      COALESCE(
        MAX(CASE WHEN e.begins = 1 AND e.user_key LIKE 'S-1-%' THEN e.user_key END),
        MAX(CASE WHEN e.user_key LIKE 'S-1-%' THEN e.user_key END),
        MAX(CASE WHEN e.begins = 1 THEN e.user_key END),
        MAX(e.user_key), e.host_id || ' ' || e.session_key) AS user_key,
      COALESCE(MAX(CASE WHEN e.begins = 1 THEN e.user_name END), MAX(e.user_name), '') AS user_name,
      MAX(CASE WHEN e.kind = 'logon' THEN COALESCE(e.remote, 0) ELSE 0 END) AS remote,
      MIN(CASE WHEN e.kind = 'logon' THEN 'logon' ELSE 'present' END) AS began,
      MIN(CASE WHEN e.begins = 1 THEN e.us END) AS begin_us,
      MIN(CASE WHEN e.begins = 1 THEN e.offset_us END) AS offset_us,
      MIN(CASE WHEN e.ends = 1 THEN e.us END) AS end_us,
      MAX(CASE WHEN e.kind = 'session_create' THEN e.us END) AS create_us,
      MIN(e.logon_us) AS logon_us,
      MIN(CASE WHEN e.kind = 'desktop_ready' THEN e.us END) AS desktop_us,
      MIN(CASE WHEN e.kind = 'shell_start' THEN e.us END) AS shell_us,
      MAX(CASE WHEN e.begins = 1 THEN e.boot_id END) AS boot_id
    FROM (
      SELECT v.*,
        CASE WHEN v.kind = 'session_present' AND v.evidence = 'logoff' THEN 0
             WHEN v.kind = 'logon' THEN 1
             WHEN v.kind = 'session_present' AND v.person = 1 THEN 1 ELSE 0 END AS begins,
        CASE WHEN v.kind IN ('logoff', 'session_terminate') THEN 1
             WHEN v.kind = 'session_present' AND v.evidence = 'logoff' THEN 1 ELSE 0 END AS ends
      FROM events v
      WHERE v.session_key IS NOT NULL AND v.pseudo = 0) e
    GROUP BY e.host_id, e.session_key) g
  WHERE g.begin_us IS NOT NULL) s
JOIN heard h ON h.host_id = s.host_id
LEFT JOIN (
  SELECT o.host_id AS host_id, o.boot_id AS boot_id, o.last_us AS last_us,
    MAX(o.last_us) OVER (PARTITION BY o.host_id) AS newest_us
  FROM (
    SELECT host_id, boot_id, MAX(us) AS last_us FROM events
    WHERE boot_id IS NOT NULL GROUP BY host_id, boot_id) o) b
  ON b.host_id = s.host_id AND b.boot_id = s.boot_id
