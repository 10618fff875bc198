//! Which column fills which field, chosen for all columns at once: the choice with the largest sum of points.

/// The worth of a pair that may not be; any real sum is larger.
const NEVER: i64 = -1_000_000_000;

/// The column of each row, so that the sum of the points is largest and no column is taken twice. A row may stay
/// without a column, for no points; only pairs with more than that are made. `points` has equally long rows.
pub fn assign(points: &[Vec<i64>]) -> Vec<Option<usize>> {
    let rows = points.len();
    let columns = points.first().map_or(0, Vec::len);
    // A row without a column takes a place of its own behind the columns.
    let worth = |row: usize, column: usize| {
        let real = points.get(row).and_then(|points| points.get(column)).copied();
        real.map_or(0, |points| if points > 0 { points } else { NEVER })
    };
    let owners = cheapest(rows, columns + rows, &|row, column| -worth(row, column));
    let mut chosen = vec![None; rows];
    for (column, row) in owners.into_iter().enumerate().take(columns) {
        if let Some(place) = row.and_then(|row| chosen.get_mut(row)) {
            *place = Some(column);
        }
    }
    chosen
}

/// The row that each column is given to, at the least total cost: the Hungarian method by shortest paths, after Jonker
/// and Volgenant, "A Shortest Augmenting Path Algorithm", Computing 38 (1987). Needs as many columns as rows.
fn cheapest(rows: usize, columns: usize, cost: &dyn Fn(usize, usize) -> i64) -> Vec<Option<usize>> {
    let mut search = Search { owner: vec![None; columns], row_price: vec![0; rows], column_price: vec![0; columns] };
    for row in 0..rows {
        search.place(row, cost);
    }
    search.owner
}

struct Search {
    owner: Vec<Option<usize>>,
    row_price: Vec<i64>,
    column_price: Vec<i64>,
}

/// What one search knows of a column: the cheapest way to it and the column before it on that way.
#[derive(Clone, Copy)]
struct Way {
    length: i64,
    before: Option<usize>,
    done: bool,
}

impl Search {
    /// Gives the row a column, moving others along the cheapest way to a free one.
    fn place(&mut self, first: usize, cost: &dyn Fn(usize, usize) -> i64) {
        let mut ways = vec![Way { length: i64::MAX, before: None, done: false }; self.owner.len()];
        let (mut row, mut from, mut length) = (first, None, 0);
        let end = loop {
            self.look(row, from, length, &mut ways, cost);
            let open = ways.iter().enumerate().filter(|(_, way)| !way.done);
            let Some((column, way)) = open.min_by_key(|(_, way)| way.length).map(|(column, way)| (column, *way)) else { return };
            length = way.length;
            if let Some(way) = ways.get_mut(column) {
                way.done = true;
            }
            match self.owner.get(column).copied().flatten() {
                Some(next) => (row, from) = (next, Some(column)),
                None => break column,
            }
        };
        self.reprice(first, length, &ways);
        self.turn(first, end, &ways);
    }

    fn look(&self, row: usize, from: Option<usize>, length: i64, ways: &mut [Way], cost: &dyn Fn(usize, usize) -> i64) {
        let paid = self.row_price.get(row).copied().unwrap_or_default();
        for (column, way) in ways.iter_mut().enumerate().filter(|(_, way)| !way.done) {
            let price = self.column_price.get(column).copied().unwrap_or_default();
            let there = length + cost(row, column) - paid - price;
            if there < way.length {
                (way.length, way.before) = (there, from);
            }
        }
    }

    fn reprice(&mut self, first: usize, length: i64, ways: &[Way]) {
        for (column, way) in ways.iter().enumerate().filter(|(_, way)| way.done) {
            let change = length - way.length;
            if let Some(price) = self.column_price.get_mut(column) {
                *price -= change;
            }
            let owner = self.owner.get(column).copied().flatten();
            if let Some(price) = owner.and_then(|row| self.row_price.get_mut(row)) {
                *price += change;
            }
        }
        if let Some(price) = self.row_price.get_mut(first) {
            *price += length;
        }
    }

    fn turn(&mut self, first: usize, end: usize, ways: &[Way]) {
        let mut column = end;
        loop {
            let before = ways.get(column).and_then(|way| way.before);
            let row = before.map_or(Some(first), |before| self.owner.get(before).copied().flatten());
            if let Some(place) = self.owner.get_mut(column) {
                *place = row;
            }
            match before {
                Some(before) => column = before,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The largest sum by trying everything.
    fn best(points: &[Vec<i64>], taken: u32) -> i64 {
        let Some((row, rest)) = points.split_first() else { return 0 };
        let pairs = row.iter().enumerate().filter(|(column, points)| taken & (1 << column) == 0 && **points > 0);
        let used = pairs.map(|(column, points)| points + best(rest, taken | (1 << column))).max();
        used.unwrap_or(0).max(best(rest, taken))
    }

    #[test]
    fn one_column_makes_room_when_the_whole_gains() {
        assert_eq!(assign(&[vec![90, 85], vec![40, 0]]), [Some(1), Some(0)]);
        assert_eq!(assign(&[vec![90, 20], vec![40, 0]]), [Some(0), None]);
        assert_eq!(assign(&[vec![0, -5]]), [None]);
        assert_eq!(assign(&[]), Vec::<Option<usize>>::new());
    }

    proptest! {
        #[test]
        fn no_other_choice_has_more_points(points in proptest::collection::vec(proptest::collection::vec(-9i64..30, 5), 1..6)) {
            let chosen = assign(&points);
            let sum: i64 = chosen.iter().zip(&points).filter_map(|(column, row)| column.map(|column| row[column])).sum();
            prop_assert_eq!(sum, best(&points, 0));
        }
    }
}
