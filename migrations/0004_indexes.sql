-- What the lists go through. An index that a new report enters costs every message that makes
-- one, so many of these hold only the few reports that something has happened to.
-- The id makes the newest of one value come first; `deleted_at` is there so that reports can be
-- counted without a look at their rows.

DROP INDEX report_status;
DROP INDEX report_created;
DROP INDEX report_unit;
DROP INDEX report_category;
CREATE INDEX report_status ON report (status, id, deleted_at);
CREATE INDEX report_created ON report (created_at, id, deleted_at);
CREATE INDEX report_updated ON report (updated_at, id, deleted_at);
CREATE INDEX report_unit ON report (unit, id, deleted_at);
CREATE INDEX report_category ON report (category, id, deleted_at);
CREATE INDEX report_read ON report (read, id, deleted_at);
-- The last three digits of the number.
CREATE INDEX report_tail ON report (substr(track_id, length(track_id) - 2), id);

-- What waits for its first answer, for how long; and how long the answers took.
CREATE INDEX report_waiting ON report (created_at, id) WHERE responded_at IS NULL;
CREATE INDEX report_response ON report ((responded_at - created_at), id)
    WHERE responded_at IS NOT NULL;

-- What is not finished, by its deadline; what was finished, and what of it late or nearly so.
DROP INDEX report_due;
CREATE INDEX report_due ON report (due_at, id) WHERE finished_at IS NULL AND deleted_at IS NULL;
CREATE INDEX report_finished ON report (finished_at, id, deleted_at)
    WHERE finished_at IS NOT NULL;
CREATE INDEX report_tight ON report ((CASE WHEN finished_at > due_at THEN 1 ELSE 0 END), id)
    WHERE finished_at >= near_at;

CREATE INDEX report_priority ON report (priority, id, deleted_at) WHERE priority <> 'normal';
CREATE INDEX report_note ON report (id) WHERE note <> '';
-- A report without a contact is found by its own phone.
CREATE INDEX report_phone ON report (reporter_phone) WHERE contact_id IS NULL;

CREATE INDEX assignment_staff ON assignment (staff_id, report_id) WHERE removed_at IS NULL;
CREATE INDEX outbox_manual ON outbox (report_id) WHERE source = 'manual';
CREATE INDEX outbox_delivered ON outbox (report_id) WHERE delivered_at IS NOT NULL;
-- What goes to staff and others who are no contacts.
CREATE INDEX outbox_address ON outbox (address, id) WHERE contact_id IS NULL;
