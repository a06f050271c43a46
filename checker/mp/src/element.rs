//! What shared values and arrays may hold: numbers that fit a word.

use sched_model::Meaning;

mod sealed {
    pub trait Sealed {}
}

/// A primitive of at most 8 bytes. Sealed: implemented for integers, floats, `bool` and `char`.
pub trait Element: Copy + sealed::Sealed + 'static {
    #[doc(hidden)]
    fn to_bits(self) -> u64;
    #[doc(hidden)]
    fn from_bits(bits: u64) -> Self;
    #[doc(hidden)]
    const MEANING: Meaning;
}

macro_rules! integers {
    ($($integer:ty: $meaning:ident),*) => {$(
        impl sealed::Sealed for $integer {}
        impl Element for $integer {
            const MEANING: Meaning = Meaning::$meaning;
            fn to_bits(self) -> u64 {
                let mut bytes = [0; 8];
                bytes[..size_of::<$integer>()].copy_from_slice(&self.to_le_bytes());
                u64::from_le_bytes(bytes)
            }
            fn from_bits(bits: u64) -> Self {
                let mut bytes = [0; size_of::<$integer>()];
                bytes.copy_from_slice(&bits.to_le_bytes()[..size_of::<$integer>()]);
                <$integer>::from_le_bytes(bytes)
            }
        }
    )*};
}
integers!(
    i8: I8, i16: I16, i32: I32, i64: I64, isize: I64, f32: F32, f64: F64,
    u8: Unsigned, u16: Unsigned, u32: Unsigned, u64: Unsigned, usize: Unsigned
);

impl sealed::Sealed for bool {}
impl Element for bool {
    const MEANING: Meaning = Meaning::Bool;
    fn to_bits(self) -> u64 {
        u64::from(self)
    }
    fn from_bits(bits: u64) -> Self {
        bits & 1 == 1
    }
}

impl sealed::Sealed for char {}
impl Element for char {
    const MEANING: Meaning = Meaning::Char;
    fn to_bits(self) -> u64 {
        u64::from(self)
    }
    fn from_bits(bits: u64) -> Self {
        u32::try_from(bits)
            .ok()
            .and_then(char::from_u32)
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::Element;

    fn round<T: Element + PartialEq + std::fmt::Debug>(value: T) {
        assert_eq!(T::from_bits(value.to_bits()), value);
    }

    #[test]
    fn every_kind_of_element_comes_back_as_it_was() {
        round(-1_i8);
        round(i16::MIN);
        round(-100_i32);
        round(i64::MIN);
        round(-1_isize);
        round(u64::MAX);
        round(-0.5_f32);
        round(f64::MIN_POSITIVE);
        round(true);
        round('包');
        assert_eq!(char::from_bits(u64::MAX), char::REPLACEMENT_CHARACTER);
    }
}
