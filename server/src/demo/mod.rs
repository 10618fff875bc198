//! The demo company: a team's library after a year and a half, entered through the operations that the pages and REST
//! call, so that every stage, score and outcome follows from the rules.

mod attachments;
mod company;
mod experiments;
mod load;
mod signals;
mod views;

pub use load::load;
