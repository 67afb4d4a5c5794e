-- Delivery is at least once: of the copies of an event one counts. What is no event is kept to be
-- counted.
SELECT DISTINCT ON (source, COALESCE(id, CAST(uuid() AS VARCHAR))) * FROM raw
