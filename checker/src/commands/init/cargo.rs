//! The manifests and the lock file of a learner's folder, derived from those of the repository:
//! only the packages that exercises need, so that little has to be fetched.

use std::collections::{BTreeMap, BTreeSet};

use crate::message;
use anyhow::Context;
use toml::{Table, Value};

/// The first lines of the manifest.
const TITLE: &str = message::init::MANIFEST_TITLE;

/// A package of the learner's folder.
pub struct Member {
    name: String,
    manifest: Table,
    changed: bool,
}

impl Member {
    /// Reads a package's manifest, without what only the course's own tests need. The package lies
    /// `depth` folders below the root.
    pub fn read(text: &str, depth: usize) -> anyhow::Result<Member> {
        let mut manifest: Table = text.parse().context("failed to read a manifest")?;
        let mut changed = manifest.remove("dev-dependencies").is_some();
        for dependency in dependencies(&mut manifest) {
            let Some(Value::String(path)) = dependency.get_mut("path") else {
                continue;
            };
            // Only the solutions are moved, and one folder deeper.
            if let Some(rest) = path.strip_prefix("../checker/") {
                let moved = format!("{}checker/{rest}", "../".repeat(depth));
                changed |= moved != *path;
                *path = moved;
            }
        }
        let name = manifest.get("package").and_then(|it| it.get("name"));
        let name = name
            .and_then(Value::as_str)
            .context("failed to find its name")?;
        Ok(Member {
            name: name.to_owned(),
            manifest,
            changed,
        })
    }

    /// The manifest's text, if it is not the repository's.
    pub fn changed(&self) -> Option<String> {
        self.changed.then(|| format!("{TITLE}{}", self.manifest))
    }

    /// The names of what it needs.
    fn needs(&self) -> impl Iterator<Item = &str> {
        let needed = self.manifest.get("dependencies").and_then(Value::as_table);
        needed.into_iter().flat_map(Table::keys).map(String::as_str)
    }
}

fn dependencies(manifest: &mut Table) -> impl Iterator<Item = &mut Value> {
    let table = manifest.get_mut("dependencies");
    let table = table.and_then(Value::as_table_mut);
    table
        .into_iter()
        .flat_map(|table| table.iter_mut().map(|(_, it)| it))
}

/// The manifest of the folder: the repository's, reduced to these packages and what they need.
pub fn workspace(
    repository: &str,
    folders: Vec<String>,
    members: &[Member],
) -> anyhow::Result<String> {
    let mut manifest: Table = repository.parse().context("failed to read Cargo.toml")?;
    manifest.retain(|name, _| name == "workspace" || name == "profile");
    let workspace = manifest.get_mut("workspace").and_then(Value::as_table_mut);
    let workspace = workspace.context("failed to find a workspace in Cargo.toml")?;
    workspace.insert("members".to_owned(), folders.into());
    workspace.insert("default-members".to_owned(), vec!["exercises"].into());
    let needed: BTreeSet<&str> = members.iter().flat_map(Member::needs).collect();
    if let Some(Value::Table(table)) = workspace.get_mut("dependencies") {
        table.retain(|name, _| needed.contains(name));
    }
    Ok(format!("{TITLE}{manifest}"))
}

/// A package in the lock.
struct Locked<'a> {
    name: &'a str,
    version: &'a str,
    lines: Vec<&'a str>,
}

/// The lock file of the folder: the packages of the repository's lock that are needed, written
/// exactly as cargo does, since cargo would rewrite the file otherwise.
pub fn lock(repository: &str, members: &[Member]) -> anyhow::Result<String> {
    let mut blocks = repository.split("[[package]]\n");
    let start = blocks.next().unwrap_or_default();
    let locked: Vec<Locked> = blocks.filter_map(Locked::read).collect();
    let members: BTreeMap<&str, BTreeSet<&str>> = members
        .iter()
        .map(|it| (it.name.as_str(), it.needs().collect()))
        .collect();
    let is_needed = |of: &Locked, needed: &str| {
        let member = members.get(of.name);
        member.is_none_or(|needs| needs.contains(name(needed)))
    };
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    let mut open: Vec<usize> = (0..locked.len())
        .filter(|&index| members.contains_key(locked[index].name))
        .collect();
    while let Some(index) = open.pop() {
        if kept.insert(index) {
            let package = &locked[index];
            let needs = package.needs().filter(|needed| is_needed(package, needed));
            open.extend(needs.flat_map(|needed| find(&locked, needed)));
        }
    }
    let versions = |name: &str| {
        let same = kept.iter().filter(|&&index| locked[index].name == name);
        same.count()
    };
    let mut text = start.to_owned();
    for &index in &kept {
        let package = &locked[index];
        let needs = package.needs().filter(|needed| is_needed(package, needed));
        // A version is only told where there are several.
        let needs = needs.map(|needed| match versions(name(needed)) {
            1 => name(needed),
            _ => needed,
        });
        text.push_str(&package.write(&needs.collect::<Vec<_>>()));
    }
    Ok(format!("{}\n", text.trim_end()))
}

