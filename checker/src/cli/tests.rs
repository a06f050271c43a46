//! Tests of the command line: its help, and what is typed.

use super::*;
use clap::CommandFactory;

/// Calls `visit` for the command, and for every one below it, with its full name.
fn each(command: &clap::Command, name: &str, visit: &mut dyn FnMut(&str, &clap::Command)) {
    visit(name, command);
    for sub in command.get_subcommands() {
        each(sub, &format!("{name} {}", sub.get_name()), visit);
    }
}

#[test]
fn every_command_and_argument_has_help_in_the_house_style() {
    let mut command = Cli::command();
    command.build();
    command.clone().debug_assert();
    let mut wrong = Vec::new();
    each(&command, "course", &mut |name, command| {
        let mut look = |what: String, help: Option<String>| match help {
            None => wrong.push(format!("{what}: no help")),
            Some(help) if help.ends_with('.') => wrong.push(format!("{what}: period")),
            Some(help) if !help.starts_with(char::is_uppercase) => {
                wrong.push(format!("{what}: starts in lower case"));
            }
            Some(_) => {}
        };
        look(
            name.to_owned(),
            command.get_about().map(ToString::to_string),
        );
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string);
            look(format!("{name} {}", arg.get_id()), help);
        }
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn help_fits_into_80_columns() {
    let mut command = Cli::command();
    command.build();
    each(&command, "course", &mut |name, command| {
        for line in command.clone().render_long_help().to_string().lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
    });
}

#[test]
fn replayed_arguments_end_at_the_next_option_and_may_be_none_or_negative() {
    let args = |typed: &[&str]| {
        let words = ["course", "replay", "a/b", "7"].iter().chain(typed);
        match Cli::try_parse_from(words).map(|cli| cli.command) {
            Ok(Some(Command::Replay(replay))) => (replay.args, replay.search.seed),
            other => panic!("not a replay: {other:?}"),
        }
    };
    let some = |words: &[&str]| Some(words.iter().map(|&word| word.to_owned()).collect());
    assert_eq!(args(&[]), (None, 0));
    assert_eq!(args(&["--args"]), (some(&[]), 0));
    assert_eq!(
        args(&["--args", "5", "-3", "--seed", "9"]),
        (some(&["5", "-3"]), 9)
    );
    assert_eq!(
        args(&["--args=-x", "--args=--seed"]),
        (some(&["-x", "--seed"]), 0)
    );
}
