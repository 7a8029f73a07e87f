### Everything that is sent over WhatsApp, in Indonesian.
###
### An installation may replace any of these texts (`[chat] file`). Placeholders such as
### { $number } may be left out but not invented. A line cannot begin with an asterisk:
### write {"*"} there. `*…*` is bold in WhatsApp.

## The greeting; the one that fits fills { $who } in the other texts.

# $name, $unit
greeting-with-unit = Yth. { $name } ({ $unit }),
# $name
greeting = Yth. { $name },
greeting-unknown = Yth. Bapak/Ibu,
# Stands where something is not known, such as the unit of a guest.
unknown = –

## A new report

# $who, $org, $number
report-received =
    { $who }
    terima kasih, laporan Anda sudah kami terima dan akan segera kami tindak lanjuti.
    Nomor laporan: *{ $number }*
    Balas *cek { $number }* untuk melihat perkembangannya.
    – { $org }
# $minutes: how long a photo is still taken for the same report
report-received-photo-hint = Ada foto? Kirim dalam { $minutes } menit, nanti masuk ke laporan ini.
# $number
file-joined = Berkas Anda sudah kami lampirkan ke laporan *{ $number }*. Terima kasih.
how-to-report =
    Mohon tuliskan laporannya sesudah kata #bantu, dengan tempat dan keadaannya. Contoh:
    #bantu lampu ruang 203 gedung B mati sejak pagi
# $org, $example: a number as it may look
guide =
    {"*"}Panduan layanan { $org }*

    Lapor: #bantu lalu isi laporan
    Contoh: #bantu keran lantai 2 bocor

    cek { $example } – kabar terakhir
    track { $example } – semua langkah
    selesai { $example } 5 – sudah beres, nilai 1–5
    belum { $example } alasan – belum beres
    batal { $example } – membatalkan laporan
    cek – daftar laporan Anda

    Foto boleh disertakan. STOP menghentikan pemberitahuan, MULAI menyalakannya lagi.
# $minutes
limit-reports =
    Laporan Anda sudah cukup banyak dalam satu jam ini. Pesan tadi kami simpan sebagai pesan biasa dan tetap dibaca petugas.
    Laporan baru dapat dibuat lagi { $minutes } menit lagi.
limit-reports-day =
    Batas laporan hari ini sudah tercapai. Pesan tadi kami simpan sebagai pesan biasa dan tetap dibaca petugas.
    Laporan baru dapat dibuat lagi besok.
# $org
guests-refused =
    Mohon maaf, nomor ini belum terdaftar sehingga laporan belum dapat dibuat.
    Silakan hubungi { $org } untuk mendaftarkan nomor Anda.
ordinary-kept = Terima kasih, pesan Anda sudah kami simpan dan akan dibaca petugas.

## Questions about a report

# $who, $number, $status, $at, $step
check =
    { $who }
    laporan *{ $number }*: { $status }
    Sampai { $at }: { $step }
# $who, $number, $status
check-none =
    { $who }
    laporan *{ $number }*: { $status }
    Belum ada catatan baru.
# $who, $number, $status
track-head =
    { $who }
    perjalanan laporan *{ $number }* ({ $status }):
# $n, $at, $step
track-line = { $n }. { $at } – { $step }
# $who
recent-head =
    { $who }
    laporan Anda yang terakhir:
# $number, $status, $text
recent-line = *{ $number }* ({ $status }) { $text }
recent-none =
    Belum ada laporan dari nomor ini. Untuk melapor, tulis misalnya:
    #bantu lampu ruang 203 gedung B mati sejak pagi

## The reporter's word on the work

# $number, $at
confirm-done = Laporan *{ $number }* dinyatakan selesai pada { $at }. Terima kasih atas konfirmasi Anda.
# $rating: 1 to 5
confirm-thanks-rating = Nilai { $rating } dari 5 sudah kami catat.
# $number
already-confirmed = Laporan *{ $number }* sudah Anda nyatakan selesai sebelumnya. Terima kasih.
# $number, $at: the desk had not finished it yet
confirm-not-finished = Laporan *{ $number }* kami tutup sebagai selesai pada { $at } sesuai pesan Anda. Terima kasih.
# $number
refuse-reopened = Mohon maaf atas ketidaknyamanannya. Laporan *{ $number }* kami buka lagi dan petugas sudah diberi tahu.
# $number
refuse-noted = Catatan Anda untuk laporan *{ $number }* sudah kami terima. Laporan ini masih dalam penanganan.
# $number
withdraw-done = Laporan *{ $number }* sudah dibatalkan. Terima kasih atas pemberitahuannya.
# $number, $status
withdraw-too-late = Laporan *{ $number }* tidak dapat dibatalkan karena statusnya sudah { $status }.
# $number, $status: the desk closed it otherwise, so a chat does not change it
too-late = Laporan *{ $number }* sudah berstatus { $status } dan tidak dapat diubah lagi lewat pesan.

