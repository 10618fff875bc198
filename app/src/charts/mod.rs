//! Drawings: geometry as plain tested functions, SVG as components. Know no domain type and fetch nothing.

mod dot_plot;
mod interval;
mod progress;
mod shares;

pub use dot_plot::{Dot, DotPlot};
pub use interval::{Axis, Interval, Scale, Shape, Span};
pub use progress::{Progress, ThinProgress, Weeks};
pub use shares::{RatePlot, ShareBar, reach};
