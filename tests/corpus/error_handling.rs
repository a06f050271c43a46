//! Errors of one's own, `?`, boxes, sources, and main returning a result.
use std::error::Error;
use std::fmt;
use std::num::ParseIntError;

#[derive(Debug)]
enum ConfigError {
    Missing(&'static str),
    Number { key: String, source: ParseIntError },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConfigError::Missing(key) => write!(f, "{key} is missing"),
            ConfigError::Number { key, .. } => write!(f, "{key} is no number"),
        }
    }
}

impl Error for ConfigError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            ConfigError::Missing(_) => None,
            ConfigError::Number { source, .. } => Some(source),
        }
    }
}

fn number(text: Option<&str>, key: &'static str) -> Result<i32, ConfigError> {
    let text = text.ok_or(ConfigError::Missing(key))?;
    text.parse().map_err(|source| ConfigError::Number { key: key.to_owned(), source })
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", number(Some("42"), "answer")?);
    for text in [None, Some("x")] {
        let error = number(text, "port").unwrap_err();
        println!("{error}; {:?}", error.source().map(ToString::to_string));
    }
    let boxed: Box<dyn Error + Send + Sync> = "from text".into();
    println!("{boxed}");
    Ok(())
}
