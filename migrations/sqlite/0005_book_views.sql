-- The seven tables of the book's system as read-only views, for spreadsheets that read them: its
-- columns in its order, its words, and its dates and times in the organisation's zone. No column
-- is ever NULL, passwords never show, and nothing of a deleted report or an internal step does.

CREATE VIEW tb_pegawai AS
SELECT
    e.id AS id_pegawai,
    e.name AS nama_pegawai,
    e.email AS email,
    COALESCE(e.phone, '') AS telepon,
    e.department AS jurusan,
    e.unit AS bagian,
    CASE WHEN e.active THEN 'Aktif' ELSE 'Tidak Aktif' END AS status,
    e.note AS keterangan
FROM employee e;

CREATE VIEW tb_admin AS
SELECT
    s.id AS id_admin,
    s.name AS nama_admin,
    CASE s.level WHEN 'tbo' THEN 'TBO' WHEN 'staf' THEN 'Staf' ELSE 'Administrator' END AS level,
    s.duty AS deskripsi,
    s.email AS email,
    COALESCE(s.phone, '') AS telepon,
    COALESCE(s.username, '') AS username,
    '' AS password,
    CASE WHEN s.active THEN 'Aktif' ELSE 'Tidak Aktif' END AS status,
    s.note AS keterangan
FROM staff s;

