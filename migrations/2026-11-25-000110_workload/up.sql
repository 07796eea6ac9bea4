-- The hours an auditor has for the desk reviews of a quarter.
CREATE TABLE capacities (
  province_id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  hours BIGINT NOT NULL CHECK (hours BETWEEN 0 AND 600),
  PRIMARY KEY (province_id, period_id, user_id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
-- The minutes that the review of an indicator takes, where the office knows better than what was learnt.
CREATE TABLE review_minutes (
  province_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 1 AND 240),
  PRIMARY KEY (province_id, indicator_code),
  FOREIGN KEY (province_id) REFERENCES provinces (id)
);
