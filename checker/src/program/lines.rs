//! Lines of a program for the addresses of its code, by the tables that the compiler wrote into the
//! executable.
//!
//! What is looked for is the innermost line of the program itself: calls of std's lie below most of
//! them. Where memory is used and a call of the checked std, or of `mp`, comes first, that is on their behalf: it
//! is ordered by the scheduler itself, so nothing is said of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use addr2line::gimli::{Dwarf, EndianSlice, RunTimeEndian, SectionId};
use object::{Object, ObjectSection, ObjectSymbol};
use sched_model::run::{MemoryAccess, MemoryRace, Run, Site};
use sched_model::site::{ON_ITS_OWN, PART_OF};

/// What stands in the tables for the folder in which a program is compiled.
pub const FOLDER: &str = "/course";
/// Where the sources of the checker's own libraries are, in whatever folder.
const OURS: &[&str] = &["/checker/std/src/", "/checker/mp/src/", "/checker/sched/"];

/// How the names of their functions begin, behind what names a path.
const OUR_FUNCTIONS: &[&str] = &["checked_std", "mp4", "mp..", "sched_"];

/// Finds an executable of the same functions that has tables of lines.
pub type WithLines = fn(&Path) -> Option<PathBuf>;

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
    /// The name of its crate.
    crate_name: String,
    with_lines: WithLines,
    calls: HashMap<u32, Whose>,
    /// Functions of the program's and of the course's own libraries, once they were looked for.
    named: Option<Vec<Named>>,
    names: HashMap<u64, Option<String>>,
}

impl Lines {
    /// Those of an executable, made of the file that reports name so, as the crate of that name.
    pub fn of(program: &Path, shown: &str, crate_name: &str, with_lines: WithLines) -> Lines {
        Lines {
            program: program.to_owned(),
            shown: shown.to_owned(),
            crate_name: crate_name.to_owned(),
            with_lines,
            calls: HashMap::new(),
            named: None,
            names: HashMap::new(),
        }
    }

    /// The innermost line of the program in each of these ways of calls, if it is in one; on some, only
    /// where none of the checked std's or of `mp`'s comes before.
    pub fn places(&mut self, ways: &[&[u32]]) -> Vec<Option<Site>> {
        let may_be_told: Vec<bool> = ways.iter().map(|way| !self.is_on_behalf(way)).collect();
        let told = ways.iter().zip(&may_be_told).filter(|(_, it)| **it);
        let calls = told.flat_map(|(way, _)| way.iter().copied());
        let calls: Vec<u32> = calls
            .filter(|call| *call != ON_ITS_OWN && !self.calls.contains_key(call))
            .collect();
        if !calls.is_empty() {
            // What cannot be read tells nothing.
            let _ = self.read(&calls, &[]);
        }
        let place = |way: &&[u32]| {
            let calls = way.iter().filter_map(|call| self.calls.get(call));
            let hides = |whose: &&Whose| **whose == Whose::Ours && way[0] == ON_ITS_OWN;
            let mut calls = calls.take_while(|whose| !hides(whose));
            calls.find_map(|whose| match whose {
                Whose::Program(site) => Some(site.clone()),
                Whose::Ours | Whose::Others => None,
            })
        };
        let all = ways.iter().zip(may_be_told);
        all.map(|(way, told)| place(way).filter(|_| told)).collect()
    }

