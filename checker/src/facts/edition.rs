//! Editions of Rust.

use serde::{Deserialize, Serialize};

/// An edition; exercises have the newest one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edition {
    /// As Rust began.
    E2015,
    /// With paths as they are now.
    E2018,
    /// With closures that take only what they use.
    E2021,
    /// With temporaries that live no longer than they must.
    #[default]
    E2024,
}

impl Edition {
    /// All of them, the newest first.
    pub const ALL: [Edition; 4] = [Self::E2024, Self::E2021, Self::E2018, Self::E2015];

    /// What it is called.
    #[must_use]
    pub fn year(self) -> &'static str {
        match self {
            Self::E2015 => "2015",
            Self::E2018 => "2018",
            Self::E2021 => "2021",
            Self::E2024 => "2024",
        }
    }

    /// The edition of this name.
    #[must_use]
    pub fn of_year(year: &str) -> Option<Edition> {
        Self::ALL.into_iter().find(|it| it.year() == year)
    }
}
