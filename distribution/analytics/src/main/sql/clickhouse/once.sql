-- Delivery is at least once: of the copies of an event one counts.
SELECT * FROM raw LIMIT 1 BY source, id
