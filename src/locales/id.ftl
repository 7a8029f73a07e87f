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
usage-unknown = Argumen { $what } tidak dikenal. Lihat "{ $command } --help".
usage-command = Perintah { $what } tidak ada. Lihat "{ $command } --help".
usage-missing = Yang kurang: { $what }. Lihat "{ $command } --help".
usage-value = { $what } tidak menerima "{ $value }". Lihat "{ $command } --help".
usage-other = { $what }. Lihat "{ $command } --help".
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

## Reports, messages and the outbox

heading-message = Pesan { $id }
heading-proposal = Usulan
kind-image = gambar
kind-audio = suara
kind-video = video
done-linked = Pesan { $id } dikaitkan dengan { $number }.
done-message-done = Pesan { $id } ditandai beres.
done-replayed = Pesan { $id } diproses ulang.
done-letters-retried = { $count } kiriman dicoba lagi.
done-letters-cancelled = { $count } kiriman dibatalkan.
done-letter-edited = Kiriman { $id } diubah.
done-paused = Antrean keluar dijeda.
done-resumed = Antrean keluar berjalan lagi.
stats-total = Laporan masuk: { $count }

## The demo and invented desks

seed-progress = { $done } dari { $all } laporan
done-seeded = { $reports } laporan rekaan dibuat, dengan { $employees } pegawai dan { $staff } petugas.
error-seed-stopped = Dihentikan sesudah { $done } dari { $all } laporan; yang sudah dibuat tetap utuh.
error-demo-open = Demo hanya mendengarkan di mesin ini, bukan di { $address }. Pilih misalnya --listen 127.0.0.1:8080.
demo-up =
    Meja contoh siap: { $reports } laporan dalam 18 bulan.

    Alamat webhook   { $url }/webhook/utama
    Basis data       { $database }
    Masuk sebagai    { $username }, kata sandi { $password }

    Coba dari terminal lain:
      tanggap --database { $database } report list
      tanggap --database { $database } sim send --from 0811-0000-1003 '#req keran lantai 2 bocor'
      curl -d '{"{"}"from":"0811-0000-1003","text":"#req lampu ruang 203 mati"{"}"}' { $url }/webhook/utama

    Ctrl-C mengakhiri demo.
demo-kept = Isinya tetap ada di { $folder }.

## Setup, doctor, people, channels, settings and backups