-- Reports, and the messages that are none. The latter carry no number, so that a number stands for
-- one row.
CREATE VIEW tb_monitoring AS
SELECT
    r.id AS idm,
    date((r.created_at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS tanggal,
    time((r.created_at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS jam,
    'Request' AS kategori,
    r.text AS pesan,
    COALESCE((SELECT group_concat(said.text, char(10)) FROM (SELECT o.text FROM outbox o
        WHERE o.message_id = r.message_id AND o.state <> 'cancelled'
        ORDER BY o.id) said), '') AS respon,
    COALESCE(r.reporter_phone, '') AS telepon,
    COALESCE(r.employee_id, '') AS id_pegawai,
    r.track_id AS id_track,
    COALESCE((SELECT CASE WHEN f.filename <> '' THEN f.filename
            ELSE COALESCE(f.sha256, '') END FROM media f
        WHERE f.report_id = r.id AND f.progress_id IS NULL AND f.kind = 'image'
        ORDER BY f.id LIMIT 1), '') AS gambar,
    CASE r.status
        WHEN 'new' THEN 'Baru'
        WHEN 'in_progress' THEN 'Proses'
        WHEN 'pending' THEN 'Pending'
        WHEN 'done' THEN 'Selesai'
        WHEN 'cancelled' THEN 'Batal'
        WHEN 'rejected' THEN 'Ditolak'
        ELSE 'Duplikat'
    END AS status,
    CAST(CASE WHEN r.read THEN 1 ELSE 0 END AS BIGINT) AS tag,
    r.note AS keterangan,
    r.reporter_name AS nama_pelapor,
    r.reporter_name
        || CASE WHEN r.unit = '' THEN '' ELSE ', ' || r.unit END
        || CASE WHEN r.department = '' THEN '' ELSE ', ' || r.department END AS profil_pelapor,
    COALESCE((r.finished_at - r.created_at) / 3600000, 0) AS durasi
FROM report r
LEFT JOIN zone_span z ON z.from_at <= r.created_at AND r.created_at < z.until_at
WHERE r.deleted_at IS NULL
UNION ALL
SELECT
    m.id,
    date((m.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch'),
    time((m.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch'),
    'umum',
    m.text,
    COALESCE((SELECT group_concat(said.text, char(10)) FROM (SELECT o.text FROM outbox o
        WHERE o.message_id = m.id AND o.state <> 'cancelled'
        ORDER BY o.id) said), ''),
    COALESCE(m.phone, ''),
    COALESCE((SELECT e.id FROM employee e WHERE e.phone = m.phone), ''),
    '',
    COALESCE((SELECT CASE WHEN f.filename <> '' THEN f.filename
            ELSE COALESCE(f.sha256, '') END FROM media f
        WHERE f.message_id = m.id AND f.kind = 'image'
        ORDER BY f.id LIMIT 1), ''),
    CASE WHEN m.handled_at IS NULL THEN 'Baru' ELSE 'Selesai' END,
    CAST(CASE WHEN m.handled_at IS NULL THEN 0 ELSE 1 END AS BIGINT),
    COALESCE(m.reason, ''),
    m.name,
    m.name,
    COALESCE((m.handled_at - m.at) / 3600000, 0)
FROM message m
LEFT JOIN zone_span z ON z.from_at <= m.at AND m.at < z.until_at
WHERE m.kind = 'ordinary';

CREATE VIEW tb_kerja AS
SELECT
    p.id AS idn,
    date((p.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS tanggal,
    time((p.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS jam,
    p.text AS pesan,
    COALESCE((SELECT group_concat(said.text, char(10)) FROM (SELECT o.text FROM outbox o
        WHERE o.message_id = p.message_id AND o.state <> 'cancelled'
        ORDER BY o.id) said), '') AS respon,
    r.track_id AS id_track,
    COALESCE(s.phone, '') AS telepon,
    COALESCE(p.correction, CASE WHEN p.validated_at IS NULL THEN '' ELSE 'Valid' END)
        AS keterangan,
    COALESCE((SELECT CASE WHEN f.filename <> '' THEN f.filename
            ELSE COALESCE(f.sha256, '') END FROM media f
        WHERE f.progress_id = p.id AND f.kind = 'image'
        ORDER BY f.id LIMIT 1), '') AS gambar,
    COALESCE(p.validated_by, '') AS id_admin
FROM progress p
JOIN report r ON r.id = p.report_id
LEFT JOIN staff s ON s.id = p.staff_id
LEFT JOIN zone_span z ON z.from_at <= p.at AND p.at < z.until_at
WHERE r.deleted_at IS NULL;

-- Every message that came in; two halves, so that a search by number starts at the report.
CREATE VIEW tb_in AS
SELECT
    m.id AS idn,
    date((m.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS tanggal,
    time((m.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS jam,
    m.text AS pesan,
    COALESCE((SELECT group_concat(said.text, char(10)) FROM (SELECT o.text FROM outbox o
        WHERE o.message_id = m.id AND o.state <> 'cancelled'
        ORDER BY o.id) said), '') AS respon,
    r.track_id AS id_track,
    COALESCE(m.phone, '') AS telepon,
    CASE m.kind
        WHEN 'report' THEN CASE WHEN r.message_id = m.id THEN 'Request New' ELSE 'Request' END
        WHEN 'check' THEN '#cek ' || r.track_id
        WHEN 'track' THEN '#track ' || r.track_id
        WHEN 'confirm' THEN '#selesai ' || r.track_id
        WHEN 'refuse' THEN '#belum ' || r.track_id
        WHEN 'withdraw' THEN '#batal ' || r.track_id
        WHEN 'tbo' THEN 'TBO ' || r.track_id
        ELSE '? ?'
    END AS keterangan
FROM report r
JOIN message m ON m.report_id = r.id
LEFT JOIN zone_span z ON z.from_at <= m.at AND m.at < z.until_at
WHERE r.deleted_at IS NULL
UNION ALL
SELECT
    m.id,
    date((m.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch'),
    time((m.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch'),
    m.text,
    COALESCE((SELECT group_concat(said.text, char(10)) FROM (SELECT o.text FROM outbox o
        WHERE o.message_id = m.id AND o.state <> 'cancelled'
        ORDER BY o.id) said), ''),
    '',
    COALESCE(m.phone, ''),
    CASE m.kind
        WHEN 'check' THEN '#cek'
        WHEN 'track' THEN '#track'
        WHEN 'confirm' THEN '#selesai'
        WHEN 'refuse' THEN '#belum'
        WHEN 'withdraw' THEN '#batal'
        WHEN 'guide' THEN '#help'
        WHEN 'tbo' THEN 'TBO'
        ELSE '? ?'
    END
FROM message m
LEFT JOIN zone_span z ON z.from_at <= m.at AND m.at < z.until_at
WHERE m.report_id IS NULL;

CREATE VIEW tb_track AS
SELECT
    s.id AS id,
    r.id AS idm,
    r.track_id AS id_track,
    date((s.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS tanggal,
    time((s.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS jam,
    s.text AS catatan
FROM step s
JOIN report r ON r.id = s.report_id
LEFT JOIN zone_span z ON z.from_at <= s.at AND s.at < z.until_at
WHERE s.public AND r.deleted_at IS NULL;

CREATE VIEW tb_penugasan AS
SELECT
    a.id AS idp,
    a.staff_id AS id_admin,
    date((a.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS tanggal,
    time((a.at + COALESCE(z.offset_ms, 0)) / 1000, 'unixepoch') AS jam,
    r.id AS idm,
    r.track_id AS id_track,
    a.note AS catatan,
    CASE a.status
        WHEN 'assigned' THEN 'Penugasan'
        WHEN 'in_progress' THEN 'Proses'
        WHEN 'pending' THEN 'Pending'
        ELSE 'Selesai'
    END AS status
FROM assignment a
JOIN report r ON r.id = a.report_id
LEFT JOIN zone_span z ON z.from_at <= a.at AND a.at < z.until_at
WHERE a.removed_at IS NULL AND r.deleted_at IS NULL;
