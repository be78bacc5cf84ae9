-- +goose Up

-- The clock on the wall by which volunteers told their hours, in the names of
-- the IANA database; '' is UTC.
ALTER TABLE volunteer_hours ADD COLUMN zone TEXT NOT NULL DEFAULT '';
