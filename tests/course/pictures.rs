//! The pictures in README: of real runs, in light and dark.
//!
//! `docs/pictures/make.sh` makes them anew.

use std::fs;
use std::path::Path;
use std::process::Command;

use anstyle::RgbColor;
use anstyle_svg::{Term, VGA, WIN10_CONSOLE};

use crate::page::browser;
use crate::util::{self, course, root, text};

const EXERCISE: &str = "05_lock/1_two_lines";
const ANSWER: &str = "tests/wrong/05_lock/1_two_lines/a_lock_each.rs";
/// Lines of the report that are shown: as far as the table of steps.
const LINES: usize = 35;
/// The size of the page's picture.
const SIZE: (u32, u32) = (1180, 700);

/// Whether pictures are made, and not only held against what they show.
fn updates() -> bool {
    std::env::var_os("COURSE_UPDATE").is_some()
}

/// As if the answer were the learner's own.
fn own(said: &str) -> String {
    let said = said.replace(&format!(" --file {ANSWER}"), "");
    let shown = format!("exercises/{EXERCISE}.rs");
    // In a page, too.
    let said = said.replace(&ANSWER.replace('/', "&#x2f;"), &shown);
    said.replace(ANSWER, &shown)
}

/// The report in colours, below the command.
fn report() -> String {
    util::prepare();
    let mut check = course();
    check
        .args(["check", EXERCISE, "--file", ANSWER])
        .env("CLICOLOR_FORCE", "1");
    let output = check.output().expect("course can be started");
    let report = own(&text(&output.stdout));
    let lines: Vec<&str> = report.lines().take(LINES).collect();
    format!("$ course check {EXERCISE}\n{}\n", lines.join("\n"))
}

/// A terminal in these colours.
fn terminal(dark: bool) -> Term {
    let (palette, text, back) = match dark {
        true => (
            WIN10_CONSOLE,
            RgbColor(0xe5, 0xe9, 0xef),
            RgbColor(0x12, 0x16, 0x1c),
        ),
        false => (VGA, RgbColor(0x1c, 0x24, 0x30), RgbColor(0xff, 0xff, 0xff)),
    };
    Term::new()
        .palette(palette)
        .fg_color(text.into())
        .bg_color(back.into())
}

#[test]
fn the_pictures_of_the_terminal_are_of_this_report() {
    let report = report();
    for (dark, name) in [(false, "light"), (true, "dark")] {
        let file = root().join(format!("docs/pictures/terminal-{name}.svg"));
        let picture = terminal(dark).render_svg(&report);
        if updates() {
            fs::write(&file, &picture).expect("can be written");
        }
        let there = fs::read_to_string(&file).expect("is there");
        assert!(
            there == picture,
            "docs/pictures/make.sh makes {} anew",
            file.display()
        );
        assert!(picture.len() < 60_000, "{}", picture.len());
    }
}

/// Takes a picture of a page.
pub fn photograph(address: &str, (width, height): (u32, u32), dark: bool, to: &Path) {
    let profile = tempfile::tempdir().expect("a temporary folder");
    let scheme = if dark { 0 } else { 1 };
    let output = Command::new("timeout")
        .args(["-k", "5", "120"])
        .arg(browser())
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
        ])
        .args([
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--virtual-time-budget=5000",
        ])
        .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
        .arg(format!("--window-size={width},{height}"))
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--screenshot={}", to.display()))
        .arg(address)
        .output();
    let output = output.expect("timeout can be started");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Puts a page into a frame, where it goes to what fails: Chromium without a screen shows nothing of a
/// page that was scrolled itself.
fn framed(page: &Path) -> String {
    let frame = page.with_file_name("frame.html");
    let name = page.file_name().expect("a file").display().to_string();
    let (width, height) = SIZE;
    let style = format!("border:0;width:{width}px;height:{height}px;display:block");
    let text = format!(
        "<!doctype html><meta name=color-scheme content=\"light dark\"><body style=margin:0>\
         <iframe style=\"{style}\" src=\"{name}#failing\"></iframe>"
    );
    fs::write(&frame, text).expect("can be written");
    format!("file://{}", frame.display())
}

/// The width and the height of a PNG (ISO/IEC 15948, 11.2.2).
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("4 bytes"));
    (number(16), number(20))
}

#[test]
#[ignore = "needs Chromium"]
fn the_pictures_of_the_page_are_what_a_browser_shows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("page.html");
    let shown = page.to_string_lossy().into_owned();
    let replay = [
        "replay", EXERCISE, "1", "--args", "3", "--file", ANSWER, "--html", &shown,
    ];
    util::call(&replay);
    let text = fs::read_to_string(&page).expect("was written");
    fs::write(&page, own(&text)).expect("can be written");
    for (dark, name) in [(false, "light"), (true, "dark")] {
        let file = root().join(format!("docs/pictures/page-{name}.png"));
        let now = folder.path().join("now.png");
        photograph(&framed(&page), SIZE, dark, &now);
        if updates() {
            fs::copy(&now, &file).expect("can be written");
        }
        // Fonts differ between machines, and so do the pixels.
        let (now, there) = (
            fs::read(now).expect("was made"),
            fs::read(file).expect("is there"),
        );
        assert_eq!((size(&now), size(&there)), (SIZE, SIZE));
        assert!(there.len() < 250_000, "{}", there.len());
    }
}
