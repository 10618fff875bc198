//! Drawings: geometry as plain tested functions, SVG as components. Know no domain type and fetch nothing.

mod dot_plot;

pub use dot_plot::{Dot, DotPlot};
