-- One schema for SQLite and PostgreSQL. province_id stands first in every key of a province's tables.
CREATE TABLE provinces (
  id TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name_fa TEXT NOT NULL,
  name_en TEXT NOT NULL,
  is_demo BOOLEAN NOT NULL,
  created_at TIMESTAMP NOT NULL
);

CREATE TABLE counties (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  code TEXT NOT NULL,
  name_fa TEXT NOT NULL,
  name_en TEXT NOT NULL,
  PRIMARY KEY (province_id, code)
);

CREATE TABLE holidays (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  day DATE NOT NULL,
  title_fa TEXT NOT NULL,
  title_en TEXT NOT NULL,
  is_verified BOOLEAN NOT NULL,
  PRIMARY KEY (province_id, day)
);

CREATE TABLE frameworks (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  code TEXT NOT NULL,
  version TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL,
  published_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, code, version)
);

CREATE TABLE agencies (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  group_code TEXT NOT NULL,
  name_fa TEXT NOT NULL,
  name_en TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  profile TEXT NOT NULL,
  is_ranked BOOLEAN NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, code)
);

-- People. A login is one in the whole installation, so that the sign-in page asks for no province.
CREATE TABLE users (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  id TEXT NOT NULL,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  language TEXT NOT NULL,
  password_hash TEXT,
  is_active BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id)
);

CREATE TABLE roles (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  role TEXT NOT NULL,
  agency_id TEXT,
  starts_on DATE NOT NULL,
  ends_on DATE,
  granted_by TEXT,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);
CREATE INDEX roles_of_user ON roles (province_id, user_id);

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  province_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  csrf TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  seen_at TIMESTAMP NOT NULL,
  address TEXT NOT NULL,
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
CREATE INDEX sessions_of_user ON sessions (province_id, user_id);

CREATE TABLE one_time_links (
  token_hash TEXT NOT NULL PRIMARY KEY,
  province_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  expires_at TIMESTAMP NOT NULL,
  used_at TIMESTAMP,
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
CREATE INDEX one_time_links_of_user ON one_time_links (province_id, user_id);

-- The quarter and its dates (DOMAIN.md §4): three dates for the hand-in, not one.
CREATE TABLE periods (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  id TEXT NOT NULL,
  code TEXT NOT NULL,
  framework_code TEXT NOT NULL,
  framework_version TEXT NOT NULL,
  state TEXT NOT NULL,
  profiles_frozen_on DATE NOT NULL,
  opens_on DATE NOT NULL,
  deadline_on DATE NOT NULL,
  last_new_on DATE NOT NULL,
  last_edit_on DATE NOT NULL,
  preliminary_on DATE NOT NULL,
  objections_end_on DATE NOT NULL,
  re_review_end_on DATE NOT NULL,
  committee_end_on DATE NOT NULL,
  final_on DATE NOT NULL,
  is_imported BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, code),
  FOREIGN KEY (province_id, framework_code, framework_version) REFERENCES frameworks (province_id, code, version)
);

-- Irreversible moves are proposed by one person and carried out by another.
CREATE TABLE period_moves (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  state_from TEXT NOT NULL,
  state_to TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TIMESTAMP NOT NULL,
  carried_out_by TEXT,
  carried_out_at TIMESTAMP,
  withdrawn_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id)
);

-- One agency's quarter. Profile, group and league are copies frozen with the period.
CREATE TABLE assessments (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  group_code TEXT NOT NULL,
  profile TEXT NOT NULL,
  is_ranked BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  signed_by TEXT,
  signer_name TEXT,
  pledge TEXT,
  letter_number TEXT,
  letter_date DATE,
  tracking_code TEXT,
  handed_in_at TIMESTAMP,
  is_late BOOLEAN NOT NULL,
  source_hash TEXT,
  version BIGINT NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, period_id, agency_id),
  UNIQUE (province_id, id, agency_id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);

