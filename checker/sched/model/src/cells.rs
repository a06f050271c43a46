//! What the bits of a shared cell mean, so that a trace shows the numbers that the program uses.

use crate::numbered::numbered;

numbered! {
    /// How to read the 64 bits of a cell: the value's own bytes come first, little-endian.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    #[repr(u32)]
    pub enum Meaning {
        /// A number without a sign.
        #[default]
        Unsigned = 0,
        /// `i8`.
        I8,
        /// `i16`.
        I16,
        /// `i32`.
        I32,
        /// `i64` and `isize`.
        I64,
        /// `f32`.
        F32,
        /// `f64`.
        F64,
        /// `bool`.
        Bool,
        /// `char`.
        Char,
    }
}

impl Meaning {
    /// The value, as its type's `Debug` shows it.
    #[must_use]
    pub fn show(self, bits: u64) -> String {
        let [a, b, c, d, ..] = bits.to_le_bytes();
        match self {
            Self::Unsigned => bits.to_string(),
            Self::I8 => a.cast_signed().to_string(),
            Self::I16 => i16::from_le_bytes([a, b]).to_string(),
            Self::I32 => i32::from_le_bytes([a, b, c, d]).to_string(),
            Self::I64 => bits.cast_signed().to_string(),
            Self::F32 => format!("{:?}", f32::from_le_bytes([a, b, c, d])),
            Self::F64 => format!("{:?}", f64::from_bits(bits)),
            Self::Bool => (bits & 1 == 1).to_string(),
            Self::Char => {
                let char = char::from_u32(u32::from_le_bytes([a, b, c, d]));
                format!("{:?}", char.unwrap_or(char::REPLACEMENT_CHARACTER))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Meaning;

    #[test]
    fn numbers_are_shown_as_the_program_uses_them() {
        let bits = |bytes: &[u8]| {
            let mut all = [0; 8];
            all[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(all)
        };
        let shown = [
            Meaning::Unsigned.show(u64::MAX),
            Meaning::I8.show(bits(&(-3_i8).to_le_bytes())),
            Meaning::I16.show(bits(&(-300_i16).to_le_bytes())),
            Meaning::I32.show(bits(&(-3_i32).to_le_bytes())),
            Meaning::I64.show(bits(&i64::MIN.to_le_bytes())),
            Meaning::F32.show(bits(&0.5_f32.to_le_bytes())),
            Meaning::F64.show(bits(&(-2_f64).to_le_bytes())),
            Meaning::Bool.show(1),
            Meaning::Char.show(u64::from('\u{5305}')),
        ];
        let expected = [
            "18446744073709551615",
            "-3",
            "-300",
            "-3",
            "-9223372036854775808",
            "0.5",
            "-2.0",
            "true",
            "'\u{5305}'",
        ];
        assert_eq!(shown, expected);
    }
}
