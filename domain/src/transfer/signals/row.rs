//! One record as a draft, or what is wrong with its cells.

use super::SignalDefaults;
use super::columns::{Layout, Measure, Role};
use crate::errors::FieldErrors;
use crate::signals::{Behaviour, SignalContent, SignalDraft};
use crate::sites::Catalogue;
use crate::text::{one_line, parse_number, whole_count};
use crate::transfer::dates::{self, NoDate, halves};
use crate::transfer::records::Record;
use crate::transfer::words;
use crate::transfer::work::Remark;
use chrono::NaiveDate;

/// What all rows of a file share.
pub struct RowReading<'a> {
    pub layout: &'a Layout,
    pub defaults: &'a SignalDefaults,
    pub catalogue: &'a Catalogue,
    pub day_first: Option<bool>,
}

impl RowReading<'_> {
    pub fn read(&self, record: &Record, today: impl Fn(&str) -> NaiveDate) -> Result<(SignalDraft, SignalContent), Vec<Remark>> {
        let errors = &mut FieldErrors::default();
        let (page, path) = self.page(record);
        let site = self.site(record);
        let (from, to) = self.period(errors, record);
        let mut draft = SignalDraft {
            page,
            path,
            area: self.cell(record, Role::Area).map(str::to_owned),
            device: self.device(errors, record),
            from,
            to,
            visits: self.count(errors, record, Role::Visits, "visits"),
            exits: self.count(errors, record, Role::Exits, "exits"),
            site,
            ..SignalDraft::default()
        };
        for behaviour in Behaviour::ALL {
            *draft.count_of(behaviour) = self.behaviour(errors, record, behaviour, draft.exits);
        }
        // What could not be read has been named; the check would say that it is missing.
        let mut unread: Vec<String> = errors.0.iter().map(|error| error.field.clone()).collect();
        if draft.to.is_empty() && unread.iter().any(|field| field == "from") {
            unread.push("to".to_owned());
        }
        let checked = draft.check(self.catalogue, today(&draft.site));
        let more = checked.as_ref().err().map(|found| found.0.clone()).unwrap_or_default();
        errors.0.extend(more.into_iter().filter(|error| !unread.contains(&error.field)));
        match (checked, errors.is_empty()) {
            (Ok(content), true) => Ok((draft, content)),
            _ => Err(errors.0.drain(..).map(|error| self.remark(record, &error.field, error.message)).collect()),
        }
    }

    fn remark(&self, record: &Record, field: &str, message: String) -> Remark {
        let role = match field {
            "page" => Role::Page,
            "path" if self.layout.column(Role::Path).is_none() => Role::Page,
            "path" => Role::Path,
            "site" => Role::Site,
            "area" => Role::Area,
            "device" => Role::Device,
            "from" | "to" if self.layout.column(Role::Period).is_some() => Role::Period,
            "from" => Role::From,
            "to" => Role::To,
            "visits" => Role::Visits,
            "exits" => Role::Exits,
            slug => Behaviour::ALL.into_iter().find(|one| one.slug() == slug).map_or(Role::Page, Role::Behaviour),
        };
        Remark { line: record.line, column: self.layout.name(role), message }
    }

    /// The cell of a role; none where it is blank or a lone dash.
    fn cell<'r>(&self, record: &'r Record, role: Role) -> Option<&'r str> {
        let cell = record.cell(self.layout.column(role)?);
        (!words::is_nothing(cell)).then_some(cell)
    }

    /// Name and path; a column of pages alone may hold the one or the other.
    fn page(&self, record: &Record) -> (String, String) {
        let page = self.cell(record, Role::Page).map(one_line).unwrap_or_default();
        match self.cell(record, Role::Path) {
            Some(path) => (page, one_line(path)),
            None if page.starts_with('/') || page.contains("://") => (String::new(), page),
            None => (page, String::new()),
        }
    }

    /// A site by slug or by name.
    fn site(&self, record: &Record) -> String {
        let Some(said) = self.cell(record, Role::Site).map(one_line) else { return self.defaults.site.clone() };
        let known = self.catalogue.sites.iter().find(|one| one.site.slug == said || one.site.name.eq_ignore_ascii_case(&said));
        known.map_or(said, |one| one.site.slug.clone())
    }

    fn device(&self, errors: &mut FieldErrors, record: &Record) -> Option<String> {
        let Some(cell) = self.cell(record, Role::Device) else {
            return Some(self.defaults.device.clone()).filter(|device| !device.is_empty());
        };
        let found = words::device(cell);
        let message = format!("“{}” is not a device. Use desktop, mobile, tablet or all.", one_line(cell));
        errors.require(found.is_some(), "device", message);
        found.flatten().map(|device| device.slug().to_owned())
    }

    fn period(&self, errors: &mut FieldErrors, record: &Record) -> (String, String) {
        let mut day = |field: &str, cell: Option<&str>, default: &str| match cell {
            None => default.to_owned(),
            Some(cell) => self.day(errors, field, cell),
        };
        if let Some(cell) = self.cell(record, Role::Period) {
            return match halves(cell).as_slice() {
                [from, to] => (day("from", Some(from), ""), day("to", Some(to), "")),
                _ => {
                    let message = format!("“{}” is not a period. It should look like 2026-10-23 to 2026-11-19.", one_line(cell));
                    errors.add("from", message);
                    (String::new(), String::new())
                }
            };
        }
        let from = day("from", self.cell(record, Role::From), &self.defaults.from);
        let to = day("to", self.cell(record, Role::To), &self.defaults.to);
        (from, to)
    }

    fn day(&self, errors: &mut FieldErrors, field: &str, cell: &str) -> String {
        let said = one_line(cell);
        match dates::read(cell, self.day_first) {
            Ok(day) => return day.to_string(),
            Err(NoDate::NotInCalendar) => errors.add(field, format!("“{said}” is not in the calendar.")),
            Err(NoDate::Ambiguous) => {
                errors.add(field, format!("“{said}” may be two days: day and month could change places. Write it like 2026-11-20."));
            }
            Err(NoDate::Unreadable) => errors.add(field, format!("“{said}” is not a date. It should look like 2026-11-20.")),
        }
        String::new()
    }

    fn count(&self, errors: &mut FieldErrors, record: &Record, role: Role, field: &str) -> Option<i64> {
        let cell = self.cell(record, role)?;
        let count = whole_count(cell);
        errors.require(count.is_some(), field, format!("“{}” is not a whole number.", one_line(cell)));
        count
    }

    /// Exits with a behaviour: a count, or a share of the exits where the heading says so.
    fn behaviour(&self, errors: &mut FieldErrors, record: &Record, behaviour: Behaviour, exits: Option<i64>) -> Option<i64> {
        let (role, field) = (Role::Behaviour(behaviour), behaviour.slug());
        let cell = self.cell(record, role)?;
        let said = one_line(cell);
        match self.layout.measure(role) {
            Measure::ShareOfExits => {
                let share = share(cell, self.layout.in_percent(role));
                let wrong = format!("“{said}” is not a share of the exits. It should look like 29%.");
                errors.require(share.is_some(), field, wrong);
                share.zip(exits.filter(|exits| *exits >= 0)).map(|(share, exits)| counted(share, exits))
            }
            Measure::ShareOfOther => {
                let message =
                    "A share says how many exits are meant only if it is one of the exits. Give counts, or head the column “% of exits”.";
                errors.add(field, message);
                None
            }
            Measure::Count if cell.contains('%') => {
                let message = format!("“{said}” does not say of what. Give counts, or head the column “% of exits”.");
                errors.add(field, message);
                None
            }
            Measure::Count => self.count(errors, record, role, field),
        }
    }
}

/// A share from 0 to 1: "29 %", "29" below a heading with a percent sign, "0.29" below one without.
fn share(cell: &str, in_percent: bool) -> Option<f64> {
    let number = parse_number(cell.replace('%', "").trim())?;
    let fraction = if cell.contains('%') || in_percent { number / 100.0 } else { number };
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

fn counted(share: f64, exits: i64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most the exits")]
    let count = (share * exits as f64).round() as i64;
    count
}