/// The name in what a package needs: `name`, or `name version` where there are several.
fn name(needed: &str) -> &str {
    needed.split(' ').next().unwrap_or(needed)
}

/// The packages that are meant by what another needs.
fn find(locked: &[Locked], needed: &str) -> Vec<usize> {
    let version = needed.split(' ').nth(1);
    let fits = |it: &Locked| it.name == name(needed) && version.is_none_or(|of| it.version == of);
    let fitting = locked.iter().enumerate().filter(|(_, it)| fits(it));
    fitting.map(|(index, _)| index).collect()
}

impl<'a> Locked<'a> {
    fn read(block: &'a str) -> Option<Locked<'a>> {
        let lines: Vec<&str> = block.lines().filter(|line| !line.is_empty()).collect();
        let value = |key: &str| {
            let prefix = lines.iter().find_map(|line| line.strip_prefix(key));
            prefix?.strip_prefix(" = \"")?.strip_suffix('"')
        };
        Some(Locked {
            name: value("name")?,
            version: value("version")?,
            lines,
        })
    }

    /// What it needs, as the lock names it.
    fn needs(&self) -> impl Iterator<Item = &'a str> {
        let lines = self.lines.iter();
        lines.filter_map(|line| line.strip_prefix(" \"")?.strip_suffix("\","))
    }

    fn write(&self, needs: &[&str]) -> String {
        let mut text = "[[package]]\n".to_owned();
        let plain =
            |line: &&&str| !line.starts_with([' ', ']']) && !line.starts_with("dependencies");
        for line in self.lines.iter().filter(plain) {
            text.push_str(line);
            text.push('\n');
        }
        if !needs.is_empty() {
            text.push_str("dependencies = [\n");
            for needed in needs {
                text.push_str(&format!(" \"{needed}\",\n"));
            }
            text.push_str("]\n");
        }
        text.push('\n');
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(text: &str) -> Member {
        Member::read(text, 2).expect("a manifest")
    }

    fn library() -> Member {
        member(
            "[package]\nname = \"sched\"\n[dependencies]\nlibc = { workspace = true }\n\
             [dev-dependencies]\nproptest = { workspace = true }\n",
        )
    }

    #[test]
    fn what_only_tests_need_is_left_out() {
        let manifest = library().changed().expect("is changed");
        assert!(manifest.contains("libc"), "{manifest}");
        assert!(!manifest.contains("dev-dependencies"), "{manifest}");
        let same = member("[package]\nname = \"mp\"\n[dependencies]\nlibc = \"1\"\n");
        assert_eq!(same.changed(), None);
    }

    #[test]
    fn paths_lead_to_the_checker_from_where_the_package_lies() {
        let text =
            "[package]\nname = \"solutions\"\n[dependencies]\nmp = { path = \"../checker/mp\" }\n";
        let manifest = member(text).changed().expect("is changed");
        assert!(manifest.contains("\"../../checker/mp\""), "{manifest}");
        let exercises = Member::read(text, 1).expect("a manifest");
        assert_eq!(exercises.changed(), None);
    }

    #[test]
    fn the_workspace_keeps_its_settings_and_only_what_is_needed() {
        let repository = "[workspace]\nmembers = [\".\"]\nresolver = \"3\"\n\
            [workspace.package]\nedition = \"2024\"\n\
            [workspace.dependencies]\nclap = \"4\"\nlibc = \"0.2\"\n\
            [package]\nname = \"course\"\n[profile.checked]\nopt-level = 2\n";
        let text = workspace(repository, vec!["checker/sched".into()], &[library()]);
        insta::assert_snapshot!(text.expect("a manifest"), @r#"
        # Written by `course init`, and again by `course init --update`.
        [workspace]
        members = ["checker/sched"]
        resolver = "3"
        default-members = ["exercises"]

        [workspace.package]
        edition = "2024"

        [workspace.dependencies]
        libc = "0.2"

        [profile.checked]
        opt-level = 2
        "#);
    }

    #[test]
    fn the_lock_keeps_what_is_needed_as_cargo_writes_it() {
        let package = |name: &str, version: &str, needs: &[&str]| {
            let needs: String = needs.iter().map(|it| format!(" \"{it}\",\n")).collect();
            let needs = format!("dependencies = [\n{needs}]\n");
            let needs = if needs.len() > 19 { needs.as_str() } else { "" };
            format!("\n[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{needs}")
        };
        let start = "# Of cargo.\nversion = 4\n";
        let all = [
            start.to_owned(),
            package("clap", "4.0.0", &["rand 2.0.0"]),
            package("libc", "0.2.0", &["rand 1.0.0"]),
            package("proptest", "1.0.0", &["rand 2.0.0"]),
            package("rand", "1.0.0", &[]),
            package("rand", "2.0.0", &[]),
            package("sched", "0.1.0", &["libc", "proptest"]),
        ];
        let kept = [
            start.to_owned(),
            package("libc", "0.2.0", &["rand"]),
            package("rand", "1.0.0", &[]),
            package("sched", "0.1.0", &["libc"]),
        ];
        let lock = lock(&all.concat(), &[library()]);
        assert_eq!(lock.expect("a lock"), kept.concat());
    }
}
