//! The mirrors of `std::sync`, in a plain run with real threads: what they answer is what the real
//! ones answer to the same calls, and they keep what they promise when many use them at once.
//!
//! The sources are those of the checked std, compiled once more here: linked as a library it would
//! replace functions of libc in this test.

#![allow(
    deprecated,
    clippy::declare_interior_mutable_const,
    clippy::borrow_interior_mutable_const,
    clippy::into_iter_on_ref,
    reason = "whatever std allows has a mirror, also what is deprecated or odd"
)]

extern crate std as real;

#[path = "../../checker/std/src/sync/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    hidden_glob_reexports,
    reason = "a library's interface, used here in part"
)]
mod mirrors;

mod answers;
mod atomics;
mod channels;
mod stress;
mod traits;

/// Tests that call the same functions of the real module and of the mirrors and compare what was
/// answered, text by text. Inside, `sync` is one or the other.
#[macro_export]
macro_rules! same_answers {
    ($($(#[$doc:meta])* fn $name:ident($say:ident) $body:block)*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            fn real() -> Vec<String> {
                #[allow(unused_imports, reason = "for some bodies")]
                use std::sync;
                let mut answers: Vec<String> = Vec::new();
                {
                    let mut $say = |answer: &dyn std::fmt::Debug| answers.push(format!("{answer:?}"));
                    $body
                }
                answers
            }
            fn mirror() -> Vec<String> {
                #[allow(unused_imports, reason = "for some bodies")]
                use $crate::mirrors as sync;
                let mut answers: Vec<String> = Vec::new();
                {
                    let mut $say = |answer: &dyn std::fmt::Debug| answers.push(format!("{answer:?}"));
                    $body
                }
                answers
            }
            let real = real();
            assert!(real.len() > 3, "nothing was asked");
            assert_eq!(real, mirror());
        }
    )*};
}
