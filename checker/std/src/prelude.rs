//! The preludes: the real ones, with our macros where theirs would be.

pub use ::real::prelude::*;

macro_rules! preludes {
    ($($name:ident)*) => {$(
        /// See the module of this name in `std::prelude`.
        pub mod $name {
            pub use ::real::prelude::$name::*;
            pub use crate::{eprint, eprintln, print, println, write, writeln};
        }
    )*};
}
preludes!(v1 rust_2015 rust_2018 rust_2021 rust_2024);
