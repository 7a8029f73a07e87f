### Texts of the command line and the console, in Indonesian. Chat texts stand in chat.id.ftl.

## Titles of columns and fields

column-number = Nomor
column-status = Status
column-category = Kategori
column-priority = Prioritas
column-unit = Unit
column-department = Jurusan
column-reporter = Pelapor
column-phone = Telepon
column-officer = Petugas
column-created = Masuk
column-age = Umur
column-due = Tenggat
column-sla = SLA
column-finished = Selesai
column-confirmed = Dikonfirmasi
column-duration = Lama
column-work-duration = Lama kerja
column-rating = Nilai
column-text = Isi
column-reply = Balasan
column-note = Catatan
column-parent = Induk
column-steps = Langkah
column-channel = Kanal
column-read = Dibaca
column-media = Berkas
column-id = ID
column-name = Nama
column-email = E-mail
column-level = Level
column-username = Nama pengguna
column-duty = Tugas pokok
column-skills = Keahlian
column-present = Hadir
column-open-tasks = Tugas terbuka
column-most-tasks = Batas tugas
column-active = Aktif
column-time = Waktu
column-by = Oleh
column-direction = Arah
column-kind = Jenis
column-reason = Alasan
column-contact = Kontak
column-to = Tujuan
column-state = Keadaan
column-attempts = Percobaan
column-next-attempt = Coba lagi
column-last-error = Galat terakhir
column-delivered = Sampai
column-source = Asal
column-key = Kunci
column-value = Nilai
column-origin = Asal nilai
column-action = Tindakan
column-before = Sebelum
column-after = Sesudah
column-count = Jumlah
column-share = Bagian
column-words = Kata
column-place = Tempat

## Headings of detail views

heading-report = Laporan { $number }
heading-steps = Langkah
heading-progress = Kemajuan
heading-assignments = Penugasan
heading-messages = Pesan
heading-media = Berkas
heading-settings = Setelan

## Common words

word-yes = ya
word-no = tidak
word-none = –
word-unknown = tidak diketahui
word-guest = tamu
word-automatic = otomatis
word-incoming = masuk
word-outgoing = keluar
word-present = hadir
word-away = tidak hadir
word-active = aktif
word-inactive = nonaktif
word-public = terlihat pelapor
word-internal = internal
word-here = di sini
word-nothing-found = Tidak ada yang cocok.
word-more = Masih ada lagi; lanjutkan dengan --after { $cursor }

## What a command says when it is done

done-report-made = Laporan { $number } dibuat.
done-report-changed = Laporan { $number } diubah.
done-status = { $number }: { $from } → { $to }
done-assigned = { $number } ditugaskan kepada { $officer }.
done-unassigned = { $officer } dilepas dari { $number }.
done-note = Catatan untuk { $number } disimpan.
done-validated = Kemajuan { $number } disahkan.
done-deleted = Laporan { $number } dihapus.
done-merged = { $number } digabung ke { $parent }.
done-read = { $count } laporan ditandai sudah dibaca.
done-unread = { $count } laporan ditandai belum dibaca.
done-undone = Ditarik: { $what }
done-sent = Pesan untuk { $to } masuk antrean ({ $id }).
done-staff-saved = Petugas { $id } ({ $name }) disimpan.
done-staff-disabled = Petugas { $id } dinonaktifkan.
done-staff-enabled = Petugas { $id } diaktifkan.
done-employee-saved = Pegawai { $id } ({ $name }) disimpan.
done-employee-disabled = Pegawai { $id } dinonaktifkan.
done-password = Kata sandi { $name } diganti.
done-setting = { $key } = { $value }
done-imported = { $created } baru, { $changed } diubah, { $same } sama, { $faulty } galat.
done-written = { $count } baris ditulis ke { $path }.
done-migrated = Basis data di { $place } siap dipakai.
done-backup = Cadangan disimpan di { $path }.
done-ready = Siap. Alamat webhook: { $url }
done-next = Lanjutkan dengan: { $command }

## What can go wrong; the hint follows on the same line

