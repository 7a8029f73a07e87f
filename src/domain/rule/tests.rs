use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn rule(id: &str, name: &str) -> Rule {
    Rule {
        id: id.into(),
        name: name.into(),
        active: true,
        ..Rule::default()
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn lamp() -> Rule {
    Rule {
        words: texts(&["lampu"]),
        skills: texts(&["Listrik"]),
        ..rule("r1", "Lampu")
    }
}

fn officer(id: &str, name: &str, skills: &[&str], load: (u32, u32)) -> Officer {
    let (open, max_open) = load;
    let (id, name) = (id.to_owned(), name.to_owned());
    Officer {
        id,
        name,
        skills: texts(skills),
        present: true,
        open,
        max_open,
    }
}

fn desk() -> Vec<Officer> {
    vec![
        officer("ADM04", "Joko", &["Listrik", "AC"], (7, 10)),
        officer("ADM05", "Adi", &["listrik "], (4, 10)),
        Officer {
            present: false,
            ..officer("ADM06", "Budi", &["Listrik"], (0, 10))
        },
        officer("ADM07", "Citra", &["Air"], (1, 10)),
    ]
}

fn about(text: &str) -> Subject<'_> {
    Subject {
        text,
        ..Subject::default()
    }
}

#[test]
fn the_least_loaded_of_the_fit_and_present_is_proposed() {
    let proposal = Rules::new(vec![lamp()]).propose(&about("Lampu mati"), &desk());
    assert_eq!(proposal.officer.as_deref(), Some("ADM05"));
    assert_eq!(proposal.rule.as_deref(), Some("r1"));
    let ranked: Vec<&str> = proposal.ranked.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ranked, ["ADM05", "ADM04", "ADM06", "ADM07"]);
    assert_eq!(
        proposal.reason(Lang::Id),
        "ADM05 Adi: keahlian Listrik cocok (aturan 'Lampu'), hadir, beban paling ringan 4/10."
    );
    assert_eq!(
        proposal.reason(Lang::En),
        "ADM05 Adi: has the skill Listrik (rule 'Lampu'), is present, lightest load 4/10."
    );
}

#[rstest]
#[case::share_not_count(("B", 3, 10), ("A", 2, 4), "B")]
#[case::then_count(("B", 1, 2), ("A", 2, 4), "B")]
#[case::then_id(("B", 1, 2), ("A", 1, 2), "A")]
#[case::no_task_at_all(("B", 0, 0), ("A", 9, 10), "A")]
#[case::at_the_limit(("B", 10, 10), ("A", 99, 100), "A")]
fn load_is_the_share_of_the_limit_then_the_count_then_the_id(
    #[case] one: (&str, u32, u32),
    #[case] other: (&str, u32, u32),
    #[case] chosen: &str,
) {
    let officers = [one, other].map(|(id, open, max)| officer(id, id, &["Listrik"], (open, max)));
    let proposal = Rules::new(vec![lamp()]).propose(&about("lampu"), &officers);
    assert_eq!(proposal.officer.as_deref(), Some(chosen));
}

#[rstest]
#[case::nothing_set_up(
    Rules::default(),
    "Tidak ada usulan: belum ada aturan yang aktif.",
    "No proposal: no rule is active yet."
)]
#[case::another_matter(
    Rules::new(vec![Rule { words: texts(&["keran"]), ..rule("r2", "Keran") }]),
    "Tidak ada usulan: tidak ada aturan yang cocok dengan laporan ini.",
    "No proposal: no rule matches this report."
)]
fn without_a_rule_the_sentence_says_so(#[case] rules: Rules, #[case] id: &str, #[case] en: &str) {
    let proposal = rules.propose(&about("lampu mati"), &desk());
    assert_eq!(proposal.officer, None);
    assert_eq!(proposal.reason(Lang::Id), id);
    assert_eq!(proposal.reason(Lang::En), en);
}

#[rstest]
#[case::unskilled(
    desk().split_off(3),
    "tidak ada petugas dengan keahlian Listrik (aturan 'Lampu').",
    "there is no officer with the skill Listrik (rule 'Lampu')."
)]
#[case::away(
    desk().into_iter().map(|one| Officer { present: false, ..one }).collect(),
    "tidak hadir semua, 3 petugas dengan keahlian Listrik (aturan 'Lampu').",
    "all away, 3 officers with the skill Listrik (rule 'Lampu')."
)]
#[case::full(
    desk().into_iter().map(|one| Officer { open: 10, ..one }).collect(),
    "petugas dengan keahlian Listrik yang hadir sudah penuh, paling ringan ADM04 Joko 10/10 \
     (aturan 'Lampu').",
    "officers with the skill Listrik at work are full, the lightest load is ADM04 Joko 10/10 \
     (rule 'Lampu')."
)]
fn when_nobody_is_free_the_sentence_says_why(
    #[case] officers: Vec<Officer>,
    #[case] id: &str,
    #[case] en: &str,
) {
    let proposal = Rules::new(vec![lamp()]).propose(&about("lampu mati"), &officers);
    assert_eq!(proposal.officer, None);
    assert_eq!(proposal.reason(Lang::Id), format!("Tidak ada usulan: {id}"));
    assert_eq!(proposal.reason(Lang::En), format!("No proposal: {en}"));
}

