-- How many quarters in a row an answer was carried over; 0 where it was given anew.
ALTER TABLE answers ADD COLUMN carried BIGINT NOT NULL DEFAULT 0;
