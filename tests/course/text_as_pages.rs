//! `course book`: the text as pages, with a schedule beside each mistake that it tells of.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::pictures::photograph;
use crate::util::{call, course, read, root, status, text};

/// The pages, made once.
fn book() -> &'static Path {
    static BOOK: OnceLock<PathBuf> = OnceLock::new();
    BOOK.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("text_as_pages");
        let _ = fs::remove_dir_all(&folder);
        let output = call(&["book", &folder.to_string_lossy()]);
        assert_eq!(status(&output), 0, "{}", text(&output.stderr));
        let index = folder.join("index.html");
        assert_eq!(
            text(&output.stdout),
            format!("Open it in a browser: {}\n", index.display())
        );
        folder
    })
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    let pieces = page.split(begin.as_str()).skip(1);
    pieces.filter_map(|it| it.split('"').next()).collect()
}

/// All pages of the text, with their names.
fn pages() -> Vec<(String, String)> {
    let entries = fs::read_dir(book()).expect("a folder");
    let files = entries
        .map(|it| it.expect("an entry").path())
        .filter(|it| it.is_file());
    let named = |file: PathBuf| {
        let name = file
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (name, fs::read_to_string(file).expect("is text"))
    };
    files.map(named).collect()
}

#[test]
fn each_mistake_of_the_text_has_its_schedule_beside_it() {
    let told = read("course.md").matches("<!-- mistake: ").count();
    assert!(told >= 10, "{told}");
    let mut shown = 0;
    for (name, page) in pages() {
        assert!(
            !page.contains("&lt;!-- mistake") && !page.contains("<!-- mistake"),
            "{name}"
        );
        for frame in values(&page, "src") {
            let (file, place) = frame.split_once('#').expect("what fails");
            assert_eq!(place, "failing");
            let schedule = fs::read_to_string(book().join(file)).expect("is there");
            assert!(
                schedule.contains("class=\"finding\"") && schedule.contains("fails"),
                "{file}"
            );
            shown += 1;
        }
    }
    assert_eq!(shown, told);
}

#[test]
fn there_is_a_page_for_each_section_and_all_links_lead_to_one() {
    let pages = pages();
    let sections = read("course.md")
        .lines()
        .filter(|it| it.starts_with("## "))
        .count();
    assert_eq!(pages.len(), sections + 1);
    for (name, page) in &pages {
        for link in values(page, "href").into_iter().chain(values(page, "src")) {
            let file = link.split('#').next().unwrap_or(link);
            assert!(
                book().join(file).is_file(),
                "{name}: {link}, without network"
            );
        }
        let (title, _) = page.split_once("</title>").expect("a title");
        assert!(title.contains("style-src 'sha256-"), "{name}");
    }
}

#[test]
fn a_mistake_that_fits_no_program_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let course_file = folder.path().join("exercises/course.toml");
    fs::create_dir(folder.path().join("exercises")).expect("a folder");
    fs::copy(root().join("exercises/course.toml"), &course_file).expect("can be copied");
    let program = "```rust\nfn main() {}\n```\n";
    let mistake = "<!-- mistake: none\n- let held = lock();\n-->\n";
    let told = format!("# T\n\n## 05 A\n\n{program}\n{mistake}");
    fs::write(folder.path().join("course.md"), told).expect("can be written");
    let mut command = course();
    let output = command
        .current_dir(folder.path())
        .args(["book", "out"])
        .output();
    let output = output.expect("course can be started");
    assert_eq!(status(&output), 3);
    let told = text(&output.stderr);
    assert!(
        told.contains("mistake 05-1") && told.contains("let held = lock();"),
        "{told}"
    );
}

#[test]
#[ignore = "needs Chromium"]
fn a_page_opens_at_its_beginning_whatever_its_schedules_go_to() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for page in ["05.html", "06.html"] {
        let picture = folder.path().join("picture.png");
        photograph(
            &format!("file://{}", book().join(page).display()),
            (1180, 1400),
            false,
            &picture,
        );
        // Without a screen, Chromium shows nothing of a page that was scrolled.
        let bytes = fs::metadata(picture).expect("was made").len();
        assert!(bytes > 60_000, "{page}: {bytes}");
    }
}
