//! Calls whose result a program throws away, read from its text: `child.join();` waits, and does not
//! look at the exit code; a loop `while let Ok(job) = jobs.recv()` does not look at the error.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, LineColumn, TokenStream, TokenTree};

use crate::program::rules::on_a_large_stack;

/// A line and a column, both from 1, as `#[track_caller]` tells where a call is.
pub type At = (u32, u32);

/// Where the calls are that are statements of their own, or behind `let _ =`, or that only end a loop
/// by an error. What is no sequence of tokens has none.
pub fn calls(text: &str) -> BTreeSet<At> {
    on_a_large_stack(|| {
        let mut found = BTreeSet::new();
        collect(text.parse().unwrap_or_default(), false, &mut found);
        found
    })
}

fn collect(tokens: TokenStream, in_block: bool, found: &mut BTreeSet<At>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let in_block = group.delimiter() == Delimiter::Brace;
                collect(group.stream(), in_block, found);
            }
            TokenTree::Punct(end) if in_block && end.as_char() == ';' => {
                found.extend(thrown_away(&tokens[..index]));
            }
            TokenTree::Ident(word) if *word == "let" => {
                found.extend(ends_loop(&tokens[..index], &tokens[index + 1..]));
            }
            _ => {}
        }
    }
}

/// The call in `while let Ok(..) = call {` or `let Ok(..) = call else { break }`, given what stands
/// before and behind the `let`.
fn ends_loop(before: &[TokenTree], behind: &[TokenTree]) -> Option<At> {
    let [ok, TokenTree::Group(_), equals, value @ ..] = behind else {
        return None;
    };
    if !is_word(Some(ok), "Ok") || !is(Some(equals), '=') {
        return None;
    }
    let ends = |it: &TokenTree| is_block(it) || is_word(Some(it), "else");
    let (value, rest) = value.split_at(value.iter().position(ends)?);
    let leaves = match rest {
        [TokenTree::Group(_), ..] => is_word(before.last(), "while"),
        [_, TokenTree::Group(other), ..] => only_leaves(other.stream()),
        _ => false,
    };
    match value {
        [.., dot, TokenTree::Ident(name), TokenTree::Group(_)] if leaves && is(Some(dot), '.') => {
            Some(at(name.span().start()))
        }
        _ => None,
    }
}

/// Whether a block does nothing but leave the loop or the function.
fn only_leaves(block: TokenStream) -> bool {
    let mut tokens = block.into_iter();
    let leave = tokens.next();
    let leaves = is_word(leave.as_ref(), "break") || is_word(leave.as_ref(), "return");
    leaves && tokens.all(|it| is(Some(&it), ';'))
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace)
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(it)) if *it == word)
}

/// The call that a statement consists of, given the block up to the statement's end.
fn thrown_away(tokens: &[TokenTree]) -> Option<At> {
    let [
        before @ ..,
        TokenTree::Ident(name),
        TokenTree::Group(arguments),
    ] = tokens
    else {
        return None;
    };
    if arguments.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let begin = operand(tokens, before.len())?;
    let starts = match &tokens[..begin] {
        [] => true,
        [.., TokenTree::Ident(ignored), equals] if is(Some(equals), '=') => *ignored == "_",
        [.., TokenTree::Group(block)] => block.delimiter() == Delimiter::Brace,
        [.., last] => is(Some(last), ';'),
    };
    let is_method = is(before.last(), '.');
    // A method's call is where its name is, any other one where its path begins.
    let called = if is_method {
        name.span()
    } else {
        tokens[begin].span()
    };
    starts.then(|| at(called.start()))
}

/// Where the operand begins that ends with the token of this number: a path, or calls of methods
/// and fields behind each other. `None` if it has a block in it.
fn operand(tokens: &[TokenTree], mut last: usize) -> Option<usize> {
    let before = |index: usize| index.checked_sub(1);
    loop {
        match &tokens[last] {
            TokenTree::Group(it) if it.delimiter() == Delimiter::Brace => return None,
            TokenTree::Group(_) => match before(last) {
                // Of a call or an index: what is called stands before it.
                Some(it) if ends_operand(&tokens[it]) => last = it,
                _ => return Some(last),
            },
            TokenTree::Punct(it) if it.as_char() == '?' => last = before(last)?,
            _ if is(before(last).map(|it| &tokens[it]), '.') => last = last.checked_sub(2)?,
            _ if is(before(last).map(|it| &tokens[it]), ':') => last = last.checked_sub(3)?,
            _ => return Some(last),
        }
    }
}

fn ends_operand(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(it) => it.delimiter() != Delimiter::Brace,
        TokenTree::Punct(it) => it.as_char() == '?',
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    }
}

fn is(token: Option<&TokenTree>, c: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == c)
}

fn at(start: LineColumn) -> At {
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    (number(start.line), number(start.column).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of the calls that are thrown away in a block of one line.
    fn columns(statements: &str) -> Vec<u32> {
        let text = format!("fn f() {{\n{statements}\n}}");
        let calls = calls(&text).into_iter();
        calls
            .map(|(line, column)| (line == 2).then_some(column).expect("line 2"))
            .collect()
    }

    #[test]
    fn a_call_that_is_a_statement_is_thrown_away() {
        assert_eq!(columns("child.join();"), [7]);
        assert_eq!(columns("a(); b[1].c()?.join();"), [1, 16]);
        assert_eq!(columns("mp::Child::join(&child);"), [1]);
        assert_eq!(columns("if x { y() } child.join();"), [20]);
        assert_eq!(columns("let _ = child.join(); _ = child.join();"), [15, 33]);
        assert_eq!(columns("all.for_each(|it| { it.join(); });"), [5, 24]);
    }

    #[test]
    fn an_error_that_only_ends_a_loop_is_thrown_away() {
        assert_eq!(columns("while let Ok(job) = jobs.recv() { job() }"), [26]);
        assert_eq!(
            columns("while let Ok(_) = a.lock().unwrap().recv() {}"),
            [37]
        );
        for end in ["break", "return;", "break;"] {
            let text = format!("loop {{ let Ok(job) = jobs.recv() else {{ {end} }}; job() }}");
            assert_eq!(columns(&text), [27]);
        }
        for text in [
            "loop { let Ok(job) = jobs.recv() else { panic!() }; job() }",
            "if let Ok(job) = jobs.recv() { job() } else { println!() }",
            "while let None = child.exit_code() {}",
        ] {
            assert!(columns(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_call_whose_result_goes_somewhere_is_used() {
        for text in [
            "let code = child.join();",
            "codes += child.join();",
            "return child.join();",
            "let _code = child.join();",
            "let code = { child.join() };",
            "a || child.join();",
            "-child.join();",
            "let c = match x { _ => y } + child.join();",
            "assert_eq!(child.join(), 0);",
        ] {
            let join = text
                .find("join")
                .map(|it| u32::try_from(it + 1).expect("short"));
            assert!(!columns(text).contains(&join.expect("a join")), "{text}");
        }
        // The outer one is thrown away, and has the inner one's.
        assert_eq!(columns("codes.insert(child.join());"), [7]);
        assert_eq!(calls("fn f( {"), BTreeSet::new());
    }
}
