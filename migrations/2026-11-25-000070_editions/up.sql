-- Published rankings. One person proposes, another publishes; what is published is kept byte by byte.
CREATE TABLE editions (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  number BIGINT NOT NULL,
  result_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TIMESTAMP NOT NULL,
  published_by TEXT,
  published_at TIMESTAMP,
  root TEXT,
  signature TEXT,
  signed_at TIMESTAMP,
  released_by TEXT,
  released_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, period_id, number),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, result_id) REFERENCES results (province_id, id)
);
CREATE INDEX editions_in_time ON editions (province_id, published_at);

CREATE TABLE edition_files (
  province_id TEXT NOT NULL,
  edition_id TEXT NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (province_id, edition_id, name),
  FOREIGN KEY (province_id, edition_id) REFERENCES editions (province_id, id)
);
