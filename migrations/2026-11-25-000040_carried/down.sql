ALTER TABLE answers DROP COLUMN carried;
