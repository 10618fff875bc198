//! `fill`: a large plausible library for measuring.

use super::Stop;
use super::place::Place;
use clap::Args;
use store::{Actor, Own};

#[derive(Debug, Args)]
pub struct Fill {
    #[arg(long)]
    workspace: String,
    /// How many hypotheses to add.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    hypotheses: u64,
    /// How many pieces of evidence to add.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(0..=10_000_000))]
    evidence: u64,
    /// The same seed makes the same library.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Fill {
    pub async fn run(self, place: &Place) -> Result<(), Stop> {
        let store = place.open().await?;
        store.scope::<Own>(&Actor::Operator, &self.workspace).await?.fill(self.hypotheses, self.evidence, self.seed).await?;
        Ok(())
    }
}
