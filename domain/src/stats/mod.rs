//! Statistics: numbers in, numbers out. Knows nothing of what the numbers mean.
//!
//! Nothing here panics, loops without a bound or gives NaN: what cannot be
//! computed is `None`, or a [`Refusal`] where the reason lies in the input.
//! Differences and ratios compare the second argument with the first.

pub mod adjustment;
pub mod bayes;
mod beta;
mod chi_square;
mod count;
pub mod duration;
pub mod fisher;
mod goal;
mod interval;
pub mod margins;
pub mod mean_planning;
pub mod means;
pub mod multiplicity;
mod normal;
pub mod proportion_intervals;
pub mod proportions;
mod quadrature;
pub mod random_effects;
mod ratio;
mod refusal;
mod root;
mod saddle_point;
mod sample;
pub mod selection;
pub mod sequential;
pub mod share_planning;
pub mod shrinkage;
pub mod split;
pub mod strata;
mod student;

pub use beta::Beta;
pub use count::Count;
pub use goal::{Goal, Sides};
pub use interval::Interval;
pub use ratio::RatioSums;
pub use refusal::Refusal;
pub use sample::Sample;
