//! Lines of a program for the addresses of its code, by the tables that the compiler wrote into the
//! executable.
//!
//! What is looked for is the innermost line of the program itself: calls of std's lie below most of
//! them. Where a call of the checked std, or of `mp`, comes first, memory is used on their behalf: that
//! is ordered by the scheduler itself, so nothing is said of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use addr2line::gimli::{Dwarf, EndianSlice, RunTimeEndian, SectionId};
use object::{Object, ObjectSection, ObjectSymbol};
use sched_host::decode::PART_OF;
use sched_model::run::{MemoryAccess, MemoryRace, Run, Site};

/// What stands in the tables for the folder in which a program is compiled.
pub const FOLDER: &str = "/course";
/// Where the sources of the checker's own libraries are, in whatever folder.
const OURS: &[&str] = &["/checker/std/src/", "/checker/mp/src/", "/checker/sched/"];

/// Whose a call is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Whose {
    /// The program's, at this line.
    Program(Site),
    /// The checker's own.
    Ours,
    /// Somebody else's.
    Others,
}

/// The lines of one executable, as far as somebody asked for them.
pub struct Lines {
    program: PathBuf,
    /// The program's file, as reports name it.
    shown: String,
    calls: HashMap<u32, Whose>,
    names: HashMap<u64, Option<String>>,
}

impl Lines {
    /// Those of an executable, made of the file that reports name so.
    pub fn of(program: &Path, shown: &str) -> Lines {
        Lines {
            program: program.to_owned(),
            shown: shown.to_owned(),
            calls: HashMap::new(),
            names: HashMap::new(),
        }
    }

    /// Looks up where the races of a run on plain memory happened. Those of which that is not known, or
    /// that are not the program's own, are left out.
    pub fn look_up(&mut self, run: &mut Run) {
        let both = |race: &MemoryRace| [race.first.calls.clone(), race.second.calls.clone()];
        let calls = run.memory_races.iter().flat_map(both).flatten();
        let known = |call: &u32| self.calls.contains_key(call);
        let calls: Vec<u32> = calls.filter(|call| !known(call)).collect();
        let addresses = run.memory_races.iter().map(|race| race.address);
        let known = |it: &u64| self.names.contains_key(it);
        let addresses: Vec<u64> = addresses.filter(|it| !known(it)).collect();
        if !calls.is_empty() || !addresses.is_empty() {
            // What cannot be read tells nothing.
            let _ = self.read(&calls, &addresses);
        }
        run.memory_races.retain_mut(|race| {
            race.name = self.names.get(&race.address).cloned().flatten();
            self.tell(&mut race.first) && self.tell(&mut race.second)
        });
    }

    /// Notes the line of an access. False if there is none that the program is to answer for.
    fn tell(&self, access: &mut MemoryAccess) -> bool {
        let calls = access.calls.iter().filter_map(|call| self.calls.get(call));
        access.at = calls
            .into_iter()
            .find(|whose| **whose != Whose::Others)
            .and_then(|whose| match whose {
                Whose::Program(site) => Some(site.clone()),
                Whose::Ours | Whose::Others => None,
            });
        access.at.is_some()
    }

    /// Reads what the tables say of these calls and addresses.
    fn read(&mut self, calls: &[u32], addresses: &[u64]) -> Option<()> {
        let bytes = std::fs::read(&self.program).ok()?;
        let file = object::File::parse(&*bytes).ok()?;
        for &address in addresses {
            self.names.insert(address, name_of(&file, address));
        }
        let endian = match file.is_little_endian() {
            true => RunTimeEndian::Little,
            false => RunTimeEndian::Big,
        };
        let section = |id: SectionId| {
            let section = file.section_by_name(id.name());
            let data = section.and_then(|it| it.data().ok());
            Ok::<_, addr2line::gimli::Error>(EndianSlice::new(data.unwrap_or(&[]), endian))
        };
        let context = addr2line::Context::from_dwarf(Dwarf::load(section).ok()?).ok()?;
        for &call in calls {
            let whose = whose(&context, call.into(), &self.shown);
            self.calls.insert(call, whose);
        }
        Some(())
    }
}

/// The static that an address belongs to.
fn name_of(file: &object::File<'_>, address: u64) -> Option<String> {
    let mut symbols = file.symbols();
    let symbol = symbols.find(|symbol| {
        let (start, size) = (symbol.address(), symbol.size());
        symbol.kind() == object::SymbolKind::Data && (start..start + size).contains(&address)
    })?;
    plain_name(symbol.name().ok()?)
}

/// Whose a call is that returns to an address.
fn whose<R: addr2line::gimli::Reader>(
    context: &addr2line::Context<R>,
    returns: u64,
    shown: &str,
) -> Whose {
    // The call itself lies before it.
    let frames = context.find_frames(returns.saturating_sub(1));
    let Ok(mut frames) = frames.skip_all_loads() else {
        return Whose::Others;
    };
    while let Ok(Some(frame)) = frames.next() {
        let Some(location) = frame.location else {
            continue;
        };
        let file = location.file.unwrap_or_default();
        let inside = file.strip_prefix(FOLDER);
        let name = inside.and_then(|it| it.strip_prefix('/')).unwrap_or(file);
        if name.strip_prefix(PART_OF).unwrap_or(name) == shown {
            return Whose::Program(Site {
                file: Arc::from(shown),
                line: location.line.unwrap_or(1),
                column: location.column.unwrap_or(1),
            });
        }
        if OURS.iter().any(|it| file.contains(it)) {
            return Whose::Ours;
        }
    }
    Whose::Others
}

/// The last part of a symbol's name, if that is a name as people write them.
fn plain_name(symbol: &str) -> Option<String> {
    let name = format!("{:#}", rustc_demangle::try_demangle(symbol).ok()?);
    let last = name.rsplit("::").next()?;
    let plain = |c: char| c.is_alphanumeric() || c == '_';
    (!last.is_empty() && last.chars().all(plain)).then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_static_has_the_name_that_the_program_gave_it() {
        let name = |symbol| plain_name(symbol);
        assert_eq!(
            name("_ZN9program_x5TOTAL17h0123456789abcdefE").as_deref(),
            Some("TOTAL")
        );
        assert_eq!(
            name("_ZN9program_x4main1N17h0123456789abcdefE").as_deref(),
            Some("N")
        );
        assert_eq!(name("environ"), None);
    }
}
