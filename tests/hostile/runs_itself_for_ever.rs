//! verdict: over_limit
//! message: more processes than can be watched
//! options: --no-sandbox
//!
//! Runs its own program as further processes, and so do these: they are not controlled. It stops
//! by itself after a while or when there are too many, for the sake of the machine it runs on.

use std::fs;
use std::process::Command;

fn number(file: &str, field: usize) -> Option<f64> {
    let text = fs::read_to_string(file).ok()?;
    text.split([' ', '/']).nth(field)?.parse().ok()
}

fn attack() {
    let program = std::env::current_exe().expect("has a path");
    let uptime = || number("/proc/uptime", 0).expect("is a number");
    let until = std::env::var("UNTIL")
        .ok()
        .and_then(|until| until.parse().ok());
    let until = until.unwrap_or_else(|| uptime() + 8.0);
    while uptime() < until {
        let processes = number("/proc/loadavg", 4).expect("is a number");
        if processes < 700.0 {
            let _ = Command::new(&program)
                .env("UNTIL", until.to_string())
                .spawn();
        }
    }
}
