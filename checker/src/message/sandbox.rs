//! What is said about the containment of programs, one function a message.

use crate::facts::containment::Told;

/// What the filter of system calls is called among the layers.
pub const CALLS: &str = "system calls";

/// Layers are required that are not there.
pub fn missing(layers: &[&str]) -> String {
    format!(
        "nothing was run: --require-sandbox asks for layers of containment that are missing here: \
         {}",
        layers.join(", ")
    )
}

/// Which layers there were.
pub fn layers(told: &Told) -> String {
    let list = |layers: &[&str]| match layers {
        [] => "none".to_owned(),
        layers => layers.join(", "),
    };
    let mut text = format!("sandbox: {}", list(&told.active));
    if told.landlock > 0 {
        text += &format!(" (Landlock {})", told.landlock);
    }
    if !told.missing.is_empty() {
        text += &format!("; missing: {}", list(&told.missing));
    }
    text
}

/// The compiler would have to run uncontained.
pub fn compiler() -> String {
    "nothing was run: --require-sandbox asks for a contained compiler, and the one that is here \
     does not work contained"
        .to_owned()
}
