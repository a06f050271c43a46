//! Tests of reading submissions: what is taken, and that all else is named.

use std::io::{Cursor, Write};

use super::*;
use crate::facts::given;

const IDS: &[&str] = &["05_lock/1_two_lines", "11_manager/1_dict"];
const COURSE: &[&str] = &["05_lock/1_two_lines", "11_manager/1_dict", "06_wait/1_wait"];
const WANTED: Wanted = Wanted {
    exercises: IDS,
    course: COURSE,
};

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

fn read_folder(folder: &Path) -> Intake {
    read(&[folder.to_owned()], WANTED)
}

fn intake(files: &[(&str, &[u8])]) -> Intake {
    read_folder(folder(files).path())
}

fn handed(files: &[(&str, &str)]) -> Vec<Handed> {
    let files: Vec<_> = files
        .iter()
        .map(|(path, text)| (*path, text.as_bytes()))
        .collect();
    intake(&files).handed
}

fn file(path: &str, text: &str) -> Handed {
    Handed::File {
        path: path.to_owned(),
        bytes: text.as_bytes().into(),
    }
}

/// The paths that were not taken, `!` before those that may have been meant.
fn ignored(intake: &Intake) -> Vec<String> {
    let mark = |it: &ignored::Ignored| if it.matters { "!" } else { "" }.to_owned() + &it.path;
    intake.ignored.entries.iter().map(mark).collect()
}

fn reason<'i>(intake: &'i Intake, path: &str) -> &'i str {
    let entry = intake.ignored.entries.iter().find(|it| it.path == path);
    &entry
        .unwrap_or_else(|| panic!("{path} is passed over: {intake:?}"))
        .reason
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*path, options).expect("an entry");
        archive.write_all(bytes).expect("is written");
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn a_file_is_found_by_its_path_or_by_its_name_and_the_surest_is_taken() {
    let all = handed(&[
        ("1_two_lines.rs", "name"),
        ("week 5/05_lock/1_two_lines.rs", "path"),
        ("a/exercises/05_lock/1_two_lines.rs", "place"),
        (".course/solutions/05_lock/1_two_lines.rs", "hidden"),
        ("solved/1_dict.rs", "by name"),
        ("xexercises/notes.rs", "no exercise"),
    ]);
    let place = file("a/exercises/05_lock/1_two_lines.rs", "place");
    assert_eq!(all, [place, file("solved/1_dict.rs", "by name")]);
    let by_program = handed(&[("05_lock-1_two_lines.rs", "x")]);
    assert_eq!(by_program[0], file("05_lock-1_two_lines.rs", "x"));
    assert_eq!(by_program[1], Handed::Missing);
    assert_eq!(handed(&[("x1_dict.rs", "x")])[1], Handed::Missing);
}

#[test]
fn two_different_copies_are_refused_by_name_and_equal_ones_are_one() {
    for files in [
        ["a/1_dict.rs", "b/1_dict.rs"],
        ["1_dict (1).rs", "1_dict.rs"],
    ] {
        let [first, second] = files;
        let Handed::Refused(reason) = &handed(&[(first, "x"), (second, "y")])[1] else {
            panic!("nobody can tell which is meant");
        };
        assert!(reason.contains(&format!("{first}, {second}")), "{reason}");
        let same = intake(&[(first, b"x"), (second, b"x")]);
        assert_eq!(same.handed[1], file(first, "x"));
        assert_eq!(ignored(&same), [second]);
    }
    let marker = given::MARKER;
    let with = |end: &str| format!("fn a() {{}}\n{marker}\n{end}");
    let copies = handed(&[("a/1_dict.rs", &with("x")), ("b/1_dict.rs", &with("y"))]);
    assert!(
        matches!(copies[1], Handed::File { .. }),
        "the learner's part is the same"
    );
}