error-line = Galat: { $text }
error-permission = { $who } tidak berhak untuk { $act }. Mintalah kepada { $level }.
error-not-found = { $what } { $id } tidak ditemukan. Periksa penulisannya atau lihat daftarnya.
error-illegal-move = Laporan { $number } tidak dapat berubah dari { $from } ke { $to }.
error-same-status = Laporan { $number } memang sudah { $to }.
error-reason-required = Perubahan ke { $to } perlu alasan. Tambahkan --why "alasannya".
error-conflict = { $what } baru saja diubah orang lain. Muat ulang, lalu coba lagi.
error-exists = { $what } { $id } sudah ada. Pakai yang lain atau ubah yang ada.
error-last-administrator = { $name } adalah administrator aktif yang terakhir dan tidak dapat dinonaktifkan.
error-not-assigned = { $officer } tidak ditugaskan pada { $number }.
error-already-assigned = { $officer } sudah ditugaskan pada { $number }.
error-staff-inactive = Petugas { $name } tidak aktif. Aktifkan dahulu atau pilih petugas lain.
error-phone = "{ $phone }" bukan nomor telepon. Tulis misalnya 0811-0000-1234 atau 62811….
error-rating = Nilai harus 1 sampai 5, bukan "{ $rating }".
error-own-parent = Laporan { $number } tidak dapat digabung ke dirinya sendiri.
error-nothing-to-undo = Tidak ada tindakan Anda dalam 10 menit terakhir yang dapat ditarik.
error-undo-changed = { $number } sudah diubah lagi sesudah itu, sehingga tidak dapat ditarik.
error-password = Kata sandi ditolak: { $why }
error-sign-in = Nama pengguna atau kata sandi tidak cocok.
error-sign-in-wait = Terlalu banyak percobaan. Coba lagi { $seconds } detik lagi.
error-filter = Saringan "{ $filter }" tidak terbaca: { $why }
error-database-unreachable = Basis data { $place } tidak terjangkau: { $why }. Periksa alamat dan jaringannya, lalu coba lagi.
error-database-missing = Basis data { $place } belum ada. Buat dengan "tanggap db migrate" atau "tanggap setup".
error-database-newer = Basis data { $place } dibuat oleh versi yang lebih baru. Perbarui tanggap di mesin ini.
error-database-older = Basis data { $place } belum diperbarui. Jalankan "tanggap db migrate".
error-database = Basis data menolak: { $why }
error-disk-full = Ruang disk di { $place } hampir habis. Kosongkan dahulu, lalu coba lagi.
error-file-read = { $path } tidak dapat dibaca: { $why }
error-file-write = { $path } tidak dapat ditulis: { $why }
error-no-terminal = Perintah ini perlu terminal. Pakai { $instead }.
error-gateway = Gateway { $channel } menolak: { $why }
error-no-channel = Kanal { $name } tidak ada di setelan. Kanal yang ada: { $known }
error-usage = { $what }. Lihat "{ $command } --help".
error-bug = Terjadi kesalahan dalam program: { $why }. Mohon laporkan beserta perintah yang dijalankan.

## Faults of settings and of text files

config-unreadable = { $path } tidak dapat dibaca ({ $why }). Periksa letak dan hak aksesnya.
config-too-big = { $path } lebih besar dari { $limit } KiB. Berkas setelan tidak pernah sebesar itu; periksa isinya.
config-not-text = { $path } baris { $line } berisi byte yang bukan UTF-8. Simpan ulang sebagai UTF-8.
config-hidden = { $at } berisi karakter tersembunyi { $character }. Hapus karakter itu.
config-syntax = { $path } baris { $line } tidak terbaca: { $why }. Betulkan baris itu.
config-unknown = { $at } memakai kunci "{ $key }" yang tidak dikenal. Maksudnya "{ $near }"?
config-unknown-far = { $at } memakai kunci "{ $key }" yang tidak dikenal. Hapus, atau lihat "tanggap config show".
config-later = { $at }: "{ $key }" belum ada di versi ini. Hapus dahulu atau pakai versi yang lebih baru.
config-value = { $at }: { $key } tidak dapat bernilai { $found }. Yang boleh: { $allowed }
config-exposed = { $path } berisi rahasia dan dapat dibaca orang lain. Jalankan "chmod 600 { $path }".
config-elsewhere-secret = { $key } memuat rahasia dan tidak disimpan di basis data. Tulis di config.toml.
config-elsewhere-early = { $key } sudah diperlukan sebelum basis data dibuka. Tulis di config.toml.
config-elsewhere-machine = { $key } hanya berlaku untuk satu mesin. Tulis di config.toml mesin itu.
config-conflict = { $at }: { $key } tidak cocok dengan setelan lain. Yang boleh: { $allowed }
config-no-folder = Folder data tidak diketahui karena HOME kosong. Isi data_dir di berkas setelan dan pakai --config.
config-unwritable = { $path } tidak dapat ditulis ({ $why }). Periksa hak akses foldernya.
config-exists = { $path } sudah ada dan tidak ditimpa. Pindahkan dahulu atau pilih tempat lain dengan --config.
config-disagrees = { $path }: { $key } berisi { $file }, tetapi basis data berisi { $database }. Jalankan "tanggap db migrate" agar sama.
secret-env-missing = { $key } meminta variabel lingkungan { $name }, yang tidak ada. Setel atau ubah setelannya.
secret-unreadable = { $key }: { $path } tidak dapat dibaca ({ $why }). Periksa letak dan hak aksesnya.
secret-exposed = { $key }: { $path } dapat dibaca orang lain. Jalankan "chmod 600 { $path }".
secret-link = { $key }: { $path } adalah tautan. Tunjuk langsung berkasnya.
secret-not-file = { $key }: { $path } bukan berkas biasa. Tunjuk berkas yang berisi rahasianya.
secret-bad-content = { $key } kosong atau bukan satu baris teks. Isi dengan rahasianya saja.
text-syntax = Berkas teks chat baris { $line } tidak terbaca: { $why }. Betulkan baris itu.
text-unknown = Berkas teks chat baris { $line } mengganti "{ $id }", yang tidak ada. Maksudnya "{ $near }"?
text-placeholder = Berkas teks chat baris { $line }: "{ $id }" tidak mengenal { $name }. Yang ada: { $known }
text-twice = Berkas teks chat baris { $line } mengganti "{ $id }" untuk kedua kalinya. Hapus salah satunya.
text-foreign = Berkas teks chat baris { $line }: "{ $id }" hanya boleh berisi teks dan isian seperti yang bawaan.
text-hidden = Berkas teks chat baris { $line } berisi karakter tersembunyi { $character }. Hapus karakter itu.
text-too-big = Berkas teks chat lebih besar dari { $limit } KiB. Simpan hanya teks yang diganti.

