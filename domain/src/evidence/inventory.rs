//! How much evidence there is of what: by area and by kind, how fresh it is, and how much of it is put to use.

use super::{Class, FreshnessWord, Kind};
use serde::{Deserialize, Serialize};

/// Counts of some of the evidence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub fresh: u64,
    pub ageing: u64,
    pub stale: u64,
    /// What no hypothesis is linked to; the rest is used.
    pub unused: u64,
}

impl Tally {
    pub fn items(&self) -> u64 {
        self.fresh + self.ageing + self.stale
    }

    pub fn used(&self) -> u64 {
        self.items().saturating_sub(self.unused)
    }

    pub fn of(&self, word: FreshnessWord) -> u64 {
        match word {
            FreshnessWord::Fresh => self.fresh,
            FreshnessWord::Ageing => self.ageing,
            FreshnessWord::Stale => self.stale,
        }
    }

    pub fn set(&mut self, word: FreshnessWord, count: u64) {
        match word {
            FreshnessWord::Fresh => self.fresh = count,
            FreshnessWord::Ageing => self.ageing = count,
            FreshnessWord::Stale => self.stale = count,
        }
    }

    fn add(self, other: &Tally) -> Tally {
        Tally {
            fresh: self.fresh + other.fresh,
            ageing: self.ageing + other.ageing,
            stale: self.stale + other.stale,
            unused: self.unused + other.unused,
        }
    }
}

/// All evidence of a workspace, archived left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// Every kind that there is some of, in the order of kinds.
    pub kinds: Vec<(Kind, Tally)>,
    /// By area's slug, none for what names no area, the most first. What names two areas is counted under both.
    pub areas: Vec<(Option<String>, Tally)>,
}

impl Inventory {
    pub fn all(&self) -> Tally {
        self.kinds.iter().fold(Tally::default(), |sum, (_, tally)| sum.add(tally))
    }

    pub fn class(&self, class: Class) -> Tally {
        let here = self.kinds.iter().filter(|(kind, _)| kind.class() == class);
        here.fold(Tally::default(), |sum, (_, tally)| sum.add(tally))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_add_up_to_classes_and_to_all() {
        let tally = |fresh, stale, unused| Tally { fresh, stale, unused, ..Tally::default() };
        let kinds = vec![(Kind::Survey, tally(2, 1, 3)), (Kind::Heatmap, tally(1, 0, 0)), (Kind::Analytics, tally(0, 4, 1))];
        let inventory = Inventory { kinds, areas: Vec::new() };
        assert_eq!(inventory.class(Class::Behaviour), tally(1, 4, 1));
        assert_eq!((inventory.all().items(), inventory.all().used()), (8, 4));
        assert_eq!(inventory.class(Class::Test).items(), 0);
    }
}