#[test]
fn each_entry_is_an_answer_or_named_with_the_reason() {
    let answer = format!("fn mine() {{}}\n{}\n", given::MARKER);
    let files: &[(&str, &[u8])] = &[
        ("1_dict.rs", b"x"),
        ("old/1_dict_before.rs", b"y"),
        ("1_two_lines.rs.txt", b"z"),
        ("1_two_lien.rs", b"z"),
        ("06_wait/1_wait.rs", b"z"),
        ("notes.md", b"z"),
        ("checker/mp/src/dict.rs", b"no answer"),
        ("mine.rs", answer.as_bytes()),
        ("mine.txt", answer.as_bytes()),
        ("answers.rar", b"Rar!"),
        ("broken.zip", b"PK and no more"),
        ("lies.zip", b"Rar!\x1a\x07\x00"),
        (".git/HEAD", b"z"),
        (".git/config", b"z"),
        ("target/debug/1_dict.rs", b"z"),
    ];
    let folder = folder(files);
    let path = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("/etc/hostname", path("1_two_lines.rs")).expect("a link");
    std::os::unix::fs::symlink("/", path("everything")).expect("a link");
    let mut name = path("").into_os_string();
    name.push(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xff.rs"));
    fs::write(name, "z").expect("a file");
    let all = read_folder(folder.path());
    assert_eq!(all.handed, [Handed::Missing, file("1_dict.rs", "x")]);
    let mut named = ignored(&all);
    named.sort();
    assert_eq!(
        named,
        [
            "!1_two_lien.rs",
            "!1_two_lines.rs",
            "!1_two_lines.rs.txt",
            "!answers.rar",
            "!broken.zip",
            "!everything",
            "!lies.zip",
            "!mine.rs",
            "!mine.txt",
            "!old/1_dict_before.rs",
            "!\u{fffd}.rs",
            ".git",
            "06_wait/1_wait.rs",
            "checker/mp/src/dict.rs",
            "notes.md",
            "target",
        ]
    );
    for (path, part) in [
        ("1_two_lien.rs", "`1_two_lines`"),
        ("1_two_lines.rs.txt", ".rs"),
        ("answers.rar", ".zip"),
        ("lies.zip", ".rar"),
        ("old/1_dict_before.rs", "`1_dict.rs`"),
        ("06_wait/1_wait.rs", "06_wait/1_wait"),
    ] {
        assert!(reason(&all, path).contains(part), "{}", reason(&all, path));
    }
}

#[test]
fn archives_are_read_wherever_they_are_and_in_each_other() {
    let inner = zipped(&[("05_lock/1_two_lines.rs", b"x"), ("../1_dict.rs", b"out")]);
    let middle = zipped(&[("inner.zip", &inner)]);
    let all = intake(&[("hand/in.zip", &middle)]);
    assert_eq!(
        all.handed[0],
        file("hand/in.zip/inner.zip/05_lock/1_two_lines.rs", "x")
    );
    assert_eq!(ignored(&all), ["!hand/in.zip/inner.zip/../1_dict.rs"]);
    // As deep as nobody packs.
    let mut deep = inner;
    for _ in 0..4 {
        deep = zipped(&[("more.zip", &deep)]);
    }
    let all = intake(&[("in.zip", &deep)]);
    assert_eq!(all.handed[0], Handed::Missing);
    assert_eq!(ignored(&all), ["!in.zip/more.zip/more.zip/more.zip"]);
}

/// Made by tar and xz, and by 7-Zip's format's own writer: `05_lock/1_two_lines.rs` with `// a` in
/// it, and a link.
#[test]
fn archives_of_other_programs_are_read() {
    let xz = include_bytes!("../../../../tests/formats/handed_in.tar.xz");
    let sevenz = include_bytes!("../../../../tests/formats/handed_in.7z");
    for (name, bytes) in [("a.tar.xz", xz.as_slice()), ("a.7z", sevenz)] {
        let all = intake(&[(name, bytes)]);
        let path = format!("{name}/05_lock/1_two_lines.rs");
        assert_eq!(all.handed[0], file(&path, "// a\n"));
        let cut = intake(&[(name, &bytes[..bytes.len() - 20])]);
        assert_eq!(cut.handed[0], Handed::Missing);
        assert!(ignored(&cut).contains(&format!("!{name}")), "{cut:?}");
    }
    let all = intake(&[("a.tar.xz", xz)]);
    assert_eq!(ignored(&all), ["!a.tar.xz/11_manager/1_dict.rs"]);
}

#[test]
fn files_of_one_learner_that_a_platform_hands_out_are_taken_together() {
    let folder = folder(&[
        ("ada_1_22_1_two_lines.rs", b"x"),
        ("ada_1_23_1_dict-1.rs", b"y"),
        ("ada_1_24_more.zip", b"PK broken"),
    ]);
    let names = [
        "ada_1_22_1_two_lines.rs",
        "ada_1_23_1_dict-1.rs",
        "ada_1_24_more.zip",
    ];
    let paths: Vec<PathBuf> = names.iter().map(|it| folder.path().join(it)).collect();
    let all = read(&paths, WANTED);
    assert_eq!(all.handed, [file(names[0], "x"), file(names[1], "y")]);
    assert_eq!(ignored(&all), ["!ada_1_24_more.zip"]);
    let alone = read(&paths[2..], WANTED);
    assert!(matches!(&alone.handed[0], Handed::Refused(why) if why.contains("cannot be read")));
}

#[test]
fn long_files_are_cut_at_a_line() {
    let line = "// ää\n";
    let part = format!("{}\n", crate::facts::given::MARKER);
    let long = part.clone() + &line.repeat(LONGEST / line.len() + 2);
    let handed = handed(&[("1_two_lines.rs", &long)]);
    let Handed::File { bytes, .. } = &handed[0] else {
        panic!("{:?}", handed[0]);
    };
    assert!(bytes.len() <= LONGEST && bytes.ends_with(line.as_bytes()));
    assert!(std::str::from_utf8(bytes).is_ok());
    // No answer is so long.
    let all = intake(&[("1_two_lines.rs", &long.as_bytes()[part.len()..])]);
    assert!(matches!(&all.handed[0], Handed::Refused(why) if why.contains("longer than 1 MiB")));
}

#[test]
fn a_program_that_was_typed_into_a_page_is_named() {
    let page = b"<p>fn main() {<br>println!(1);<br>}</p>".as_slice();
    let text = b"<p>Thank you!</p>".as_slice();
    let all = intake(&[("onlinetext.html", page), ("about.html", text)]);
    assert_eq!(ignored(&all), ["!onlinetext.html", "about.html"]);
}

#[test]
fn no_more_is_named_than_anybody_reads() {
    let files: Vec<String> = (0..150).map(|it| format!("{it}.txt")).collect();
    let files: Vec<_> = files
        .iter()
        .map(|it| (it.as_str(), b"".as_slice()))
        .collect();
    let all = intake(&[&files[..], &[("z.rar", b"")]].concat());
    assert_eq!((all.ignored.entries.len(), all.ignored.more), (100, 51));
    assert_eq!(all.ignored.entries[0].path, "z.rar");
}
