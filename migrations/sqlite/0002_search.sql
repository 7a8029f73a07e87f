-- The search index over reports: folded words, found by their beginnings, newest first by rowid.
CREATE VIRTUAL TABLE report_search USING fts5 (
    text,
    content = '',
    contentless_delete = 1,
    detail = 'full',
    tokenize = "unicode61 remove_diacritics 0",
    prefix = '3'
);

CREATE TRIGGER audit_keep_row BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER audit_keep_text BEFORE UPDATE ON audit
WHEN NEW.detail IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.actor <> OLD.actor
    OR NEW.origin <> OLD.origin OR NEW.act <> OLD.act OR NEW.object <> OLD.object
    OR NEW.detail_hash <> OLD.detail_hash OR NEW.undoable <> OLD.undoable
    OR NEW.hash <> OLD.hash
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
