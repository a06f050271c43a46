//! Enums that are numbers in shared memory, and the way back from a number.

/// Defines an enum with all its variants in the order of their numbers, which begin with the first
/// one's and leave none out.
macro_rules! numbered {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(#[$first_meta:meta])* $first:ident = $number:literal,
            $($(#[$variant_meta:meta])* $variant:ident,)*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $(#[$first_meta])* $first = $number,
            $($(#[$variant_meta])* $variant,)*
        }

        impl $name {
            /// All of them, in the order of their numbers.
            pub const ALL: &[Self] = &[Self::$first, $(Self::$variant),*];

            /// The one with this number.
            #[inline]
            #[must_use]
            pub fn from_code(code: impl Into<u64>) -> Option<Self> {
                let at = code.into().checked_sub($number)?;
                Self::ALL.get(usize::try_from(at).ok()?).copied()
            }
        }
    };
}
pub(crate) use numbered;

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::file_act::FileAct;
    use crate::kind::{Act, Asked, ObjectKind, Refusal};
    use crate::liberty::Freedom;
    use crate::records::Kind;
    use crate::{Meaning, Op};

    #[test]
    fn each_is_found_by_its_number_and_nothing_by_others() {
        macro_rules! check {
            ($($name:ident)*) => {
                $(for it in $name::ALL {
                    assert_eq!($name::from_code(*it as u32), Some(*it));
                }
                let last = $name::ALL.len() as u64;
                assert_eq!($name::from_code(last + 1), None);
                assert_eq!($name::from_code(u64::MAX), None);)*
            };
        }
        check! { Act Asked FileAct Freedom Kind Meaning ObjectKind Op Refusal Strategy }
    }
}
