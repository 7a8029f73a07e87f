//! What invented people are called and what they write. Nobody of these exists.

use super::dice::Dice;

const FIRST: [&str; 40] = [
    "Adi", "Agus", "Anisa", "Arif", "Ayu", "Bagus", "Bayu", "Cahya", "Citra", "Dewi", "Dian",
    "Dimas", "Eka", "Endah", "Fajar", "Fitri", "Galih", "Hana", "Hendra", "Indah", "Irfan",
    "Intan", "Joko", "Kartika", "Lestari", "Lukman", "Mega", "Nanda", "Nurul", "Putri", "Rahmat",
    "Ratna", "Rizki", "Sari", "Sigit", "Tri", "Utami", "Wahyu", "Wulan", "Yoga",
];
const LAST: [&str; 32] = [
    "Anggraini",
    "Atmaja",
    "Cahyono",
    "Darmawan",
    "Firmansyah",
    "Gunawan",
    "Hakim",
    "Handayani",
    "Hartono",
    "Hidayat",
    "Irawan",
    "Kurniawan",
    "Kusuma",
    "Laksono",
    "Mahardika",
    "Maulana",
    "Nugroho",
    "Oktaviani",
    "Permata",
    "Pradana",
    "Prasetyo",
    "Purnomo",
    "Rahayu",
    "Ramadhan",
    "Santosa",
    "Saputra",
    "Setiawan",
    "Suryani",
    "Utomo",
    "Wibowo",
    "Wijayanti",
    "Yuliani",
];
/// Departments with their units.
const UNITS: [(&str, &[&str]); 9] = [
    (
        "Teknik Sipil",
        &["Tata Usaha Sipil", "Lab Beton", "Lab Ukur Tanah"],
    ),
    (
        "Teknik Elektro",
        &["Tata Usaha Elektro", "Lab Kendali", "Lab Telekomunikasi"],
    ),
    (
        "Teknik Mesin",
        &["Tata Usaha Mesin", "Bengkel Mesin", "Lab Material"],
    ),
    ("Akuntansi", &["Tata Usaha Akuntansi", "Lab Akuntansi"]),
    ("Administrasi Niaga", &["Tata Usaha Niaga", "Lab Bahasa"]),
    (
        "Teknologi Informasi",
        &["Lab Jaringan", "Lab Multimedia", "Ruang Server"],
    ),
    ("Perpustakaan", &["Sirkulasi", "Ruang Baca"]),
    (
        "Rektorat",
        &["Keuangan", "Kepegawaian", "Humas", "Akademik"],
    ),
    (
        "Kemahasiswaan",
        &["Asrama Putra", "Asrama Putri", "Gedung Serbaguna", "Klinik"],
    ),
];
/// What officers can do, with what that is for.
pub(super) const SKILLS: [(&str, &[&str]); 5] = [
    ("Teknisi listrik dan AC", &["Listrik", "AC"]),
    ("Teknisi air dan sanitasi", &["Air", "Kebersihan"]),
    ("Tukang bangunan dan mebel", &["Bangunan", "Mebel"]),
    (
        "Teknisi jaringan dan audio",
        &["Internet/IT", "Audio visual"],
    ),
    ("Petugas taman dan keamanan", &["Taman", "Keamanan"]),
];
const TROUBLES: [&[&str]; 10] = [
    &[
        "lampu mati",
        "stopkontak longgar dan panas",
        "saklar tidak berfungsi",
        "MCB sering turun",
        "lampu berkedip terus",
        "kabel terkelupas",
        "listrik padam sejak pagi",
    ],
    &[
        "keran bocor",
        "wastafel mampet",
        "air tidak mengalir",
        "pipa bocor dan lantai tergenang",
        "kloset tersumbat",
        "tandon meluap",
        "pompa air berisik lalu mati",
    ],
    &[
        "AC tidak dingin",
        "AC menetes ke meja",
        "AC berbunyi keras",
        "remote AC tidak berfungsi",
        "AC mati total",
        "AC bau apek",
    ],
    &[
        "plafon bocor saat hujan",
        "pintu susah dikunci",
        "engsel jendela lepas",
        "keramik lantai pecah",
        "kaca jendela retak",
        "gagang pintu rusak",
        "dinding rembes",
        "lift macet",
    ],
    &[
        "toilet bau dan kotor",
        "sampah menumpuk",
        "banyak kecoa",
        "tisu dan sabun habis",
        "lantai licin belum dipel",
        "ada bau bangkai tikus",
    ],
    &[
        "wifi lemot sekali",
        "jaringan LAN putus",
        "printer tidak terdeteksi",
        "komputer sering mati sendiri",
        "sinyal hotspot hilang",
        "access point mati",
    ],
    &[
        "proyektor buram",
        "kabel HDMI tidak terbaca",
        "speaker mendengung",
        "mikrofon mati",
        "layar proyektor tidak turun",
        "televisi tidak menyala",
    ],
    &[
        "kursi kuliah patah",
        "meja goyang",
        "laci lemari macet",
        "papan tulis lepas dari dinding",
        "gorden jatuh",
        "loker tidak bisa dibuka",
    ],
    &[
        "dahan pohon hampir tumbang",
        "rumput sudah tinggi",
        "pot bunga pecah",
        "ranting menutup jalan",
        "tanaman merambat ke kabel",
    ],
    &[
        "CCTV mati",
        "lampu parkiran gelap dan rawan",
        "alarm berbunyi terus",
        "portal parkir macet",
        "helm hilang di parkiran",
        "APAR sudah kedaluwarsa",
    ],
];
const PLACES: [&str; 12] = [
    "ruang",
    "ruang",
    "ruang",
    "lab",
    "kelas",
    "kelas",
    "ruang dosen",
    "ruang rapat",
    "toilet",
    "koridor",
    "aula",
    "kantin",
];
const TAILS: [&str; 16] = [
    "",
    "",
    "",
    ", mohon segera dicek",
    " sejak kemarin",
    " sejak tadi pagi",
    ", besok dipakai ujian",
    ", sudah dua hari",
    ", terima kasih",
    ", mengganggu kuliah",
    " dan makin parah",
    ", tolong ya pak",
    ", siang ini ada rapat",
    ", sudah pernah diperbaiki",
    ". Kunci ada di satpam",
    ", mahasiswa mengeluh",
];
const WORDS: [&str; 10] = [
    "#req", "#req", "#req", "#bantu", "#bantu", "#tolong", "bantu", "#request", "#Req", "#help",
];
const NEWS: [&str; 12] = [
    "Sudah dicek, suku cadang sedang disiapkan",
    "Bagian yang rusak sudah dilepas",
    "Menunggu ruang kosong, dikerjakan sore ini",
    "Perbaikan sementara sudah dipasang",
    "Jalur sudah ditelusuri, titik rusaknya ketemu",
    "Sedang dikerjakan, tinggal merapikan",
    "Alat pinjaman sudah datang",
    "Sudah dibersihkan, tinggal diuji",
    "Dibantu satu orang lagi",
    "Dinding dibuka untuk mencari sumbernya",
    "Komponen lama dibawa ke bengkel",
    "Pengukuran selesai, lanjut pemasangan",
];
const NOTES: [&str; 12] = [
    "sudah diganti baru",
    "sudah diperbaiki dan diuji",
    "sambungan dikencangkan",
    "sudah normal kembali",
    "dibersihkan dan disetel ulang",
    "komponen diganti, garansi tiga bulan",
    "sudah dicoba bersama pelapor",
    "kebocoran ditutup",
    "dipasang ulang dengan baut baru",
    "saluran lancar",
    "sudah dirapikan",
    "diganti dengan unit cadangan",
];
pub(super) const WAITS: [&str; 8] = [
    "menunggu suku cadang dari gudang",
    "menunggu persetujuan anggaran",
    "ruang masih dipakai ujian",
    "menunggu teknisi dari pemasok",
    "menunggu cuaca kering",
    "barang dipesan, datang pekan depan",
    "kunci ruang belum ada",
    "digabung dengan perbaikan lantai ini",
];
pub(super) const REFUSALS: [&str; 6] = [
    "bukan wewenang kami, silakan hubungi pengelola gedung",
    "barang milik pribadi",
    "lokasinya di luar kampus",
    "laporan tidak jelas dan pelapor tidak dapat dihubungi",
    "sudah masuk rencana renovasi semester depan",
    "permintaan barang baru lewat pengadaan",
];
pub(super) const OBJECTIONS: [&str; 6] = [
    "masih sama seperti kemarin",
    "baru sehari sudah rusak lagi",
    "masih menetes",
    "belum ada yang datang",
    "sebagian saja yang diperbaiki",
    "suaranya masih keras",
];
pub(super) const CHATTER: [&str; 8] = [
    "terima kasih banyak pak",
    "baik, kami tunggu",
    "selamat pagi, jam berapa petugasnya datang?",
    "maaf salah kirim",
    "apakah besok bisa dikerjakan?",
    "siap, ruang sudah dibuka",
    "mantap, cepat sekali",
    "nomor bagian keuangan berapa ya?",
];
pub(super) const COMMENTS: [&str; 6] = [
    "terima kasih, cepat",
    "rapi sekali",
    "agak lama tapi beres",
    "petugasnya ramah",
    "semoga awet",
    "ok",
];
pub(super) const TASK_NOTES: [&str; 4] = [
    "bawa tangga",
    "kunci di satpam",
    "hubungi pelapor dulu",
    "cek stok di gudang",
];

