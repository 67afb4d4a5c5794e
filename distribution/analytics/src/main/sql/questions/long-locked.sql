-- 6. Which sessions stayed locked or disconnected for long?
SELECT k.host_name AS host, k.user_name AS user, k.state AS state, utc_text(k.begin_us) AS since,
  CASE WHEN k.is_open = 1 THEN '' ELSE utc_text(k.until_us) END AS until,
  ROUND((k.until_us - k.begin_us) / 3600000000.0, 2) AS hours
FROM locks k
CROSS JOIN report r
WHERE k.until_us - k.begin_us >= r.long_us AND k.until_us >= r.from_us
ORDER BY hours DESC, host, since, state, k.session_key
