//! Reads single keys from the terminal while `course` watches, and restores the terminal
//! afterwards.

use std::io::{self, Read};
use std::sync::mpsc::Sender;

use anyhow::Context;
use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};

use super::Happening;

/// A key, as far as it means something here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A letter or another character.
    Char(char),
    /// The arrow upward.
    Up,
    /// The arrow downward.
    Down,
    /// A page upward.
    PageUp,
    /// A page downward.
    PageDown,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Nobody can type any more.
    Closed,
}

/// Keys come at once and are not shown, for as long as this value lives.
pub struct KeyMode {
    before: Termios,
}

impl KeyMode {
    /// Begins it.
    ///
    /// # Errors
    ///
    /// When standard input is no terminal.
    pub fn enter() -> anyhow::Result<KeyMode> {
        let before = termios::tcgetattr(io::stdin())
            .context("failed to ask the terminal how it takes keys")?;
        let mode = KeyMode { before };
        mode.set()?;
        Ok(mode)
    }

    /// Switches to this mode, also after another program has used the terminal.
    ///
    /// # Errors
    ///
    /// When the terminal refuses.
    pub fn set(&self) -> anyhow::Result<()> {
        let mut modes = self.before.clone();
        // Ctrl-C and Ctrl-Z stay signals.
        modes.local_modes &= !(LocalModes::ICANON | LocalModes::ECHO);
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        termios::tcsetattr(io::stdin(), OptionalActions::Now, &modes)
            .context("failed to tell the terminal how to take keys")
    }
}

impl Drop for KeyMode {
    fn drop(&mut self) {
        // A terminal that is gone needs no restoring.
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

/// Tells of each key from now on, until nobody listens.
pub fn listen(sender: Sender<Happening>) {
    std::thread::spawn(move || {
        let mut bytes = [0; 64];
        loop {
            let read = match io::stdin().lock().read(&mut bytes) {
                Ok(0) => return sender.send(Happening::Key(Key::Closed)),
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return sender.send(Happening::Key(Key::Closed)),
            };
            for key in keys(&bytes[..read]) {
                sender.send(Happening::Key(key))?;
            }
        }
    });
}

/// The keys that these bytes stand for.
fn keys(bytes: &[u8]) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = bytes;
    while let [first, others @ ..] = rest {
        let (key, after) = match (first, others) {
            // It ends with a letter or a tilde.
            (0x1b, [b'[' | b'O', after @ ..]) => {
                let end = after.iter().position(|byte| (0x40..=0x7e).contains(byte));
                let (sequence, after) = after.split_at(end.map_or(after.len(), |end| end + 1));
                (named(sequence), after)
            }
            (0x1b, after) => (Some(Key::Escape), after),
            (b'\r' | b'\n', after) => (Some(Key::Enter), after),
            (byte, after) if byte.is_ascii_graphic() || *byte == b' ' => {
                (Some(Key::Char(char::from(*byte))), after)
            }
            (_, after) => (None, after),
        };
        keys.extend(key);
        rest = after;
    }
    keys
}

/// The key that sends this after the escape character and the bracket, as far as it means something.
fn named(sequence: &[u8]) -> Option<Key> {
    Some(match sequence {
        b"A" => Key::Up,
        b"B" => Key::Down,
        b"5~" => Key::PageUp,
        b"6~" => Key::PageDown,
        b"H" | b"1~" | b"7~" => Key::Home,
        b"F" | b"4~" | b"8~" => Key::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_keys_and_unknown_sequences_are_none() {
        assert_eq!(keys(b"n?"), [Key::Char('n'), Key::Char('?')]);
        assert_eq!(
            keys(b"\x1b[A\x1b[B\x1bOA\r"),
            [Key::Up, Key::Down, Key::Up, Key::Enter]
        );
        assert_eq!(keys(b"\x1b"), [Key::Escape]);
        assert_eq!(
            keys(b"\x1b[5~\x1b[6~ \x1b[H\x1bOF"),
            [
                Key::PageUp,
                Key::PageDown,
                Key::Char(' '),
                Key::Home,
                Key::End
            ]
        );
        // F5, Ctrl-right, and an umlaut.
        assert_eq!(
            keys(b"\x1b[15~q\x1b[1;5Cx\xc3\xa4"),
            [Key::Char('q'), Key::Char('x')]
        );
    }
}