/// Returns a name.
pub(super) fn name(dice: &mut Dice) -> String {
    format!("{} {}", dice.pick(&FIRST), dice.pick(&LAST))
}

/// Returns a department and one of its units.
pub(super) fn unit(dice: &mut Dice) -> (&'static str, &'static str) {
    let (department, units) = dice.pick(&UNITS);
    (department, dice.word(units))
}

/// Returns what somebody complains about.
pub(super) fn trouble(dice: &mut Dice) -> String {
    let kinds: [u64; 10] = [24, 18, 17, 12, 8, 9, 5, 4, 1, 2];
    let problems = TROUBLES[dice.weighted(&kinds)];
    let problem = dice.pick(problems);
    let place = dice.pick(&PLACES);
    let room = dice.between(1, 5) * 100 + dice.between(1, 25);
    let building = char::from(b'A' + u8::try_from(dice.below(9)).unwrap_or_default());
    format!(
        "{problem} di {place} {room} gedung {building}{}",
        dice.pick(&TAILS)
    )
}

/// Returns the word that a report begins with.
pub(super) fn command(dice: &mut Dice) -> &'static str {
    dice.word(&WORDS)
}

/// Returns what an officer tells on the way.
pub(super) fn news(dice: &mut Dice) -> &'static str {
    dice.word(&NEWS)
}

/// Returns what an officer tells at the end.
pub(super) fn note(dice: &mut Dice) -> &'static str {
    dice.word(&NOTES)
}

#[cfg(test)]
mod tests {
    use super::{TROUBLES, trouble};
    use crate::domain::category::Categories;
    use crate::seed::dice::Dice;

    #[test]
    fn every_complaint_belongs_to_a_category() {
        let categories = Categories::start();
        for problem in TROUBLES.iter().flat_map(|kind| kind.iter()) {
            assert!(categories.recognise(problem).is_some(), "{problem}");
        }
    }

    #[test]
    fn complaints_hardly_repeat() {
        let mut dice = Dice::new(2);
        let mut told: Vec<String> = (0..1000).map(|_| trouble(&mut dice)).collect();
        told.sort();
        told.dedup();
        assert!(told.len() > 950, "{}", told.len());
    }
}
