//! Words that passwords are made of most often, here and elsewhere. Whatever is built from one or
//! two of them with digits, years or signs around is refused as if it stood on a list.

/// The words as a folded password holds them: what a password is called and who has one; keys that
/// lie side by side; work and study; the country; faith and good wishes; love and family; names;
/// play, animals and things; days and months; numbers.
const WORDS: &str = "
    password passwort passcode passwd pass sandi katasandi katakunci kunci rahasia rahasiaku
    secret private pribadi masuk login logon signin access akses welcome selamat datang
    selamatdatang admin administrator administrasi operator petugas pegawai staff staf user
    username pengguna guest tamu root toor superuser super master manager default changeme
    change ganti gantisaya test testing tester coba cobacoba demo contoh sample temp sementara
    baru lama

    qwerty qwertz azerty asdf zxcv qazwsx qweasd abc xyz abcd

    kampus universitas fakultas jurusan sekolah kuliah mahasiswa dosen rektor rektorat dekan
    biro rumah tangga umum teknik gedung kantor bagian unit ruang kelas laporan lapor layanan
    sarana prasarana fasilitas monitoring server database komputer computer internet wifi
    jaringan network system sistem aplikasi windows linux google facebook whatsapp instagram
    android samsung nokia office

    indonesia nusantara merdeka merahputih garuda pancasila nkri raya indonesiaraya bhinneka
    jakarta bandung surabaya yogyakarta jogja jogjakarta semarang medan makassar malang bogor
    depok bekasi tangerang palembang padang denpasar bali jawa sumatera kalimantan sulawesi
    papua sunda batak minang aceh lombok

    bismillah alhamdulillah allah allahuakbar assalamualaikum subhanallah insyaallah muhammad
    muhamad mohammad yesus jesus kristus tuhan doa berkah sukses semangat bahagia sehat rejeki
    rezeki jaya sejahtera maju mantap bisa pasti

    sayang sayangku sayangkamu cinta cintaku akucintakamu aku kamu saya kita iloveyou ilove
    loveyou love lovely cantik ganteng manis anakku anak ibu ibuku mama papa bapak ayah bunda
    istri suami keluarga sahabat teman mother father family baby angel princess prince sunshine
    forever friend friends

    agus budi andi dewi siti putri putra rizky rizki ahmad dian eko fitri indah joko lestari
    ratna wahyu yanti yudi michael jordan jennifer jessica ashley daniel thomas charlie andrew
    robert

    football baseball soccer sepakbola bola persib persija arema persebaya barcelona realmadrid
    liverpool chelsea arsenal manchester juventus milan naruto pokemon doraemon superman batman
    spiderman starwars minecraft mobilelegends freefire dragon naga monkey kucing macan harimau
    singa elang tiger lion eagle shadow hunter killer ranger ninja samurai diamond flower bunga
    mawar melati anggrek bintang bulan matahari langit pelangi hujan kopi nasi goreng cookie
    chocolate coklat banana orange apple cheese pepper summer winter autumn spring silver golden
    purple yellow hitam putih merah biru hijau kuning music musik gitar mobil motor honda yamaha
    toyota mustang ferrari trustno whatever letmein hello halo freedom computerku money duit

    senin selasa rabu kamis jumat sabtu minggu monday tuesday wednesday thursday friday saturday
    sunday januari februari maret april mei juni juli agustus september oktober november
    desember january february march june july august october december hari tahun

    satu dua tiga empat lima enam tujuh delapan sembilan sepuluh nol one two three four five six
    seven eight nine ten
";

/// Returns the words.
pub(super) fn all<'a>() -> impl Iterator<Item = &'a str> {
    WORDS.split_whitespace()
}
