//! The categories of a new installation, with the words campus people use for them.

use super::Category;

const START: [(&str, &str); 10] = [
    (
        "Listrik",
        "listrik, kelistrikan, lampu, neon, bohlam, stopkontak, stop kontak, colokan, saklar, \
         sakelar, mcb, sekring, sekering, kabel, korslet*, konslet*, korsleting, mati lampu, \
         mati listrik, padam, genset, setrum, nyetrum, kesetrum, kwh, fitting, lamp, electric*, \
         power outage, light, lights, socket",
    ),
    (
        "Air",
        "air, keran, kran, wastafel, bocor*, pipa, toilet, wc, kloset, closet, urinoir, shower, \
         mampet, tersumbat, tandon, toren, pompa, sanyo, pdam, ledeng, jetwasher, septic tank, \
         got, selokan, banjir, meluap, water, leak*, tap, faucet, sink, pipe",
    ),
    (
        "AC",
        "ac, ac bocor, ac netes, tidak dingin, kurang dingin, ga dingin, gak dingin, nggak dingin, \
         tdk dingin, tak dingin, freon, pendingin, remote ac, kompresor, menetes, netes, gerah, \
         pengap, kipas, exhaust, aircon, air conditioner, air conditioning",
    ),
    (
        "Bangunan",
        "bangunan, gedung retak, atap, atap bocor, bocor atap, genteng, talang, plafon*, \
         plafon bocor, dinding, tembok, dicat, pengecatan, cat mengelupas, lantai, keramik, ubin, \
         pintu, jendela, kaca, kusen, kunci, gembok, engsel, gagang, handle, tangga, lift, pagar, \
         retak*, rembes*, merembes, ambrol, jebol, roof, ceiling, wall, floor, door, window",
    ),
    (
        "Kebersihan",
        "kebersihan, kotor, toilet kotor, wc kotor, toilet bau, wc bau, jorok, sampah, bau, busuk, \
         debu, berdebu, sapu, disapu, pel, dipel, bersihkan, dibersihkan, cleaning, tikus, kecoa*, \
         semut, nyamuk, bangkai, tisu, tissue, sabun, dirty, trash, garbage, smell*",
    ),
    (
        "Internet/IT",
        "internet, wifi, wi fi, hotspot, jaringan, lan, router, access point, sinyal, koneksi, \
         lemot, komputer, pc, laptop, printer, toner, monitor, keyboard, mouse, server, network, \
         computer",
    ),
    (
        "Audio visual",
        "proyektor, projector, lcd, infocus, layar, speaker, mic, mik, mikrofon, microphone, \
         sound, soundsystem, pengeras, toa, hdmi, vga, tv, televisi",
    ),
    (
        "Mebel",
        "mebel, meubel, kursi, meja, bangku, lemari, rak, laci, loker, sofa, podium, papan tulis, \
         whiteboard, gorden, korden, tirai, furniture, chair, table, desk, cupboard",
    ),
    (
        "Taman",
        "taman, rumput, pohon, dahan, ranting, tanaman, pot, bunga, kebun, semak, tumbang, \
         garden, grass, tree",
    ),
    (
        "Keamanan",
        "keamanan, satpam, security, cctv, maling, pencuri*, dicuri, kecurian, kehilangan, hilang, \
         mencurigakan, alarm, portal, parkir*, kebakaran, apar, asap, theft, stolen, lost",
    ),
];

/// Returns the list anew, for the settings to change.
pub(super) fn categories() -> Vec<Category> {
    let category = |(name, words): (&str, &str)| Category {
        name: name.to_owned(),
        words: words.split(", ").map(str::to_owned).collect(),
    };
    START.into_iter().map(category).collect()
}