## A wrong or missing number

# $example
number-missing-check = Mohon sertakan nomor laporan, contoh: *cek { $example }*
# $example
number-missing-track = Mohon sertakan nomor laporan, contoh: *track { $example }*
# $example
number-missing-confirm = Mohon sertakan nomor laporan, contoh: *selesai { $example }*, boleh dengan nilai 1–5: *selesai { $example } 5*
# $example
number-missing-refuse = Mohon sertakan nomor laporan dan alasannya, contoh: *belum { $example } lampu masih mati*
# $example
number-missing-withdraw = Mohon sertakan nomor laporan, contoh: *batal { $example }*
# $number
not-found = Laporan *{ $number }* tidak ditemukan di antara laporan Anda. Balas *cek* untuk melihat daftarnya.
# $example
pattern-number = Nomor laporan ditulis seperti *{ $example }*. Balas *cek* untuk melihat laporan Anda.
# $minutes
misses-paused = Sudah beberapa kali nomornya tidak ditemukan. Silakan coba lagi { $minutes } menit lagi.

## Notices on and off, personal data

opt-out-done = Baik, pemberitahuan kami hentikan. Perintah Anda tetap kami jawab. Kirim MULAI untuk menerima pemberitahuan lagi.
opt-in-done = Terima kasih, pemberitahuan sudah aktif lagi. Kirim STOP untuk berhenti.
# $hours
forget-me-received = Permintaan penghapusan data Anda sudah kami terima dan diteruskan ke pengelola. Jawabannya kami kirim paling lambat { $hours } jam.

## Field officers

guide-officer =
    {"*"}Panduan petugas*

    #job – tugas yang masih terbuka
    #start NOMOR – mulai mengerjakan
    #report NOMOR kabar – melaporkan kemajuan
    #finish NOMOR catatan – pekerjaan selesai

    Foto boleh disertakan pada #report dan #finish.
# $who, $n
jobs-head =
    { $who }
    tugas Anda yang terbuka: { $n }
# $n, $number, $status, $deadline, $sla, $unit, $text
jobs-line =
    { $n }. *{ $number }* ({ $status })
    Tenggat { $deadline }, { $sla }
    { $unit }: { $text }
# $who
jobs-none =
    { $who }
    tidak ada tugas yang terbuka. Terima kasih atas kerja kerasnya.
# $number, $reporter, $unit, $text
start-done =
    Tugas *{ $number }* tercatat mulai dikerjakan.
    Pelapor: { $reporter }
    Unit: { $unit }
    { $text }
    Bila beres, balas *#finish { $number }*
# $number
start-already = Tugas *{ $number }* sudah Anda mulai. Laporkan kemajuan dengan *#report { $number } kabar* atau tutup dengan *#finish { $number }*
# $number
progress-done = Kabar untuk *{ $number }* sudah dicatat. Terima kasih.
# $number
progress-empty = Mohon tuliskan kabarnya atau sertakan foto, contoh: *#report { $number } suku cadang sedang dibeli*
# $number
finish-done = Tugas *{ $number }* selesai dan pelapor kami beri tahu. Terima kasih.
# $number
finish-waits-validation = Laporan selesai untuk *{ $number }* sudah diterima dan menunggu pemeriksaan administrator.
# $number
not-assigned = Laporan *{ $number }* bukan tugas Anda. Balas *#job* untuk melihat tugas Anda.
# $number
already-finished = Laporan *{ $number }* sudah selesai. Balas *#job* untuk melihat tugas yang masih terbuka.
# $number
start-first = Tugas *{ $number }* belum dimulai. Balas dulu *#start { $number }*
# $command: the command as it is written, such as #start
officer-number-missing = Mohon sertakan nomornya, contoh: *{ $command } NOMOR*. Balas *#job* untuk melihat nomor tugas Anda.

