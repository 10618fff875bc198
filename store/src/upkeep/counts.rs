//! What a check counts on its way through the rows.

use std::collections::{BTreeMap, HashMap};

/// So many rows are looked at together.
pub(crate) const CHUNK: u64 = 500;

/// How many things there should be by each counter, and the highest number that was given.
pub(crate) struct Counts {
    /// The counter that gives the numbers.
    pub numbers: &'static str,
    pub highest: i64,
    pub things: u64,
    pub by_counter: BTreeMap<String, i64>,
}

impl Counts {
    /// Counters that are not met stay at 0.
    pub fn new(numbers: &'static str, counters: impl IntoIterator<Item = String>) -> Self {
        let by_counter = counters.into_iter().map(|name| (name, 0)).collect();
        Self { numbers, highest: 0, things: 0, by_counter }
    }

    /// Counts a thing; an archived one is in no counter.
    pub fn add(&mut self, number: i64, counter: Option<String>) {
        self.highest = self.highest.max(number);
        self.things += 1;
        if let Some(counter) = counter {
            *self.by_counter.entry(counter).or_default() += 1;
        }
    }

    /// Says which stored counters are wrong.
    pub fn compare(&self, stored: &BTreeMap<String, i64>, said: &mut Vec<String>) {
        for (name, real) in &self.by_counter {
            let held = stored.get(name).copied().unwrap_or(0);
            if held != *real {
                said.push(format!("The counter {name} says {held}; there are {real}."));
            }
        }
        let given = stored.get(self.numbers).copied().unwrap_or(0);
        if given < self.highest {
            said.push(format!("The counter {} says {given}, but the number {} was given already.", self.numbers, self.highest));
        }
    }
}

/// The values of each row, sorted.
pub(crate) fn lists_of(pairs: impl Iterator<Item = (i64, String)>) -> HashMap<i64, Vec<String>> {
    let mut lists: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, value) in pairs {
        lists.entry(id).or_default().push(value);
    }
    lists.values_mut().for_each(|values| values.sort());
    lists
}
