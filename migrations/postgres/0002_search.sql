-- The search index over reports: folded words, found by their beginnings. Signs are blanks, as
-- they are on SQLite; PostgreSQL would take `a/b` and `x.y` for single words.
CREATE INDEX report_search ON report USING gin (to_tsvector('simple',
    translate(search, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', '                                ')));

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.detail IS NULL
        AND (NEW.seq, NEW.at, NEW.actor, NEW.origin, NEW.act, NEW.object, NEW.detail_hash, NEW.undoable, NEW.hash)
            = (OLD.seq, OLD.at, OLD.actor, OLD.origin, OLD.act, OLD.object, OLD.detail_hash, OLD.undoable, OLD.hash)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only';
END
$$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
