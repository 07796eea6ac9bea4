-- Posters at desks, and what people say of them. A person's phone and network are kept for one day, mixed with that
-- day's salt, so that one voice counts once; nothing else of them is kept.
CREATE TABLE posters (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  county_code TEXT,
  secret TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  renewed_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);
CREATE TABLE voices (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  poster_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  heard_on DATE NOT NULL,
  heard_at TIMESTAMP NOT NULL,
  was_answered BOOLEAN NOT NULL,
  wait TEXT NOT NULL,
  was_sent_to_somebody BOOLEAN,
  phone TEXT NOT NULL,
  network TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, poster_id) REFERENCES posters (province_id, id)
);
CREATE INDEX voices_by_poster ON voices (province_id, poster_id, heard_on);
CREATE INDEX voices_by_day ON voices (province_id, heard_on);
CREATE TABLE voice_salts (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  day DATE NOT NULL,
  salt TEXT NOT NULL,
  PRIMARY KEY (province_id, day)
);
