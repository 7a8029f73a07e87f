-- Everything the desk remembers. Portable SQL: it runs on SQLite and on PostgreSQL as it stands.
-- Ids of desk rows come from the counter 'row', so they order rows as they were committed.
-- Times are milliseconds since 1970 UTC.

CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    updated_by TEXT NOT NULL
);

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (name, value) VALUES ('row', 0);

-- Sums kept up to date by the transactions that change them, so that nobody has to count.
CREATE TABLE tally (
    metric TEXT NOT NULL,
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (metric, day, key)
);

CREATE TABLE employee (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT UNIQUE,
    department TEXT NOT NULL,
    unit TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    note TEXT NOT NULL,
    search TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('tbo', 'staf', 'administrator')),
    duty TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT UNIQUE,
    username TEXT UNIQUE,
    password TEXT,
    active BOOLEAN NOT NULL,
    present BOOLEAN NOT NULL,
    max_open BIGINT NOT NULL,
    skills TEXT NOT NULL,
    note TEXT NOT NULL,
    profile TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE rule (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    detail TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Somebody who wrote to us or was written to. A person may have several addresses and no phone.
CREATE TABLE contact (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    phone TEXT,
    opted_out_at BIGINT,
    guide_sent_at BIGINT,
    limit_told_at BIGINT,
    last_in_at BIGINT,
    misses BIGINT NOT NULL,
    misses_since BIGINT,
    forget_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX contact_phone ON contact (phone);

CREATE TABLE contact_address (
    address TEXT PRIMARY KEY,
    contact_id BIGINT NOT NULL REFERENCES contact (id)
);
CREATE INDEX contact_address_contact ON contact_address (contact_id);

-- Raw deliveries of the gateways: stored before they are answered, claimed once.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    received_at BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    encoded BOOLEAN NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'done', 'quarantined')),
    worker TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    crashes BIGINT NOT NULL,
    reason TEXT
);
CREATE INDEX delivery_open ON delivery (due_at) WHERE state IN ('waiting', 'claimed');
CREATE INDEX delivery_quarantined ON delivery (id) WHERE state = 'quarantined';

-- What people wrote, one row a message; `message_key` remembers each of them for good.
CREATE TABLE message (
    id BIGINT PRIMARY KEY,
    delivery_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    contact_id BIGINT REFERENCES contact (id),
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    at BIGINT NOT NULL,
    sent_at BIGINT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    gateway_id TEXT,
    location TEXT,
    extra TEXT,
    reason TEXT,
    report_id BIGINT,
    track_id TEXT,
    handled_at BIGINT,
    handled_by TEXT
);
CREATE INDEX message_contact ON message (contact_id, id);
CREATE INDEX message_report ON message (report_id, id) WHERE report_id IS NOT NULL;
CREATE INDEX message_kind ON message (kind, id);
CREATE INDEX message_open ON message (id) WHERE kind = 'ordinary' AND handled_at IS NULL;

CREATE TABLE message_key (
    key TEXT PRIMARY KEY
);

CREATE TABLE report (
    id BIGINT PRIMARY KEY,
    track_id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN
        ('new', 'in_progress', 'pending', 'done', 'cancelled', 'rejected', 'duplicate')),
    category TEXT,
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    text TEXT NOT NULL,
    note TEXT NOT NULL,
    search TEXT NOT NULL,
    channel TEXT NOT NULL,
    contact_id BIGINT REFERENCES contact (id),
    address TEXT,
    message_id BIGINT,
    reporter_name TEXT NOT NULL,
    reporter_phone TEXT,
    employee_id TEXT,
    department TEXT NOT NULL,
    unit TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    read BOOLEAN NOT NULL,
    step_count BIGINT NOT NULL,
    response_due_at BIGINT NOT NULL,
    responded_at BIGINT,
    near_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    paused_at BIGINT,
    paused_work_ms BIGINT NOT NULL,
    finished_at BIGINT,
    work_ms BIGINT,
    confirmed_at BIGINT,
    rating BIGINT,
    comment TEXT,
    awaiting_validation BOOLEAN NOT NULL,
    reopened BIGINT NOT NULL,
    parent_id BIGINT,
    deleted_at BIGINT
);
CREATE INDEX report_status ON report (status, id) WHERE deleted_at IS NULL;
CREATE INDEX report_due ON report (due_at, id)
    WHERE deleted_at IS NULL AND status IN ('new', 'in_progress');
CREATE INDEX report_contact ON report (contact_id, id);
CREATE INDEX report_created ON report (created_at);
CREATE INDEX report_unit ON report (unit, id);
CREATE INDEX report_category ON report (category, id);
CREATE INDEX report_parent ON report (parent_id) WHERE parent_id IS NOT NULL;

