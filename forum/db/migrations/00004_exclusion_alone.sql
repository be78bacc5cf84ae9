-- +goose Up

-- An exclusion that a lead made where there was no other one. Its reason is
-- kept for thirty days, for leads who come later.
ALTER TABLE exclusions ADD COLUMN alone BIGINT NOT NULL DEFAULT 0;
