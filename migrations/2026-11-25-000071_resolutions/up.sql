-- Follow-up meetings, and what they resolve. A resolution is closed by whoever verifies it, never by its owner.
CREATE TABLE meetings (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  id TEXT NOT NULL,
  held_on DATE NOT NULL,
  attendance TEXT NOT NULL,
  minutes TEXT NOT NULL,
  closed_at TIMESTAMP,
  created_by TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (province_id, id)
);

CREATE TABLE resolutions (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  meeting_id TEXT,
  agency_id TEXT NOT NULL,
  indicator_code TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  letter_number TEXT NOT NULL,
  made_on DATE NOT NULL,
  due_on DATE NOT NULL,
  state TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  report TEXT NOT NULL,
  reported_by TEXT,
  reported_at TIMESTAMP,
  answer TEXT NOT NULL,
  answered_by TEXT,
  answered_at TIMESTAMP,
  version BIGINT NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, number),
  FOREIGN KEY (province_id, meeting_id) REFERENCES meetings (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);
CREATE INDEX resolutions_of_agency ON resolutions (province_id, agency_id);