## Things, acts and other words of the desk in errors

thing-category = kategori
thing-channel = kanal
thing-delivery = kiriman masuk
thing-employee = pegawai
thing-letter = kiriman
thing-message = pesan
thing-name = nama
thing-phone = nomor telepon
thing-progress = kemajuan
thing-report = laporan
thing-rule = aturan
thing-staff = petugas
thing-task = tugas
thing-text = teks
thing-username = nama pengguna
act-see-reports = melihat semua laporan
act-note = mencatat kemajuan
act-start = memulai pekerjaan
act-finish = menyelesaikan laporan
act-assign = menugaskan petugas
act-edit = mengubah laporan
act-pending = menunda laporan
act-merge = menggabung laporan
act-reject = menolak laporan
act-cancel = membatalkan laporan
act-confirm = mengonfirmasi bagi pelapor
act-reply = membaca dan membalas pesan
act-export = mengekspor
act-print = mencetak
act-validate = mengesahkan kemajuan
act-correct = mengoreksi kemajuan
act-reopen = membuka laporan lagi
act-delete = menghapus laporan
act-manage-staff = mengelola petugas
act-manage-employees = mengelola pegawai
act-manage-settings = mengubah setelan
act-manage-rules = mengelola aturan
act-see-audit = membaca jejak audit
act-manage-outbox = mengelola antrean keluar
act-manage-channels = mengelola kanal

## Why a command is refused

why-empty = { $what } kosong. Tulislah isinya.
why-phone = "{ $value }" bukan nomor telepon. Tulis misalnya 0811-0000-1234 atau 62811….
why-category = Kategori "{ $value }" tidak ada. Pakai salah satu kategori di setelan ("tanggap config show").
why-parent = Laporan tidak dapat digabung ke { $value }: itu laporan yang sama atau sendiri sudah duplikat. Pilih laporan induknya.
why-inactive = Petugas { $value } tidak aktif. Aktifkan dahulu atau pilih petugas lain.
why-letter-gone = Kiriman { $value } sudah keluar atau ditutup dan tidak dapat diubah lagi. Lihat "tanggap outbox list".
why-message-filed = Pesan { $value } sudah menjadi bagian laporan. Kerjakan laporan itu.
error-move = Laporan tidak dapat berubah dari { $from } ke { $to }. Lihat statusnya dengan "tanggap report show".
error-why = Ini perlu alasan. Tambahkan --why "alasannya".
error-not-started = { $number } belum dimulai. Mulai dahulu dengan "tanggap report start { $number }".
error-listen = Alamat { $address } tidak dapat dipakai: { $why }. Pilih alamat lain dengan --listen.
error-worker-taken = Sudah ada worker untuk basis data ini ({ $path }). Hentikan dahulu, atau pakai PostgreSQL untuk beberapa worker.
error-database-address = "{ $place }" bukan alamat basis data. Tulis sqlite:BERKAS atau postgres://….
error-database-plain = Basis data { $place } akan dihubungi tanpa enkripsi. Tambahkan sslmode=verify-full ke alamatnya.
error-cursor = Penanda --after bukan dari daftar ini. Tanpa --after daftar dimulai dari awal.
error-value = { $name } tidak mengenal "{ $value }". Yang ada: { $known }
error-file-kind = { $path } bukan { $kind }. Kirim dengan "tanggap send document".
error-file-size = { $path } lebih besar dari { $limit } MB. Perkecil dahulu.
error-no-events = Kiriman pesan { $id } sudah tidak ada, sehingga tidak dapat diproses ulang.

## Reports, messages and the outbox

heading-message = Pesan { $id }
heading-proposal = Usulan
word-no-proposal = tidak ada
done-linked = Pesan { $id } dikaitkan dengan { $number }.
done-message-done = Pesan { $id } ditandai beres.
done-replayed = Pesan { $id } diproses ulang.
done-letters-retried = { $count } kiriman dicoba lagi.
done-letters-cancelled = { $count } kiriman dibatalkan.
done-letter-edited = Kiriman { $id } diubah.
done-paused = Antrean keluar dijeda.
done-resumed = Antrean keluar berjalan lagi.
stats-total = Laporan masuk: { $count }
