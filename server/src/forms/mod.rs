//! Forms as browsers post them: each handler translates, calls one operation, and leads on. A refused form comes
//! back with what was typed.

mod accounts;
mod answer;
mod attachments;
mod comments;
mod evidence;
mod experiments;
mod hypotheses;
mod impact;
mod learnings;
mod scoring;
mod signals;
mod site_changes;
mod sites;
mod transfer;
mod views;
mod weights;

pub use answer::Answer;

use crate::routes::Routes;

pub fn add(routes: &mut Routes) {
    accounts::add(routes);
    attachments::add(routes);
    comments::add(routes);
    experiments::add(routes);
    evidence::add(routes);
    hypotheses::add(routes);
    impact::add(routes);
    learnings::add(routes);
    scoring::add(routes);
    signals::add(routes);
    site_changes::add(routes);
    sites::add(routes);
    transfer::add(routes);
    views::add(routes);
    weights::add(routes);
}