-- The life of a report, oldest first; what is not public never leaves the desk.
CREATE TABLE step (
    id BIGINT PRIMARY KEY,
    report_id BIGINT NOT NULL REFERENCES report (id),
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    public BOOLEAN NOT NULL,
    status TEXT
);
CREATE INDEX step_report ON step (report_id, id);

CREATE TABLE assignment (
    id BIGINT PRIMARY KEY,
    report_id BIGINT NOT NULL REFERENCES report (id),
    staff_id TEXT NOT NULL REFERENCES staff (id),
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    note TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('assigned', 'in_progress', 'pending', 'done')),
    started_at BIGINT,
    done_at BIGINT,
    removed_at BIGINT
);
CREATE UNIQUE INDEX assignment_once ON assignment (report_id, staff_id) WHERE removed_at IS NULL;
CREATE INDEX assignment_report ON assignment (report_id, id);
CREATE INDEX assignment_open ON assignment (staff_id, id)
    WHERE removed_at IS NULL AND status <> 'done';

CREATE TABLE progress (
    id BIGINT PRIMARY KEY,
    report_id BIGINT NOT NULL REFERENCES report (id),
    staff_id TEXT,
    by TEXT NOT NULL,
    at BIGINT NOT NULL,
    text TEXT NOT NULL,
    public BOOLEAN NOT NULL,
    message_id BIGINT,
    validated_by TEXT,
    validated_at BIGINT,
    correction TEXT
);
CREATE INDEX progress_report ON progress (report_id, id);

CREATE TABLE media (
    id BIGINT PRIMARY KEY,
    message_id BIGINT,
    report_id BIGINT,
    progress_id BIGINT,
    kind TEXT NOT NULL,
    filename TEXT NOT NULL,
    url TEXT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'failed')),
    sha256 TEXT,
    bytes BIGINT,
    mime TEXT,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    worker TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX media_message ON media (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX media_report ON media (report_id) WHERE report_id IS NOT NULL;
CREATE INDEX media_progress ON media (progress_id) WHERE progress_id IS NOT NULL;
CREATE INDEX media_waiting ON media (due_at) WHERE state = 'waiting';

-- What goes out. Lane 0 are answers and what people send, lane 1 notices.
CREATE TABLE outbox (
    id BIGINT PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    contact_id BIGINT,
    staff_id TEXT,
    report_id BIGINT,
    message_id BIGINT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    payload TEXT,
    quote TEXT,
    source TEXT NOT NULL,
    lane BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('held', 'pending', 'sending', 'sent', 'unknown', 'retry', 'failed', 'cancelled')),
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    worker TEXT NOT NULL,
    epoch BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    ambiguous BIGINT NOT NULL,
    last_error TEXT,
    gateway_id TEXT,
    gateway_alias TEXT,
    sent_at BIGINT,
    delivered_at BIGINT,
    read_at BIGINT,
    by TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (channel, lane, due_at, id)
    WHERE state IN ('held', 'pending', 'sending', 'unknown', 'retry');
CREATE INDEX outbox_queue ON outbox (address, id)
    WHERE state IN ('held', 'pending', 'sending', 'unknown', 'retry');
CREATE INDEX outbox_trouble ON outbox (state, id)
    WHERE state IN ('held', 'sending', 'unknown', 'retry', 'failed', 'cancelled');
CREATE INDEX outbox_contact ON outbox (contact_id, id) WHERE contact_id IS NOT NULL;
CREATE INDEX outbox_report ON outbox (report_id, id) WHERE report_id IS NOT NULL;
CREATE INDEX outbox_message ON outbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_gateway_id ON outbox (gateway_id) WHERE gateway_id IS NOT NULL;
CREATE INDEX outbox_gateway_alias ON outbox (gateway_alias) WHERE gateway_alias IS NOT NULL;

CREATE TABLE channel (
    name TEXT PRIMARY KEY,
    gateway TEXT NOT NULL,
    connected BOOLEAN NOT NULL,
    held_reason TEXT,
    held_at BIGINT,
    failures BIGINT NOT NULL,
    quota_left BIGINT,
    number TEXT,
    first_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Who did what. The hash chain covers every row; `detail` may be emptied by an erasure, because
-- the chain holds only its hash.
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    origin TEXT NOT NULL,
    act TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT,
    detail_hash TEXT NOT NULL,
    undoable BOOLEAN NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_object ON audit (object, seq);
CREATE INDEX audit_actor ON audit (actor, seq);

CREATE TABLE audit_head (
    name TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (name, seq, hash) VALUES ('head', 0, '');

CREATE TABLE worker (
    name TEXT PRIMARY KEY,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- When the organisation's clock differs from UTC by how much; the views of the old system need it.
CREATE TABLE zone_span (
    from_at BIGINT PRIMARY KEY,
    until_at BIGINT NOT NULL,
    offset_ms BIGINT NOT NULL
);
INSERT INTO zone_span (from_at, until_at, offset_ms) VALUES (-9000000000000000, 9000000000000000, 25200000);