-- What the agency says. `choice` is value, blank or not_applicable; `claim` is one value in RETURNS form.
CREATE TABLE answers (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  choice TEXT NOT NULL,
  claim TEXT,
  na_reason TEXT,
  note TEXT NOT NULL,
  saved_by TEXT,
  saved_at TIMESTAMP NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, indicator_code),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);

CREATE TABLE evidence (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  link TEXT,
  sha256 TEXT,
  media_type TEXT,
  size BIGINT,
  effective_from DATE,
  effective_to DATE,
  objection_id TEXT,
  added_by TEXT NOT NULL,
  added_at TIMESTAMP NOT NULL,
  removed_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);
CREATE INDEX evidence_of_assessment ON evidence (province_id, assessment_id, indicator_code);
CREATE INDEX evidence_by_hash ON evidence (province_id, sha256);

-- What the auditors say. Rows are only added; the one with the highest number counts.
CREATE TABLE verdicts (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  number BIGINT NOT NULL,
  round TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT,
  sample_n BIGINT,
  sample_k BIGINT,
  survey_answers BIGINT,
  reason_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  recommendation TEXT NOT NULL,
  internal_note TEXT NOT NULL,
  given_by TEXT,
  given_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, indicator_code, number),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);

-- An item sent back to the agency: reopens its note and evidence, never the claim.
CREATE TABLE queries (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  question TEXT NOT NULL,
  due_on DATE NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  answer TEXT,
  answered_by TEXT,
  answered_at TIMESTAMP,
  closed_by TEXT,
  closed_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);
CREATE INDEX queries_of_assessment ON queries (province_id, assessment_id);

CREATE TABLE na_requests (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_role TEXT NOT NULL,
  asked_at TIMESTAMP NOT NULL,
  decision TEXT,
  decision_reason TEXT,
  decided_by TEXT,
  decided_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, indicator_code),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);

CREATE TABLE assignments (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  duty TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  assigned_at TIMESTAMP NOT NULL,
  ended_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id),
  FOREIGN KEY (province_id, user_id) REFERENCES users (province_id, id)
);
CREATE INDEX assignments_of_period ON assignments (province_id, period_id, agency_id);

-- Visits feed the facts of the rule. Two observations ten minutes apart.
CREATE TABLE visits (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  county_code TEXT,
  is_unannounced BOOLEAN NOT NULL,
  visited_on DATE NOT NULL,
  first_at TIMESTAMP,
  first_answered BOOLEAN,
  second_at TIMESTAMP,
  second_answered BOOLEAN,
  is_obstructed BOOLEAN NOT NULL,
  desk_exists BOOLEAN NOT NULL,
  excuse TEXT,
  minutes TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  second_auditor TEXT,
  recorded_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);
CREATE INDEX visits_of_agency ON visits (province_id, period_id, agency_id);

-- Test calls and test requests.
CREATE TABLE probes (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  is_answered BOOLEAN NOT NULL,
  note TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);
CREATE INDEX probes_of_agency ON probes (province_id, period_id, agency_id);

-- Facts nobody can count: entered by the office with a document, or brought in as totals with a file's hash.
CREATE TABLE facts (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  fact TEXT NOT NULL,
  value BIGINT NOT NULL,
  document TEXT NOT NULL,
  source_hash TEXT,
  entered_by TEXT,
  entered_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, fact),
  FOREIGN KEY (province_id, assessment_id) REFERENCES assessments (province_id, id)
);

-- False evidence: proposed by one member of the committee, decided by another.
CREATE TABLE findings (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  proposed_by TEXT,
  proposed_at TIMESTAMP NOT NULL,
  decision TEXT,
  decided_by TEXT,
  decided_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, indicator_code),
  FOREIGN KEY (province_id, assessment_id) REFERENCES assessments (province_id, id)
);

