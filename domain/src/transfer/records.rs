//! Text becomes records of cells that remember the physical line they start on. Knows quotes and line ends, no headers.

use std::iter::Peekable;
use std::str::Chars;

/// One record: its cells and the line of the file, from 1, on which it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub line: usize,
    pub cells: Vec<String>,
}

impl Record {
    /// Whether no cell holds anything but space.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cell without outer space; empty beyond the last.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// A quoted cell that does not end as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadQuote {
    /// The line on which the quote is opened.
    pub line: usize,
    /// The column of the cell, from 0.
    pub column: usize,
    /// True when the file ends inside the cell, false when text follows the closing quote.
    pub unclosed: bool,
}

impl BadQuote {
    /// The sentence for people; `header` names the column where it is known.
    pub fn message(self, header: &[String]) -> String {
        let heading = header.get(self.column).map(|heading| crate::text::one_line(heading)).filter(|heading| !heading.is_empty());
        let column = heading.unwrap_or_else(|| format!("column {}", self.column + 1));
        let line = format!("{}, {column}", self.line);
        if self.unclosed {
            format!("Line {line}: a quote is opened and never closed. Close it, or double the quotes inside the cell.")
        } else {
            format!("Line {line}: text follows the quote that closes a cell. Double the quotes inside a quoted cell.")
        }
    }
}

/// Reads records one by one. A quote opens a cell only at its start; elsewhere it is text.
pub struct Records<'a> {
    rest: Peekable<Chars<'a>>,
    delimiter: char,
    line: usize,
}

enum End {
    Cell,
    Line,
    File,
}

impl<'a> Records<'a> {
    pub fn new(text: &'a str, delimiter: char) -> Self {
        Self { rest: text.chars().peekable(), delimiter, line: 1 }
    }

    fn record(&mut self) -> Result<Record, BadQuote> {
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell().map_err(|quote| BadQuote { column: cells.len(), ..quote })?;
            cells.push(cell);
            if !matches!(end, End::Cell) {
                return Ok(Record { line, cells });
            }
        }
    }

    fn cell(&mut self) -> Result<(String, End), BadQuote> {
        let mut spaces = String::new();
        while let Some(space) = self.rest.next_if_eq(&' ') {
            spaces.push(space);
        }
        if self.rest.next_if_eq(&'"').is_some() {
            return self.quoted();
        }
        let mut cell = spaces;
        while let Some(c) = self.rest.next() {
            if let Some(end) = self.end(c) {
                return Ok((cell, end));
            }
            cell.push(c);
        }
        Ok((cell, End::File))
    }

    fn quoted(&mut self) -> Result<(String, End), BadQuote> {
        let line = self.line;
        let mut cell = String::new();
        while let Some(c) = self.rest.next() {
            match c {
                '"' if self.rest.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => {
                    while self.rest.next_if_eq(&' ').is_some() {}
                    let end = match self.rest.next() {
                        None => End::File,
                        Some(c) => self.end(c).ok_or(BadQuote { line, column: 0, unclosed: false })?,
                    };
                    return Ok((cell, end));
                }
                _ => {
                    if c == '\n' || (c == '\r' && self.rest.peek() != Some(&'\n')) {
                        self.line += 1;
                    }
                    cell.push(c);
                }
            }
        }
        Err(BadQuote { line, column: 0, unclosed: true })
    }

    /// What this character ends, if it ends something.
    fn end(&mut self, c: char) -> Option<End> {
        match c {
            _ if c == self.delimiter => Some(End::Cell),
            '\n' => {
                self.line += 1;
                Some(End::Line)
            }
            '\r' => {
                self.rest.next_if_eq(&'\n');
                self.line += 1;
                Some(End::Line)
            }
            _ => None,
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, BadQuote>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.peek()?;
        let record = self.record();
        if record.is_err() {
            self.rest = "".chars().peekable();
        }
        Some(record)
    }
}

/// Records of text whose quotes may mean nothing: where they do not fit, they are taken as letters.
pub fn forgiving(text: &str, delimiter: char) -> Vec<Record> {
    if let Ok(records) = Records::new(text, delimiter).collect() {
        return records;
    }
    let cells = |line: &str| line.split(delimiter).map(str::to_owned).collect();
    text.lines().enumerate().map(|(index, line)| Record { line: index + 1, cells: cells(line) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(usize, Vec<String>)>, BadQuote> {
        Records::new(text, ',').map(|record| record.map(|record| (record.line, record.cells))).collect()
    }

    #[test]
    fn records_know_the_line_they_start_on() {
        let text = "a,b\r\n\"x\ny\",\"say \"\"hi\"\"\"\r\n\rlast, \"q, r\" \n";
        let lines: Vec<_> = read(text).unwrap().into_iter().map(|(line, cells)| (line, cells.join("|"))).collect();
        let wanted = [(1, "a|b"), (2, "x\ny|say \"hi\""), (4, ""), (5, "last|q, r")];
        assert_eq!(lines, wanted.map(|(line, cells)| (line, cells.to_owned())));
    }

    #[test]
    fn a_quote_inside_a_cell_is_text() {
        assert_eq!(read("Make 27\" screens,b").unwrap()[0].1, ["Make 27\" screens", "b"]);
    }

    #[test]
    fn quotes_that_do_not_fit_name_their_line() {
        assert_eq!(read("a\n\"b,c\nd"), Err(BadQuote { line: 2, column: 0, unclosed: true }));
        assert_eq!(read("a\nb,\"c\nd,\"e, f\""), Err(BadQuote { line: 2, column: 1, unclosed: false }));
        assert_eq!(forgiving("a\n\"b,c", ',').len(), 2);
    }
}
