//! Dice that fall the same way every time: a small generator of our own, because what is
//! reproducible must not change with somebody else's next version.

/// What one step of the generator adds (`SplitMix64`).
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers that a seed decides.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// Returns the dice of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns dice of their own, so that what they decide hangs on nothing drawn before.
    pub(super) fn of(&self, what: u64) -> Self {
        let mut dice = Self(self.0 ^ what.wrapping_mul(STEP));
        dice.next();
        dice
    }

    /// Returns the next number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number from 0 to below `n`.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(n);
        u64::try_from(wide >> 64).expect("the upper half of 128 bits has 64")
    }

    /// Returns a number from `least` to below `beyond`.
    pub(super) fn between(&mut self, least: i64, beyond: i64) -> i64 {
        let n = u64::try_from(beyond - least).unwrap_or(1).max(1);
        least + i64::try_from(self.below(n)).expect("a part of a span fits")
    }

    /// Says yes so many times in a thousand.
    pub(super) fn chance(&mut self, in_thousand: u64) -> bool {
        self.below(1000) < in_thousand
    }

    /// Returns one of these.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.below(from.len() as u64);
        &from[usize::try_from(index).expect("an index fits")]
    }

    /// Returns one of these texts.
    pub(super) fn word(&mut self, from: &[&'static str]) -> &'static str {
        self.pick::<&'static str>(from)
    }

    /// Returns a time as work takes it: mostly around the usual one, now and then far beyond.
    pub(super) fn about(&mut self, usual: i64) -> i64 {
        match self.below(100) {
            0..50 => self.between(usual / 4, usual),
            50..85 => self.between(usual, usual * 3),
            85..97 => self.between(usual * 3, usual * 8),
            _ => self.between(usual * 8, usual * 20),
        }
    }

    /// Returns an index by weight.
    pub(super) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        let found = weights.iter().position(|weight| {
            let hit = left < *weight;
            left = left.saturating_sub(*weight);
            hit
        });
        found.unwrap_or_default()
    }

    /// Returns so many hexadecimal digits, at most 16.
    pub(super) fn hex(&mut self, digits: usize) -> String {
        let mut text = format!("{:016x}", self.next());
        text.truncate(digits);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn one_seed_always_gives_the_same_numbers() {
        let draw = |seed| std::array::from_fn::<u64, 4, _>(|_| Dice::new(seed).below(1_000_000));
        let mut dice = Dice::new(7);
        let first: Vec<u64> = (0..4).map(|_| dice.below(1_000_000)).collect();
        let mut again = Dice::new(7);
        assert_eq!(
            first,
            (0..4).map(|_| again.below(1_000_000)).collect::<Vec<_>>()
        );
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn every_side_comes_up_and_none_beyond() {
        let mut dice = Dice::new(1);
        let mut seen = [0; 6];
        for _ in 0..600 {
            seen[usize::try_from(dice.below(6)).unwrap()] += 1;
        }
        assert!(
            seen.iter().all(|count| (50..200).contains(count)),
            "{seen:?}"
        );
    }

    #[test]
    fn weights_decide_how_often() {
        let mut dice = Dice::new(3);
        let hits = (0..1000)
            .filter(|_| dice.weighted(&[900, 0, 100]) == 0)
            .count();
        assert!((850..950).contains(&hits), "{hits}");
        assert!((0..1000).all(|_| dice.weighted(&[1, 0, 1]) != 1));
    }
}
