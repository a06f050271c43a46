//! Which one submission of a class to grade, in a process that another one waits for.

/// A submission, and who waits for its result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    /// The process that waits: without it nobody needs the result.
    pub parent: i32,
    /// Which of the learner's tries it is.
    pub attempt: usize,
    /// The learner.
    pub name: String,
}

impl Alone {
    /// The reverse of [`Alone::typed`].
    pub fn read(typed: &str) -> Option<Alone> {
        let mut parts = typed.splitn(3, ':');
        Some(Alone {
            parent: parts.next()?.parse().ok()?,
            attempt: parts.next()?.parse().ok()?,
            name: parts.next()?.to_owned(),
        })
    }

    /// As an argument of the command.
    pub fn typed(&self) -> String {
        format!("{}:{}:{}", self.parent, self.attempt, self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Alone;

    #[test]
    fn any_name_comes_back_from_what_is_typed() {
        for name in ["ada", "-rf", "a:b", "", "小明"] {
            let alone = Alone {
                parent: 7,
                attempt: 1,
                name: name.to_owned(),
            };
            assert_eq!(Alone::read(&alone.typed()), Some(alone));
        }
        assert_eq!(Alone::read("ada"), None);
    }
}
