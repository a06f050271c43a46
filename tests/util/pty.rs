//! `course` in a pseudo-terminal: what a person would type, and what the screen shows.

#![allow(dead_code, reason = "each program uses a part of it")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Far more than anything needs; what takes longer hangs.
pub const PATIENCE: Duration = Duration::from_secs(600);
/// A terminal's lines and columns: high enough for a whole report.
const HIGH: (u16, u16) = (70, 80);

/// A program in a terminal of its own.
pub struct Terminal {
    /// The program.
    pub child: Box<dyn Child + Send + Sync>,
    screen: Arc<Mutex<vt100::Parser>>,
    columns: u16,
    keys: Box<dyn Write + Send>,
    // The terminal is gone when this is.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts `words` in a folder.
    pub fn start(folder: &Path, words: &[&str]) -> Terminal {
        Terminal::of_size(HIGH, folder, words)
    }

    /// The same in a terminal with so many lines and columns.
    pub fn of_size((rows, columns): (u16, u16), folder: &Path, words: &[&str]) -> Terminal {
        let size = PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("there are pseudo-terminals");
        let mut command = CommandBuilder::new(words[0]);
        command.args(&words[1..]);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).expect("it starts");
        let mut output = pair.master.try_clone_reader().expect("a reader");
        let keys = pair.master.take_writer().expect("a writer");
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut bytes) {
                seen.lock().expect("no panic").process(&bytes[..read]);
            }
        });
        Terminal {
            child,
            screen,
            columns,
            keys,
            _master: pair.master,
        }
    }

    /// Presses these keys.
    pub fn press(&mut self, keys: &str) {
        // A program that has ended takes no keys.
        let _ = self.keys.write_all(keys.as_bytes());
    }

    /// What the screen shows, without the space at the ends of lines.
    pub fn screen(&self) -> String {
        let parser = self.screen.lock().expect("no panic");
        let lines = parser.screen().rows(0, self.columns);
        let lines: Vec<String> = lines.map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n").trim_end().to_owned() + "\n"
    }

    /// Waits until the screen shows all of these, and gives it back.
    #[track_caller]
    pub fn wait_for(&self, words: &[&str]) -> String {
        let started = Instant::now();
        loop {
            let screen = self.screen();
            if words.iter().all(|words| screen.contains(words)) {
                return screen;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "{words:?} not seen in:\n{screen}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits for the program's end; its exit status.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("can be waited for") {
                return status.exit_code();
            }
            assert!(
                started.elapsed() < PATIENCE,
                "does not end:\n{}",
                self.screen()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// The processes that this one has started.
pub fn children(pid: u32) -> Vec<u32> {
    let list = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children"));
    let list = list.expect("the kernel lists children");
    let numbers = list.split_whitespace();
    numbers.map(|pid| pid.parse().expect("a number")).collect()
}

/// Sends a signal; to a process that has ended it is of no interest.
pub fn signal(pid: u32, name: &str) {
    let sent = std::process::Command::new("kill")
        .args([format!("-{name}"), pid.to_string()])
        .output();
    sent.expect("kill can be started");
}
