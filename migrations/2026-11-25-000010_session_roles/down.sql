ALTER TABLE sessions DROP COLUMN role_id;
