//! The flags with which programs are compiled.

/// The flag for frames that can be followed, which the libraries are built with, too.
pub const FRAME_POINTERS: &str = "-Cforce-frame-pointers=yes";
/// Flags for all programs. Warnings say nothing about behaviour. They are allowed rather than capped
/// (`--cap-lints`), since a cap would also lift the ban on unsafe code.
pub const ALL: &[&str] = &[
    "--crate-type=bin",
    "--error-format=json",
    "-Awarnings",
    "-Copt-level=0",
    "-Cdebuginfo=0",
    "-Cdebug-assertions=on",
    // Frames of calls are followed where a place is not in the program's file.
    FRAME_POINTERS,
    // Without std's own debug information, an eighth of the bytes is left to link, and to map at
    // each start.
    "-Cstrip=debuginfo",
];
/// Flags for linking against the checked std, which takes the place of these functions of libc and
/// calls them all the same.
pub const CHECKED: &[&str] = &[
    "-Clink-arg=-Wl,--wrap=pthread_create",
    "-Clink-arg=-Wl,--wrap=pthread_getattr_np",
    "-Clink-arg=-Wl,--wrap=posix_spawnp",
];
/// Flags for programs that are not to contain unsafe code.
pub const SAFE: &[&str] = &["-Funsafe_code"];
/// Flags for programs that contain some, so that the compiler tells of each access to memory: its
/// instrumentation for ThreadSanitizer, whose functions the checked std has. What is given out as new
/// memory is told, too.
pub const WATCHED: &[&str] = &[
    "-Cpasses=forceattrs,function(tsan)",
    "-Cllvm-args=-force-attribute=sanitize_thread -tsan-instrument-func-entry-exit=0",
    "-Clink-arg=-Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=posix_memalign,--wrap=free",
];
/// The same for programs that contain none and name a weak ordering: the compiler tells of atomics alone.
pub const TOLD: &[&str] = &[
    WATCHED[0],
    "-Cllvm-args=-force-attribute=sanitize_thread -tsan-instrument-func-entry-exit=0 \
     -tsan-instrument-memory-accesses=0 -tsan-instrument-memintrinsics=0",
    WATCHED[2],
];
/// Flags for programs of which the compiler tells of atomics alone, in code of std's that is made for the
/// program: the counts of an `Arc`.
pub const COUNTED: &[&str] = &[
    "-Cpasses=function(tsan)",
    "-Cllvm-args=-tsan-instrument-memory-accesses=0 -tsan-instrument-func-entry-exit=0 \
     -tsan-instrument-memintrinsics=0",
];
/// Flags for programs that count the basic blocks of their code, code of std's that is made for them
/// included: SanitizerCoverage, which calls `__sanitizer_cov_trace_pc` in each, but for those that always
/// run together with another one; edges that are critical are blocks of their own. So each loop that has a
/// way out counts something.
pub const STEPS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=3 -sanitizer-coverage-trace-pc",
];
/// Flags for tables of the program's lines, which do not change its code.
pub const LINES: &[&str] = &[
    "-Cdebuginfo=line-tables-only",
    "-Ccollapse-macro-debuginfo=yes",
    "-Cstrip=none",
];
/// Flags for a static executable, of which code and constants lie in huge pages of their own.
pub const STATIC: &[&str] = &[
    "-Ctarget-feature=+crt-static",
    "-Crelocation-model=static",
    "-Clink-arg=-Wl,-z,max-page-size=0x200000,-z,noseparate-code",
];
/// Flags for what an editor shows: the warnings that `cargo check` would give for an exercise
/// (`exercises/Cargo.toml`).
pub const WARNINGS: &[&str] = &[
    "-Wwarnings",
    "-Adead_code",
    "-Aunreachable_code",
    "-Aunused_imports",
    "-Aunused_mut",
    "-Aunused_variables",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_shows_the_warnings_of_cargo() {
        let manifest: toml::Table = include_str!("../../../../exercises/Cargo.toml")
            .parse()
            .expect("is TOML");
        let lints = manifest["lints"]["rust"].as_table().expect("a table");
        let allowed = lints
            .iter()
            .filter(|(_, level)| level.as_str() == Some("allow"));
        let allowed: Vec<String> = allowed.map(|(lint, _)| format!("-A{lint}")).collect();
        assert_eq!(WARNINGS[1..], allowed);
    }
}
