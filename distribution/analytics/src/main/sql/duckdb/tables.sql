-- What no event says. A host is a name in lower case, or a host_id where there is no name.
CREATE TABLE hosts (host VARCHAR, lab VARCHAR, calendar VARCHAR, zone VARCHAR);
-- The offset of a zone from from_us until before to_us.
CREATE TABLE zone_offsets (zone VARCHAR, from_us BIGINT, to_us BIGINT, offset_us BIGINT);
-- Each open part of an hour, by the clock on the wall.
CREATE TABLE open_hours (calendar VARCHAR, day_us BIGINT, hour_us BIGINT, from_us BIGINT, to_us BIGINT);
CREATE TABLE numbered AS SELECT range AS n FROM range(1000);
