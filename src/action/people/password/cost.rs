//! Argon2id with the cost that the settings ask for, and never less than its floor.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
};

use crate::config;
use crate::store::staff::Hash;

/// What Argon2id takes at least: 19 MiB and two passes; and what it may take at most.
const MEMORY_KIB: std::ops::RangeInclusive<u32> = 19_456..=4_194_304;
const PASSES: std::ops::RangeInclusive<u32> = 2..=64;
const LANES: std::ops::RangeInclusive<u32> = 1..=64;
const OUTPUT: usize = 32;

/// What hashing costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// What comes out when a password is compared with a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    /// Right, but the hash cost less than it should by now.
    Outdated,
    Wrong,
}

impl Cost {
    pub(super) fn of(settings: &config::Password) -> Self {
        Self::new(settings.memory_kib, settings.passes, settings.lanes)
    }

    fn new(memory_kib: u32, passes: u32, lanes: u32) -> Self {
        Self {
            memory_kib: memory_kib.clamp(*MEMORY_KIB.start(), *MEMORY_KIB.end()),
            passes: passes.clamp(*PASSES.start(), *PASSES.end()),
            lanes: lanes.clamp(*LANES.start(), *LANES.end()),
        }
    }

    pub(super) fn hash(self, password: &str) -> Hash {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params());
        let hash = argon2.hash_password(password.as_bytes());
        let hash: PasswordHash = hash.expect("the system has random bytes and the cost is allowed");
        Hash::new(hash.to_string())
    }

    pub(super) fn verify(self, password: &str, stored: &Hash) -> Verdict {
        let Ok(hash) = PasswordHash::new(stored.as_str()) else {
            return Verdict::Wrong;
        };
        match Argon2::default().verify_password(password.as_bytes(), &hash) {
            Ok(()) if self.is_met(&hash) => Verdict::Right,
            Ok(()) => Verdict::Outdated,
            Err(_) => Verdict::Wrong,
        }
    }

    /// Returns a hash that no password has and that takes as long to compare as any other.
    pub(super) fn nobody(self) -> Hash {
        let hash = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.params()).expect("parameters can be written"),
            salt: Some(Salt::new(&[0; 16]).expect("16 bytes are a salt")),
            hash: Some(Output::new(&[0; OUTPUT]).expect("32 bytes are a hash")),
        };
        Hash::new(hash.to_string())
    }

    fn is_met(self, hash: &PasswordHash) -> bool {
        let Ok(params) = Params::try_from(hash) else {
            return false;
        };
        hash.algorithm == ARGON2ID_IDENT
            && params.m_cost() >= self.memory_kib
            && params.t_cost() >= self.passes
            && params.p_cost() == self.lanes
    }

    fn params(self) -> Params {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(OUTPUT))
            .expect("the cost is kept within what Argon2 takes")
    }
}

#[cfg(test)]
mod tests {
    use super::{Cost, Hash, Verdict};

    const PASSWORD: &str = "jendela biru menghadap sawah";

    fn floor() -> Cost {
        Cost::new(0, 0, 0)
    }

    #[test]
    fn the_cost_never_falls_below_the_floor() {
        assert_eq!(
            floor(),
            Cost {
                memory_kib: 19 * 1024,
                passes: 2,
                lanes: 1
            }
        );
        let asked = Cost::new(65_536, 3, 1);
        assert_eq!(
            asked,
            Cost {
                memory_kib: 65_536,
                passes: 3,
                lanes: 1
            }
        );
        Cost::new(u32::MAX, u32::MAX, u32::MAX).params();
    }

    #[test]
    fn a_password_is_known_by_its_hash_alone() {
        let hash = floor().hash(PASSWORD);
        assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(floor().verify(PASSWORD, &hash), Verdict::Right);
        assert_eq!(
            floor().verify("jendela biru menghadap sawaH", &hash),
            Verdict::Wrong
        );
        assert_ne!(
            floor().hash(PASSWORD),
            hash,
            "every hash has a salt of its own"
        );
    }

    #[test]
    fn a_cheaper_hash_than_asked_for_is_outdated() {
        let hash = floor().hash(PASSWORD);
        for dearer in [
            Cost::new(20_000, 2, 1),
            Cost::new(0, 3, 1),
            Cost::new(0, 2, 2),
        ] {
            assert_eq!(
                dearer.verify(PASSWORD, &hash),
                Verdict::Outdated,
                "{dearer:?}"
            );
        }
        let dear = Cost::new(20_000, 3, 1).hash(PASSWORD);
        assert_eq!(floor().verify(PASSWORD, &dear), Verdict::Right);
    }

    #[test]
    fn nobody_has_the_hash_of_nobody() {
        let nobody = floor().nobody();
        assert!(
            nobody
                .as_str()
                .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
        );
        for password in ["", PASSWORD] {
            assert_eq!(
                floor().verify(password, &nobody),
                Verdict::Wrong,
                "{password}"
            );
        }
    }

    #[test]
    fn what_is_no_hash_lets_nobody_in() {
        for stored in [
            "",
            PASSWORD,
            "$argon2id$",
            "5f4dcc3b5aa765d61d8327deb882cf99",
        ] {
            let verdict = floor().verify(stored, &Hash::new(stored.into()));
            assert_eq!(verdict, Verdict::Wrong, "{stored}");
        }
    }
}