-- One per indicator, filed once and never edited.
CREATE TABLE objections (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  assessment_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  indicator_code TEXT NOT NULL,
  verdict_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  filed_by TEXT NOT NULL,
  filed_at TIMESTAMP NOT NULL,
  state TEXT NOT NULL,
  reviewer TEXT,
  proposal TEXT,
  proposal_reason TEXT,
  proposed_at TIMESTAMP,
  decision TEXT,
  answer TEXT,
  decided_by TEXT,
  decided_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, assessment_id, indicator_code),
  FOREIGN KEY (province_id, assessment_id, agency_id) REFERENCES assessments (province_id, id, agency_id)
);

-- Results are computed outside the path that saves an answer, kept with what they were computed from.
CREATE TABLE results (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  period_id TEXT NOT NULL,
  stage TEXT NOT NULL,
  rule_version BIGINT NOT NULL,
  framework_code TEXT NOT NULL,
  framework_version TEXT NOT NULL,
  returns_hash TEXT NOT NULL,
  returns TEXT NOT NULL,
  leagues TEXT NOT NULL,
  computed_by TEXT,
  computed_at TIMESTAMP NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, period_id, stage, number),
  FOREIGN KEY (province_id, period_id) REFERENCES periods (province_id, id)
);

-- One row per agency: what lists need in columns, the whole scorecard and change as canonical JSON.
CREATE TABLE scores (
  province_id TEXT NOT NULL,
  result_id TEXT NOT NULL,
  agency_id TEXT NOT NULL,
  position BIGINT NOT NULL,
  league TEXT NOT NULL,
  group_code TEXT NOT NULL,
  state TEXT NOT NULL,
  reasons TEXT NOT NULL,
  labels TEXT NOT NULL,
  score_c BIGINT,
  ungated_c BIGINT,
  grade TEXT,
  rank BIGINT,
  rank_of BIGINT,
  group_rank BIGINT,
  group_rank_of BIGINT,
  rank_low BIGINT,
  rank_high BIGINT,
  claimed_c BIGINT,
  verified_c BIGINT,
  honesty_bp BIGINT,
  gap_bp BIGINT,
  gap_alert BOOLEAN NOT NULL,
  is_unstaffed BOOLEAN NOT NULL,
  change_c BIGINT,
  rank_gained BIGINT,
  binding TEXT NOT NULL,
  dimensions TEXT NOT NULL,
  card TEXT NOT NULL,
  change TEXT,
  PRIMARY KEY (province_id, result_id, agency_id),
  FOREIGN KEY (province_id, result_id) REFERENCES results (province_id, id),
  FOREIGN KEY (province_id, agency_id) REFERENCES agencies (province_id, id)
);

CREATE TABLE letters (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  id TEXT NOT NULL,
  user_id TEXT,
  address TEXT NOT NULL,
  template TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  unique_key TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_try_at TIMESTAMP NOT NULL,
  last_error TEXT,
  queued_at TIMESTAMP NOT NULL,
  sent_at TIMESTAMP,
  PRIMARY KEY (province_id, id),
  UNIQUE (province_id, unique_key)
);
CREATE INDEX letters_waiting ON letters (state, next_try_at);

-- Every write adds its event in the same transaction; leaf_hash is the RFC 6962 leaf hash of the canonical bytes.
CREATE TABLE events (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  number BIGINT NOT NULL,
  at TIMESTAMP NOT NULL,
  actor_id TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  agency_id TEXT,
  body TEXT NOT NULL,
  address TEXT NOT NULL,
  leaf_hash TEXT NOT NULL,
  PRIMARY KEY (province_id, number)
);
CREATE INDEX events_of_subject ON events (province_id, subject, subject_id);

CREATE TABLE checkpoints (
  province_id TEXT NOT NULL REFERENCES provinces (id),
  size BIGINT NOT NULL,
  root TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, size)
);

-- A write that arrives twice (double click, resubmit, retry) is done once.
CREATE TABLE write_keys (
  province_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  write_key TEXT NOT NULL,
  errand TEXT NOT NULL,
  made_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, user_id, write_key)
);
