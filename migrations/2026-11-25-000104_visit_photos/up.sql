-- Photographs of a visit, each made anew without what a camera hides in it. The hash under which the phone sent it tells
-- that it has arrived, so that nothing is sent twice.
CREATE TABLE visit_photos (
  province_id TEXT NOT NULL,
  id TEXT NOT NULL,
  sheet_id TEXT NOT NULL,
  sent_sha256 TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  brought_by TEXT NOT NULL,
  arrived_at TIMESTAMP NOT NULL,
  PRIMARY KEY (province_id, id),
  FOREIGN KEY (province_id, sheet_id) REFERENCES visit_sheets (province_id, id)
);
CREATE UNIQUE INDEX visit_photos_once ON visit_photos (province_id, sheet_id, sent_sha256);