    /// Whether a way on which lines of the course's own libraries hide the program's is on behalf of these,
    /// by the names of functions, which cost no tables.
    fn is_on_behalf(&mut self, way: &[u32]) -> bool {
        if way.first() != Some(&ON_ITS_OWN) {
            return false;
        }
        let (path, crate_name) = (&self.program, &self.crate_name);
        let named = self.named.get_or_insert_with(|| named(path, crate_name));
        let of = |call: &u32| {
            let at = u64::from(*call).saturating_sub(1);
            let after = named.partition_point(|it| it.begin <= at);
            let function = named.get(after.checked_sub(1)?)?;
            (at - function.begin < function.size).then_some(function.is_ours)
        };
        way[1..].iter().find_map(of) == Some(true)
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
        if access.how.is_atomic() {
            let site = access.at.as_ref();
            return site.is_some_and(|site| *site.file == *self.shown);
        }
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

    /// Whether one of these calls is in a function of the program's, by its name.
    fn may_be_in_one(&self, program: &object::File<'_>, calls: &[u32]) -> bool {
        let ours = functions(program).into_iter();
        let ours = ours.filter(|(name, _)| name.contains(&self.crate_name));
        ours.map(|(_, [at, size])| at..at + size)
            .any(|it| calls.iter().any(|&call| it.contains(&u64::from(call))))
    }

    /// Reads what the tables say of these calls and addresses.
    fn read(&mut self, calls: &[u32], addresses: &[u64]) -> Option<()> {
        let program = std::fs::read(&self.program).ok()?;
        let program = object::File::parse(&*program).ok()?;
        if addresses.is_empty() && !self.may_be_in_one(&program, calls) {
            self.calls
                .extend(calls.iter().map(|&call| (call, Whose::Others)));
            return Some(());
        }
        let path = (self.with_lines)(&self.program)?;
        let bytes = std::fs::read(&path).ok()?;
        let file = object::File::parse(&*bytes).ok()?;
        for &address in addresses {
            self.names.insert(address, name_of(&file, address));
        }
        let moved = match path == self.program {
            true => None,
            false => Some(Moved::between(&program, &file)),
        };
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
            // The call itself lies before the address that it returns to.
            let at = u64::from(call).saturating_sub(1);
            let at = moved.as_ref().map_or(Some(at), |moved| moved.at(at));
            let whose = at.map_or(Whose::Others, |at| whose(&context, at, &self.shown));
            self.calls.insert(call, whose);
        }
        Some(())
    }
}

/// A function whose name tells whose it may be.
struct Named {
    begin: u64,
    size: u64,
    /// Whether it is one of the course's own libraries, and not the program's.
    is_ours: bool,
}

/// The functions of an executable whose names tell whose they are, sorted; those that may be the program's
/// among them, such as what std makes for a type of its.
fn named(path: &Path, crate_name: &str) -> Vec<Named> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let Ok(file) = object::File::parse(&*bytes) else {
        return Vec::new();
    };
    let named = functions(&file).into_iter().filter_map(|(name, place)| {
        let is_ours = OUR_FUNCTIONS.iter().any(|it| {
            let path = name.trim_start_matches(['_', 'Z', 'N']);
            let path = path.trim_start_matches(|c: char| c.is_ascii_digit());
            path.trim_start_matches("_$LT$").starts_with(it)
        });
        let [begin, size] = place;
        let may_be_told = name.contains(crate_name);
        (is_ours || may_be_told).then_some(Named {
            begin,
            size,
            is_ours: is_ours && !may_be_told,
        })
    });
    let mut named: Vec<Named> = named.collect();
    named.sort_unstable_by_key(|it| it.begin);
    named
}

/// Where the functions of an executable lie in another one of the same functions: tables of lines add
/// to what lies between them, and not to them.
struct Moved {
    /// Begin, size, and begin in the other one; sorted.
    functions: Vec<(u64, u64, u64)>,
}

impl Moved {
    fn between(program: &object::File<'_>, other: &object::File<'_>) -> Moved {
        let others = functions(other);
        let same = functions(program)
            .into_iter()
            .filter_map(|(name, [at, size])| {
                let [there, as_large] = *others.get(name)?;
                (size == as_large).then_some((at, size, there))
            });
        let mut functions: Vec<_> = same.collect();
        functions.sort_unstable();
        Moved { functions }
    }

    fn at(&self, address: u64) -> Option<u64> {
        let after = self.functions.partition_point(|&(at, ..)| at <= address);
        let &(at, size, there) = self.functions.get(after.checked_sub(1)?)?;
        let offset = address - at;
        (offset < size).then_some(there + offset)
    }
}

/// The functions of an executable, each with its begin and size; without those whose name is another
/// one's, too.
fn functions<'a>(file: &'a object::File<'_>) -> HashMap<&'a str, [u64; 2]> {
    let (mut functions, mut twice) = (HashMap::new(), Vec::new());
    let text = file
        .symbols()
        .filter(|it| it.kind() == object::SymbolKind::Text);
    for symbol in text {
        let Ok(name) = symbol.name() else { continue };
        let place = [symbol.address(), symbol.size()];
        if functions.insert(name, place).is_some_and(|it| it != place) {
            twice.push(name);
        }
    }
    for name in twice {
        functions.remove(name);
    }
    functions
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

/// Whose a call at an address is.
fn whose<R: addr2line::gimli::Reader>(
    context: &addr2line::Context<R>,
    at: u64,
    shown: &str,
) -> Whose {
    let frames = context.find_frames(at);
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
