//! What the name of a file says about an archive.

/// The longest archive; all exercises together are a hundredth of it.
pub const LONGEST: u64 = 64 << 20;
/// What the name of a file says about an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// One that is read.
    Read,
    /// One that is not.
    Other(String),
}

/// The endings of archives that are read; the longer of two that fit comes first.
const READ: &[&str] = &[".zip", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar", ".7z"];
/// Those of archives that are not.
const OTHER: &[&str] = &[".rar", ".gz", ".xz", ".bz2", ".tbz2", ".zst", ".tzst"];

/// The name of an archive that is read without its ending, if it is one.
pub fn stem(name: &str) -> Option<&str> {
    READ.iter().find_map(|ending| without(name, ending))
}

/// The name of an archive of any kind without its ending: whose it is.
pub fn whose(name: &str) -> Option<&str> {
    let other = || OTHER.iter().find_map(|ending| without(name, ending));
    stem(name).or_else(|| other().map(|it| without(it, ".tar").unwrap_or(it)))
}

/// What the name says, if it is that of an archive.
pub fn kind(name: &str) -> Option<Named> {
    if stem(name).is_some() {
        return Some(Named::Read);
    }
    let other = OTHER.iter().find(|ending| without(name, ending).is_some());
    other.map(|ending| Named::Other((*ending).to_owned()))
}

fn without<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let at = name.len().checked_sub(ending.len()).filter(|at| *at > 0)?;
    let end = name.get(at..)?;
    end.eq_ignore_ascii_case(ending).then(|| &name[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_their_endings() {
        for (name, expected) in [
            ("ada.zip", "ada"),
            ("ada.l.TAR.GZ", "ada.l"),
            ("ben.tgz", "ben"),
            ("cleo.tar.xz", "cleo"),
            ("dora.7Z", "dora"),
        ] {
            assert_eq!(stem(name), Some(expected));
        }
        for name in ["ada.rar", "ada.zip", "ada.tar.bz2"] {
            assert_eq!(whose(name), Some("ada"));
        }
        for none in ["ada", "ada.rs", ".zip", "zip", "日本", "ada.rar"] {
            assert_eq!(stem(none), None, "{none}");
        }
        assert_eq!(kind("ada.RAR"), Some(Named::Other(".rar".to_owned())));
        assert_eq!(kind("ada.tar.bz2"), Some(Named::Other(".bz2".to_owned())));
        assert_eq!(kind("ada.rs"), None);
    }
}
