//! Enums whose values have names in files and reports: one list gives the values, their names, and
//! what is read and written.

/// Defines an enum with a name for each value.
macro_rules! named {
    ($(#[$meta:meta])* $Enum:ident { $($(#[$doc:meta])* $Value:ident = $name:literal,)* }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $Enum {
            $($(#[$doc])* #[serde(rename = $name)] $Value,)*
        }

        #[allow(dead_code, reason = "not all of it is asked of each of these enums")]
        impl $Enum {
            /// All of them, in order.
            pub const ALL: &[$Enum] = &[$($Enum::$Value,)*];

            /// What it is called in files and reports.
            pub fn name(self) -> &'static str {
                match self {
                    $($Enum::$Value => $name,)*
                }
            }

            /// The one that is called so.
            pub fn named(name: &str) -> Option<$Enum> {
                Self::ALL.iter().copied().find(|it| it.name() == name)
            }

            /// Reads one that another version may have written: `None` for what this one does not know.
            ///
            /// # Errors
            ///
            /// For anything but a name or nothing.
            pub fn known<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<$Enum>, D::Error> {
                let name: Option<String> = serde::Deserialize::deserialize(from)?;
                Ok(name.and_then(|name| Self::named(&name)))
            }
        }
    };
}

pub(crate) use named;

/// The name that a mistyped one probably means.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (name.chars().count() / 3).clamp(1, 4);
    names
        .into_iter()
        .map(|it| (strsim::osa_distance(it, name), it))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_mistyped_name_is_known_again_and_another_word_is_not() {
        let names = ["lock_cycle", "lost_update", "unjoined"];
        assert_eq!(nearest("lost_updates", names), Some("lost_update"));
        assert_eq!(nearest("lokc_cycle", names), Some("lock_cycle"));
        assert_eq!(nearest("deadlock", names), None);
    }
}