## Notices to the reporter

# $who, $number, $officer
notice-assigned =
    { $who }
    laporan *{ $number }* ditangani oleh { $officer }.
# $who, $number, $officer
notice-started =
    { $who }
    laporan *{ $number }* mulai dikerjakan oleh { $officer }.
# $who, $number, $text
notice-progress =
    { $who }
    kabar laporan *{ $number }*: { $text }
# $who, $number, $why
notice-pending =
    { $who }
    laporan *{ $number }* kami tunda sementara: { $why }
# $who, $number
notice-resumed =
    { $who }
    laporan *{ $number }* dikerjakan kembali.
# $who, $number
notice-finished =
    { $who }
    laporan *{ $number }* sudah selesai dikerjakan.
    Sudah beres? Balas *selesai { $number } 5* (angka = nilai 1–5)
    Belum beres? Balas *belum { $number } alasan*
# $who, $number, $at: the desk confirmed it for the reporter
notice-confirmed =
    { $who }
    laporan *{ $number }* dinyatakan selesai pada { $at }. Terima kasih.
# $who, $number, $why
notice-reopened =
    { $who }
    laporan *{ $number }* dibuka lagi: { $why }
# $who, $number
notice-cancelled =
    { $who }
    laporan *{ $number }* dibatalkan.
# $who, $number, $why
notice-rejected =
    { $who }
    mohon maaf, laporan *{ $number }* tidak dapat kami tangani: { $why }
# $who, $number, $parent
notice-duplicate =
    { $who }
    laporan *{ $number }* digabung dengan laporan lain mengenai hal yang sama (*{ $parent }*). Penyelesaiannya tetap kami kabarkan.
# $who, $number, $text
notice-note =
    { $who }
    catatan untuk laporan *{ $number }*: { $text }

## Notices to officers

# $number, $reporter, $unit, $text, $deadline; the two lines below may follow
officer-assigned =
    Tugas baru *{ $number }*
    Pelapor: { $reporter }
    Unit: { $unit }
    { $text }
    Tenggat: { $deadline }
    Balas *#start { $number }* saat mulai.
# $phone
officer-assigned-phone = Telepon: { $phone }
# $note
officer-assigned-note = Catatan: { $note }
# $number
officer-unassigned = Tugas *{ $number }* sudah dialihkan dari Anda. Terima kasih.
# $number, $why
officer-refused = Pelapor menyatakan *{ $number }* belum beres: { $why }
# $number, $text: a remark of the reporter on unfinished work
officer-remark = Catatan pelapor untuk *{ $number }*: { $text }
# $number
officer-withdrawn = Laporan *{ $number }* dibatalkan pelapor. Tidak perlu dikerjakan lagi.
# $number, $why
officer-reopened = Tugas *{ $number }* dibuka lagi: { $why }
# $number, $status: the desk closed it otherwise
officer-closed = Tugas *{ $number }* ditutup ({ $status }). Tidak perlu dikerjakan lagi.
# $number, $text
officer-corrected = Koreksi administrator untuk kabar *{ $number }*: { $text }

## What a step says in `cek` and `track`

step-received = Laporan diterima
# $officer
step-assigned = Ditugaskan kepada { $officer }
# $officer
step-unassigned = Dialihkan dari { $officer }
# $officer
step-started = Mulai dikerjakan oleh { $officer }
# $text
step-progress = { $text }
# $text
step-note = { $text }
# $why
step-pending = Ditunda: { $why }
step-resumed = Dikerjakan kembali
step-finished = Pekerjaan selesai
# $text
step-finished-note = Pekerjaan selesai: { $text }
step-confirmed = Dinyatakan selesai oleh pelapor
# $rating
step-confirmed-rating = Dinyatakan selesai oleh pelapor, nilai { $rating } dari 5
# $why
step-refused = Pelapor: belum beres, { $why }
# $text
step-remark = Catatan pelapor: { $text }
# $why
step-reopened = Dibuka lagi: { $why }
step-cancelled = Dibatalkan
step-withdrawn = Dibatalkan pelapor
# $why
step-rejected = Ditolak: { $why }
# $number
step-duplicate = Digabung dengan { $number }
step-edited = Rincian laporan diperbaiki
step-file = Berkas ditambahkan
