//! Programs with unsafe code of their own: they alone can have races on plain memory. They are compiled
//! so that each access is told.

use proc_macro2::{TokenStream, TokenTree};

use super::rules;
use super::source::Source;
use crate::facts::said;

/// Whether there is unsafe code in a program: the word itself, outside of comments and strings, also
/// where a macro makes code of it.
pub fn is_in(source: &Source) -> bool {
    source.allow_unsafe && contains(source, "unsafe")
}

/// Whether a program may ask for less than sequential consistency.
pub fn names_weak_order(source: &Source) -> bool {
    let all = ["Relaxed", "Acquire", "Release", "AcqRel"];
    all.iter().any(|order| contains(source, order))
}

fn contains(source: &Source, word: &str) -> bool {
    // Most programs are read no further.
    source.text.contains(word)
        && rules::on_a_large_stack(|| {
            let tokens = source.text.parse::<TokenStream>();
            // What cannot be parsed the compiler refuses.
            tokens.is_ok_and(|tokens| holds(tokens, word))
        })
}

/// Whether a program may name a crate: exercises do. Lints know crates that are there and not used.
pub fn names(source: &Source, word: &str) -> bool {
    source.apart.is_some()
        || source.text.contains(word)
            && rules::on_a_large_stack(|| {
                let tokens = source.text.parse::<TokenStream>();
                tokens.map_or(true, |tokens| holds(tokens, word))
            })
}

fn holds(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => holds(group.stream(), word),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether the code that the compiler made, as it prints it, holds something that may order accesses
/// without being told of: atomic operations that it left as they were; assembler, but for an empty
/// piece, which only the optimiser looks at; and the end of a guard of a standard stream's own lock,
/// which is taken inside std.
pub fn is_beyond_telling(code: &str) -> bool {
    code.lines().any(|line| {
        let line = line.trim_start();
        let does = match line.split_once(" = ") {
            Some((name, does)) if name.starts_with('%') => does,
            _ => line,
        };
        let begins = |words: &[&str]| words.iter().any(|word| does.starts_with(word));
        let assembler = line.contains(said::ASSEMBLER) && !line.contains(said::EMPTY_ASSEMBLER);
        begins(said::ATOMIC)
            || (begins(said::CALLS) && assembler)
            || (does.starts_with(said::FUNCTION)
                && said::STREAM_LOCKED.iter().all(|it| line.contains(it)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Edition;

    fn source(text: &str, allow_unsafe: bool) -> Source {
        Source {
            text: text.to_owned(),
            apart: None,
            shown: "a.rs".to_owned(),
            crate_name: "a".to_owned(),
            allow_unsafe,
            edition: Edition::default(),
        }
    }

    #[test]
    fn only_the_word_in_code_counts_and_only_where_it_is_allowed() {
        for (text, expected) in [
            ("fn main() { unsafe { f() } }", true),
            ("unsafe impl Send for S {}", true),
            ("macro_rules! m { () => { unsafe { N += 1 } } }", true),
            (
                "// unsafe\nfn main() { print!(\"unsafe\"); let is_unsafe = 1; }",
                false,
            ),
            ("fn main() {}", false),
            ("unsafe fn main( {", false),
        ] {
            assert_eq!(is_in(&source(text, true)), expected, "{text}");
            assert!(!is_in(&source(text, false)));
        }
    }

    #[test]
    fn an_order_is_weak_if_it_is_named_in_code() {
        let names = |text| names_weak_order(&source(text, false));
        assert!(names("fn main() { A.load(Ordering::Acquire); }"));
        assert!(names(
            "use std::sync::atomic::Ordering::{Relaxed as Weak}; fn main() {}"
        ));
        assert!(!names("fn main() { A.load(SeqCst); } // not Relaxed"));
    }

    #[test]
    fn what_the_compiler_left_as_it_was_is_seen() {
        for line in [
            "  %0 = atomicrmw umax ptr %self, i64 %val acq_rel, align 8, !dbg !1639",
            "  %x = cmpxchg ptr %a, i32 0, i32 1 acquire monotonic, align 4",
            "  store atomic i32 1, ptr %a release, align 4",
            "  fence acquire",
            "  call void asm sideeffect \"mfence\", \"~{memory}\"(), !srcloc !4",
            "define internal void @\"_ZN4core3ptr90drop_in_place$LT$std..sync..reentrant_lock..\
             ReentrantLockGuard$LT$std..io..stdio..StdoutRaw$GT$$GT$17h5dE\"(ptr %0)",
        ] {
            assert!(
                is_beyond_telling(&format!("define void @f() {{\n{line}\n}}")),
                "{line}"
            );
        }
        for line in [
            "  %0 = call i64 @__tsan_atomic64_fetch_add(ptr %self, i64 1, i32 0)",
            "  call void asm sideeffect \"\", \"~{memory}\"(), !dbg !447, !srcloc !451",
            "  %fence = load i32, ptr %a, align 4",
            "  store i32 1, ptr %atomic, align 4",
        ] {
            assert!(!is_beyond_telling(line), "{line}");
        }
    }
}