#[test]
fn a_rule_without_skills_takes_whoever_is_there() {
    let rules = Rules::new(vec![rule("r9", "Sisa")]);
    let nobody = rules.propose(&about("apa saja"), &[]);
    assert_eq!(
        nobody.reason(Lang::Id),
        "Tidak ada usulan: tidak ada petugas (aturan 'Sisa')."
    );
    assert_eq!(
        nobody.reason(Lang::En),
        "No proposal: there is no officer (rule 'Sisa')."
    );
    let citra = rules.propose(
        &about("apa saja"),
        &[officer("ADM07", "Citra", &[], (0, 5))],
    );
    assert_eq!(
        citra.reason(Lang::Id),
        "ADM07 Citra: cocok menurut aturan 'Sisa', hadir, beban paling ringan 0/5."
    );
    assert_eq!(
        citra.reason(Lang::En),
        "ADM07 Citra: fits by rule 'Sisa', is present, lightest load 0/5."
    );
}

#[test]
fn every_condition_of_a_rule_must_be_met() {
    let strict = Rule {
        words: texts(&["lampu", "neon"]),
        category: Some("Listrik".into()),
        places: texts(&["gedung b", "aula"]),
        unit: Some("Teknik Elektro".into()),
        ..rule("r1", "Ketat")
    };
    let rules = Rules::new(vec![strict]);
    for (text, category, unit, met) in [
        (
            "neon Gedung B mati",
            Some("listrik"),
            Some("TEKNIK ELEKTRO"),
            true,
        ),
        (
            "lampunya aula",
            Some("Listrik"),
            Some("Teknik Elektro"),
            true,
        ),
        ("kabel aula", Some("Listrik"), Some("Teknik Elektro"), false),
        (
            "lampu gedung C",
            Some("Listrik"),
            Some("Teknik Elektro"),
            false,
        ),
        ("lampu aula", Some("Air"), Some("Teknik Elektro"), false),
        ("lampu aula", None, Some("Teknik Elektro"), false),
        ("lampu aula", Some("Listrik"), Some("Teknik"), false),
        ("lampu aula", Some("Listrik"), None, false),
    ] {
        let proposal = rules.propose(
            &Subject {
                text,
                category,
                unit,
            },
            &desk(),
        );
        assert_eq!(proposal.rule.is_some(), met, "{text} {category:?} {unit:?}");
    }
}

#[test]
fn all_skills_are_needed() {
    let climbing = Rule {
        skills: texts(&["Listrik", "AC", "Air"]),
        ..lamp()
    };
    let mut officers = desk();
    let proposal = Rules::new(vec![climbing.clone()]).propose(&about("lampu"), &officers);
    assert_eq!(proposal.officer, None);
    officers[0].skills.push("air".into());
    let proposal = Rules::new(vec![climbing]).propose(&about("lampu"), &officers);
    assert_eq!(proposal.officer.as_deref(), Some("ADM04"));
    assert!(
        proposal
            .reason(Lang::Id)
            .contains("keahlian Listrik, AC dan Air cocok")
    );
    assert!(
        proposal
            .reason(Lang::En)
            .contains("skill Listrik, AC and Air (")
    );
}

#[test]
fn a_later_rule_helps_out_when_the_first_has_nobody_free() {
    let first = Rule {
        skills: texts(&["Panjat"]),
        order: 1,
        ..lamp()
    };
    let second = Rule {
        order: 2,
        ..Rule {
            id: "r2".into(),
            ..lamp()
        }
    };
    let asleep = Rule {
        active: false,
        ..rule("r0", "Tidur")
    };
    let rules = Rules::new(vec![second, asleep, first]);
    let proposal = rules.propose(&about("lampu"), &desk());
    assert_eq!(proposal.rule.as_deref(), Some("r2"));
    let nobody = rules.propose(&about("lampu"), &[]);
    assert_eq!(nobody.rule.as_deref(), Some("r1"));
    assert!(nobody.reason(Lang::Id).contains("Panjat"));
}

#[test]
fn rules_come_back_from_their_stored_form() {
    let stored = serde_json::to_string(&lamp()).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&stored).unwrap(), lamp());
    assert!(serde_json::from_str::<Rule>(r#"{"word": []}"#).is_err());
}

prop_compose! {
    fn any_officer()(
        number in 0u32..50,
        skilled in any::<bool>(),
        present in any::<bool>(),
        load in (0u32..6, 0u32..6),
    ) -> Officer {
        let id = format!("ADM{number:02}");
        let skills: &[&str] = if skilled { &["Listrik"] } else { &["Air"] };
        Officer { present, ..officer(&id, &id, skills, load) }
    }
}

proptest! {
    #[test]
    fn the_proposed_officer_is_free_and_nobody_free_carries_less(
        officers in prop::collection::vec(any_officer(), 0..12),
    ) {
        let proposal = Rules::new(vec![lamp()]).propose(&about("lampu mati"), &officers);
        let free = |one: &&Officer| {
            one.present && one.open < one.max_open && one.skills == ["Listrik"]
        };
        let share = |one: &Officer| f64::from(one.open) / f64::from(one.max_open);
        let least = officers.iter().filter(free).map(share).reduce(f64::min);
        let best = proposal.ranked.first().filter(|_| proposal.officer.is_some());
        prop_assert_eq!(best.map(|one| &one.id), proposal.officer.as_ref());
        prop_assert!(best.is_none_or(Candidate::is_free));
        let carried = best.map(|one| f64::from(one.open) / f64::from(one.max_open));
        prop_assert_eq!(carried, least);
        prop_assert_eq!(proposal.ranked.len(), officers.len());
        prop_assert_eq!(proposal.reason(Lang::Id).matches('.').count(), 1);
    }
}