column-can-sign-in = Dapat masuk
column-gateway = Gateway
column-connected = Tersambung
column-held = Ditahan karena
column-webhook = Webhook
column-on-whatsapp = Ada di WhatsApp
column-object = Objek
column-order = Urutan
why-id = "{ $value }" tidak dapat menjadi ID. Pakai huruf, angka, dan tanda - _ . / paling banyak 40.
why-email = "{ $value }" bukan alamat e-mail. Tulis misalnya sari@kampus.ac.id, atau kosongkan.
why-username = "{ $value }" tidak dapat menjadi nama pengguna. Pakai 2–40 huruf kecil, angka, dan tanda . - _ @.
why-max-open = Batas tugas { $value } tidak dapat dipakai. Yang boleh: 0 sampai 1000.
why-too-many = Terlalu banyak isian untuk { $what } ({ $value }). Kurangi dahulu.
why-password-short = Kata sandi terlalu pendek. Pakai yang lebih panjang, misalnya beberapa kata acak (lihat "tanggap config get password.min_length").
why-password-long = Kata sandi terlalu panjang. Pakai yang lebih pendek (lihat "tanggap config get password.max_bytes").
why-password-name = Kata sandi memuat nama pemiliknya. Pakai yang lain.
why-password-common = Kata sandi terlalu mudah ditebak. Pakai beberapa kata acak yang tidak berhubungan.
usage-nothing-to-change = Tidak ada yang perlu diubah
done-employee-enabled = Pegawai { $id } diaktifkan.
done-rule-saved = Aturan { $id } ({ $name }) disimpan.
done-rule-removed = Aturan { $id } ({ $name }) dihapus.
done-setting-now = { $key } = { $value } ({ $origin })
done-audit-whole = Catatan audit utuh: { $count } baris.
done-check = Basis data { $place } utuh.
done-restored = Basis data { $place } dipulihkan dari { $path }.
done-old-kept = Basis data lama tetap tersimpan di { $path }.
done-channel-test = Gateway { $channel } menerima pesan untuk { $to }.
done-channel-logout = Nomor kanal { $channel } dilepas. Sambungkan lagi dengan "tanggap channel login { $channel }".
done-channel-linked = Nomor kanal { $channel } sudah tersambung.
done-channel-code = Kode untuk kanal { $channel }: { $code }. Ketik di WhatsApp: Perangkat tertaut > Tautkan dengan nomor telepon.
done-channel-qr = Gambar QR untuk kanal { $channel } ada di { $path }. Pindai dari WhatsApp: Perangkat tertaut > Tautkan perangkat.
channel-test-text = Pesan uji dari { $org }. Tidak perlu dibalas.
can-send-file = mengirim berkas
can-send-location = mengirim lokasi
can-quote = mengutip pesan
can-login = menautkan nomor
can-login-qr = menautkan nomor dengan QR
can-login-code = menautkan nomor dengan kode
can-login-phone = menautkan nomor lewat SMS atau telepon
can-logout = melepas nomor
can-check = memeriksa nomor
can-contacts = menampilkan kontak
can-history = menampilkan riwayat pesan
can-mark-read = menandai pesan sudah dibaca
can-groups = mengurus grup
error-gateway-lacks = Gateway { $gateway } (kanal { $channel }) tidak bisa { $what }. Yang bisa: { $able }.
error-passwords-differ = Kedua kata sandi tidak sama. Ulangi perintahnya.
error-no-command = Perintah "{ $name }" tidak ada. Lihat "tanggap --help".
error-audit-broken = Catatan audit nomor { $seq } telah diubah ({ $count } baris rusak). Bandingkan dengan cadangan terakhir dan cari tahu siapa yang mengubahnya.
error-audit-gap = Catatan audit nomor { $first } sampai { $last } hilang. Bandingkan dengan cadangan terakhir dan cari tahu siapa yang menghapusnya.
error-audit-head = Ujung catatan audit tidak cocok dengan baris { $seq }. Bandingkan dengan cadangan terakhir.
error-damaged = { $place } rusak ({ $count } temuan). Hentikan worker, lalu pulihkan cadangan dengan "tanggap db restore".
error-file-exists = { $path } sudah ada dan tidak ditimpa. Pilih nama lain.
error-database-there = Basis data { $place } sudah ada. Tambahkan --force untuk menggantinya; yang lama tetap disimpan di sebelahnya.
error-database-filled = Basis data { $place } sudah berisi. Buat cadangannya dahulu, lalu tambahkan --force untuk mengganti semua isinya.
error-no-backup = { $path } bukan cadangan untuk basis data ini. Pakai berkas dari "tanggap db backup".
error-no-program = Program { $program } tidak ada di PATH. Pasang paket klien PostgreSQL, lalu coba lagi.
error-copy = Salinan gagal: { $why }. Periksa ruang disk dan hak akses, lalu coba lagi.
ask-password = Kata sandi
ask-password-again = Kata sandi, sekali lagi
ask-org-name = Nama organisasi
ask-timezone = Zona waktu (WIB: Asia/Jakarta, WITA: Asia/Makassar, WIT: Asia/Jayapura)
ask-prefix = Awalan nomor laporan (2–8 huruf)
ask-database = Basis data (sqlite:BERKAS atau postgres://…)
ask-admin-name = Nama administrator pertama
ask-admin-username = Nama pengguna administrator
ask-admin-phone = Nomor telepon administrator (boleh kosong)
ask-gateway = Gateway WhatsApp (- untuk nanti saja)
ask-token = Token perangkat di gateway
ask-device = Nomor WhatsApp kanal (boleh kosong)
ask-public-url = Alamat publik worker, misalnya https://lapor.kampus.ac.id (boleh kosong)
setup-config-made = Setelan ditulis ke { $path } (hanya Anda yang dapat membacanya).
setup-config-there = Setelan { $path } sudah ada dan tidak diubah.
setup-database-made = Basis data { $place } dibuat.
setup-database-there = Basis data { $place } sudah ada.
setup-admin-made = Administrator { $id } ({ $name }) dibuat; nama penggunanya { $username }.
setup-admin-there = Administrator { $id } ({ $name }) sudah ada.
setup-password = Kata sandinya { $password } – hanya ditampilkan sekali ini, simpanlah sekarang.
setup-no-channel = Belum ada kanal. Tambahkan blok [[channel]] di berkas setelan (lihat docs/CONFIG.md).
setup-no-json = { $path } bukan JSON: { $why }. Betulkan, atau lihat contoh di "tanggap setup --help".
setup-no-object = Jawaban harus berupa satu objek JSON. Lihat contoh di "tanggap setup --help".
setup-no-meta = Jawaban ini untuk gateway Meta, yang belum ada di versi ini. Pakai gateway fonnte, atau tunggu versi berikutnya.
setup-one-channel = Setup membuat satu kanal. Tulis satu saja; yang lain ditambahkan di berkas setelan.
setup-unknown = Jawaban "{ $key }" tidak dikenal. Maksudnya "{ $near }"?
setup-unknown-far = Jawaban "{ $key }" tidak dikenal. Lihat contoh di "tanggap setup --help".
setup-password-text = admin.password harus berupa teks, env, atau file. Betulkan, atau hapus agar dibuatkan.
error-doctor = { $count } gangguan ditemukan. Ikuti petunjuk pada baris "fault", lalu jalankan lagi "tanggap doctor".
doctor-settings = { $path } terbaca.
doctor-settings-none = Tanpa berkas setelan; nilai bawaan dan isi basis data yang berlaku.
doctor-exposed = { $path } dapat dibaca orang lain. Jalankan "chmod 600 { $path }".
doctor-clock = Zona { $zone }, sekarang { $time }.
doctor-clock-wrong = Jam mesin menunjukkan { $time } (zona { $zone }), itu pasti salah. Setel jamnya, misalnya dengan "timedatectl set-ntp true".
doctor-clocks-apart = Jam mesin ini dan jam basis data berbeda { $seconds } detik. Nyalakan NTP di keduanya.
doctor-folder = { $path } dapat ditulis, sisa ruang { $free }.
doctor-folder-missing = Folder data { $path } belum ada. Jalankan "tanggap setup" atau "tanggap db migrate".
doctor-folder-read-only = Folder data { $path } hanya dapat dibaca. Jalankan "chmod u+w { $path }" sebagai pemiliknya.
doctor-room-none = Ruang disk di { $path } tinggal { $free }; pesan tidak diterima lagi. Kosongkan ruang sekarang.
doctor-room-little = Ruang disk di { $path } tinggal { $free }. Kosongkan ruang segera.
doctor-database = { $place } terjangkau ({ $engine }, skema { $version }).
doctor-database-read-only = Basis data tidak dapat ditulis: { $why }. Periksa hak akses berkas dan foldernya, atau hak pengguna basis data.
doctor-durable = Yang disimpan tahan mati listrik ({ $settings }).
doctor-not-durable = Yang disimpan dapat hilang saat listrik mati ({ $settings }). Nyalakan synchronous_commit dan fsync di server.
doctor-no-channel = Belum ada kanal, jadi tidak ada pesan yang masuk atau keluar. Tambahkan blok [[channel]] di berkas setelan.
doctor-channel = Kanal { $channel } tersambung dengan nomor { $number }.
doctor-channel-simulated = Kanal { $channel } hanya simulasi.
doctor-token-refused = Gateway menolak token kanal { $channel } ({ $why }). Salin token perangkat yang benar ke channel.token di berkas setelan.
doctor-gateway-away = Gateway kanal { $channel } di { $url } tidak terjangkau ({ $why }). Periksa jaringan dan base_url.
doctor-gateway-unclear = Gateway kanal { $channel } di { $url } menjawab tidak jelas ({ $why }). Coba lagi nanti atau periksa base_url.
doctor-not-linked = Nomor kanal { $channel } tidak tersambung. Jalankan "tanggap channel login { $channel }".
doctor-no-quota = Kuota kanal { $channel } habis. Isi ulang di gateway.
doctor-no-secret = Kanal { $channel } tidak punya webhook_secret, jadi semua kiriman ditolak. Isi webhook_secret di berkas setelan dan di alamat webhook (?key=…).
doctor-short-secret = webhook_secret kanal { $channel } lebih pendek dari { $least } karakter. Ganti dengan yang acak dan lebih panjang.
doctor-unsigned = Kanal { $channel } menerima kiriman tanpa rahasia (allow_unsigned). Pakai hanya untuk mencoba.
doctor-unsigned-open = Kanal { $channel } memakai allow_unsigned, padahal worker mendengarkan di { $listen } yang terbuka. Hapus allow_unsigned dan isi webhook_secret.
doctor-no-public-url = worker.public_base_url kosong, jadi gateway tidak tahu alamat webhook ({ $listen } hanya untuk mesin ini). Isi dengan alamat publik https://….
doctor-audit = Catatan audit utuh ({ $count } baris terakhir).
doctor-audit-empty = Catatan audit masih kosong.
doctor-no-key = Kunci audit { $path } hilang, jadi catatan lama tidak dapat diperiksa. Kembalikan berkas itu dari cadangan.
doctor-quarantined = { $count } kiriman masuk tidak dapat diproses dan disisihkan. Lihat dengan "tanggap message list", lalu "tanggap message replay".
doctor-failed-letters = { $count } pesan keluar gagal. Lihat dengan "tanggap outbox list --state failed".
doctor-staff = { $count } administrator dapat masuk.
doctor-no-administrator = Tidak ada administrator aktif. Tambahkan dengan "tanggap staff add --level administrator --name … --username …".
doctor-no-sign-in = Belum ada administrator yang dapat masuk. Beri { $name } nama pengguna dan kata sandi ("tanggap staff edit", "tanggap staff passwd").
