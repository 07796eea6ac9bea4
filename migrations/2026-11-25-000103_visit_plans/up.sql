-- A visit as it was planned: who goes where, on which day, and what to look at. Only those who go and the lead auditor know.
CREATE TABLE visit_plans (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  county_code TEXT,
  place TEXT NOT NULL,
  planned_on DATE NOT NULL,
  is_unannounced BOOLEAN NOT NULL,
  first_auditor TEXT NOT NULL,
  second_auditor TEXT NOT NULL,
  indicators TEXT NOT NULL,
  planned_by TEXT NOT NULL,
  planned_at TIMESTAMP NOT NULL,
  withdrawn_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);
CREATE INDEX visit_plans_of_period ON visit_plans (province_id, period_id, planned_on);

-- The sheet of a visit as it came from the phone, word for word, whatever became of it: nothing that arrived is lost.
CREATE TABLE visit_sheets (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  phone_clock TIMESTAMP,
  received_at TIMESTAMP NOT NULL,
  sent_by TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT NOT NULL,
  visit_id TEXT,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, plan_id) REFERENCES visit_plans (province_id, id),
  FOREIGN KEY (province_id, visit_id) REFERENCES visits (province_id, id)
);
-- Whatever races: one visit is recorded for a plan.
CREATE UNIQUE INDEX visit_sheets_once ON visit_sheets (province_id, plan_id) WHERE outcome = 'recorded';
