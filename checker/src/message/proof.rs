//! What an experiment showed, in a sentence.

use sched_model::run::{End, Op, Run, Site, Wait};
use sched_model::{Class, Intervention, Order};

use crate::facts::Experiment;
use crate::message::waiting::listed;

/// What would be if one thing were otherwise.
pub fn proof(run: &Run, proof: &Experiment) -> String {
    let who = who(run);
    let all = &proof.interventions;
    let whole = |it: &&Intervention| !all.iter().any(|other| is_part(it, other));
    let (mut between, mut others): (Vec<String>, Vec<String>) = Default::default();
    for it in all.iter().filter(whole) {
        let (told, told_before) = match otherwise(run, it, who) {
            Change::Between(steps) => (steps, &mut between),
            Change::Other(told) => (told, &mut others),
        };
        if !told_before.contains(&told) {
            told_before.push(told);
        }
    }
    if !between.is_empty() {
        let between = between.join(" or ");
        others.insert(0, format!("nobody could come {between} of one {who}"));
    }
    let how = match proof.otherwise {
        0 => "",
        _ => " in this way",
    };
    let (each, schedules) = (listed(&others), proof.schedules);
    format!("If {each}, none of {schedules} schedules would fail{how}.")
}

/// Between which steps nobody may come.
fn steps(first: &Site, last: &Site) -> String {
    match lines(&[first, last])[..] {
        [first, last] => format!("between lines {first} and {last}"),
        [line] => format!("between the steps in line {line}"),
        _ => "between two steps".to_owned(),
    }
}

/// Whether the lines of one are some of those of another one.
fn is_part(one: &Intervention, of: &Intervention) -> bool {
    let range = |it: &Intervention| match it {
        Intervention::Together(first, last) => {
            Some((first.line.min(last.line), first.line.max(last.line)))
        }
        _ => None,
    };
    let (Some(one), Some(of)) = (range(one), range(of)) else {
        return false;
    };
    one != of && of.0 <= one.0 && one.1 <= of.1
}

/// What those are called that take part.
fn who(run: &Run) -> &'static str {
    let mut tasks = (0..).zip(&run.tasks);
    let has_threads = tasks.clone().any(|(id, task)| task.process != id);
    let has_processes = tasks.any(|(id, task)| id > 0 && task.process == id);
    match (has_processes, has_threads) {
        (true, true) => "task",
        (true, false) => "process",
        (false, _) => "thread",
    }
}

/// A part of a sentence.
enum Change {
    /// Between which steps nobody may come.
    Between(String),
    /// What else is otherwise.
    Other(String),
}

/// What is done otherwise.
fn otherwise(run: &Run, intervention: &Intervention, who: &str) -> Change {
    Change::Other(match intervention {
        Intervention::Together(first, last) => return Change::Between(steps(first, last)),
        Intervention::TogetherUntilAgain(at) => return Change::Between(steps(at, at)),
        Intervention::OneAtATime(places) => {
            format!(
                "only one {who} at a time could hold what is taken{}",
                all(places)
            )
        }
        Intervention::AfterEnd { at, started, .. } => {
            let mut tasks = run.tasks.iter();
            let child = tasks.find(|it| it.started_at.as_ref() == Some(started));
            let until = match child.is_some_and(|it| it.daemon) {
                true => "when nothing was left to do for what was started",
                false => "after the end of what was started",
            };
            let parent = child.and_then(|it| run.tasks.get(it.parent?));
            let what = match (at.is_ours(), parent) {
                (true, Some(parent)) => format!("the end of {}", parent.name),
                _ => format!("what comes{}", place_of(&[at])),
            };
            format!("{what} came only {until}{}", place_of(&[started]))
        }
        Intervention::WakesAll(places) => {
            format!("the notification{} woke all that wait", all(places))
        }
        Intervention::Kept(places) => {
            format!(
                "the notification{} were kept until somebody waits",
                all(places)
            )
        }
        Intervention::Ends(places) => {
            format!(
                "whoever receives{} learned that nobody sends any more",
                all(places)
            )
        }
        Intervention::Answered(places) => answered(run, places),
        Intervention::AsMostly(places) => {
            format!("nobody woke up for no reason{}", all(places))
        }
        Intervention::NoLimit(places) => {
            format!("the wait{} had no limit of time", all(places))
        }
        Intervention::OnTime(sleep) => {
            format!(
                "nobody were late when the sleep{} is over",
                place_of(&[sleep])
            )
        }
        Intervention::Stronger(all) => stronger(all),
    })
}

/// What comes, of that which those wait for who wait here.
fn answered(run: &Run, places: &[Site]) -> String {
    let waits = match &run.end {
        End::Deadlock { waits, .. } => &waits[..],
        _ => &[],
    };
    let is_here = |it: &&Wait| it.at.as_ref().is_some_and(|at| places.contains(at));
    let wait = waits.iter().find(is_here);
    let object = wait.and_then(|it| run.objects.get(it.object?));
    let (op, place) = (wait.and_then(|it| it.op), all(places));
    match object.map(|it| it.kind.class()) {
        Some(Class::Notice) => format!("whoever waits{place} were notified"),
        Some(Class::Flag) => format!("what is waited for{place} were set"),
        Some(Class::Permits) => format!("there were a permit for whoever waits{place}"),
        Some(Class::Token) => format!("whoever parks{place} were unparked"),
        Some(Class::Gathering) => {
            format!("those who wait{place} went on when nobody else can come")
        }
        Some(Class::Messages) if op == Some(Op::Exit) => {
            format!("a process could end although nobody takes what it put into a queue{place}")
        }
        Some(Class::Messages | Class::Channel) if op == Some(Op::Send) => {
            format!("there were room for whoever waits{place}")
        }
        Some(Class::Messages) => format!("all messages were reported as done{place}"),
        Some(_) => {
            let since = wait.and_then(|it| it.holder.as_ref()?.1.as_ref());
            let taken = place_of(&Vec::from_iter(since));
            format!("what was taken{taken} were given back at the end of who took it")
        }
        None => format!("the wait{place} ended"),
    }
}

/// Which accesses ask for which order, line by line.
fn stronger(all: &[(Site, Order)]) -> String {
    let name = |order: &Order| match order {
        Order::Acquire => "`Acquire`",
        Order::Release => "`Release`",
        Order::AcqRel => "`AcqRel`",
        Order::SeqCst => "`SeqCst`",
    };
    let mut asked: Vec<(u32, Vec<&str>)> = Vec::new();
    let mut all = all.to_vec();
    all.sort();
    for (at, order) in all {
        match asked.iter_mut().find(|it| it.0 == at.line) {
            Some((_, orders)) if orders.contains(&name(&order)) => {}
            Some((_, orders)) => orders.push(name(&order)),
            None => asked.push((at.line, vec![name(&order)])),
        }
    }
    if let [(_, first), rest @ ..] = &asked[..]
        && !rest.is_empty()
        && rest.iter().all(|(_, orders)| orders == first)
    {
        let lines: Vec<String> = asked.iter().map(|(line, _)| line.to_string()).collect();
        return format!("lines {} asked for {}", listed(&lines), first.join(" and "));
    }
    let verb = ["asked for", "for"]
        .into_iter()
        .chain(std::iter::repeat("for"));
    let told = asked.iter().zip(verb);
    let told =
        told.map(|((line, orders), verb)| format!("line {line} {verb} {}", orders.join(" and ")));
    listed(&told.collect::<Vec<_>>())
}

/// The different lines of the program, in order.
fn lines(sites: &[&Site]) -> Vec<u32> {
    let theirs = sites.iter().filter(|it| !it.is_ours());
    let mut lines: Vec<u32> = theirs.map(|it| it.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn all(sites: &[Site]) -> String {
    place_of(&sites.iter().collect::<Vec<_>>())
}

/// ` in line 14` or ` in lines 14 and 20`; nothing where there is none.
fn place_of(sites: &[&Site]) -> String {
    let lines: Vec<String> = lines(sites).iter().map(u32::to_string).collect();
    match &lines[..] {
        [] => String::new(),
        [line] => format!(" in line {line}"),
        _ => format!(" in lines {}", listed(&lines)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sched_model::run::ObjectKind;

    use crate::judge::build::{RunBuilder, site, wait};

    #[test]
    fn accesses_that_ask_for_more_are_told_line_by_line() {
        let asks = |line, order| (at(line), order);
        let pair = vec![asks(8, Order::Release), asks(10, Order::Acquire)];
        assert_eq!(
            told(vec![Intervention::Stronger(pair)], 0),
            "If line 8 asked for `Release` and line 10 for `Acquire`, none of 50 schedules would fail."
        );
        let one = vec![asks(8, Order::SeqCst), asks(8, Order::SeqCst)];
        assert_eq!(
            told(vec![Intervention::Stronger(one)], 0),
            "If line 8 asked for `SeqCst`, none of 50 schedules would fail."
        );
        let three = [10, 8, 9].map(|line| asks(line, Order::SeqCst));
        assert_eq!(
            told(vec![Intervention::Stronger(three.to_vec())], 0),
            "If lines 8, 9 and 10 asked for `SeqCst`, none of 50 schedules would fail."
        );
    }

    fn told(interventions: Vec<Intervention>, otherwise: u32) -> String {
        told_of(&RunBuilder::new(2).run(), interventions, otherwise)
    }

    fn told_of(run: &Run, interventions: Vec<Intervention>, otherwise: u32) -> String {
        let schedules = 50;
        let proof = Experiment {
            interventions,
            schedules,
            otherwise,
        };
        super::proof(run, &proof)
    }

    #[test]
    fn of_a_wait_that_is_answered_it_is_told_what_comes() {
        let kinds = [
            (ObjectKind::Condvar, "whoever waits in line 9 were notified"),
            (ObjectKind::Event, "what is waited for in line 9 were set"),
            (
                ObjectKind::Semaphore,
                "there were a permit for whoever waits in line 9",
            ),
            (ObjectKind::Parker, "whoever parks in line 9 were unparked"),
            (
                ObjectKind::Barrier,
                "those who wait in line 9 went on when nobody else can come",
            ),
            (
                ObjectKind::Queue,
                "all messages were reported as done in line 9",
            ),
            (
                ObjectKind::Mutex,
                "what was taken in line 4 were given back at the end of who took it",
            ),
        ];
        for (kind, comes) in kinds {
            let run = RunBuilder::new(2).object(kind, "it");
            let run = run
                .deadlock(vec![wait(1, 0, 9, Some((2, 4)))], vec![])
                .run();
            assert_eq!(
                told_of(&run, vec![Intervention::Answered(vec![at(9)])], 1),
                format!("If {comes}, none of 50 schedules would fail in this way.")
            );
        }
    }

    fn at(line: u32) -> Site {
        site(line).expect("a place")
    }

    #[test]
    fn each_intervention_is_told_with_its_lines() {
        let together = |first, last| Intervention::Together(at(first), at(last));
        assert_eq!(
            told(vec![together(11, 13)], 0),
            "If nobody could come between lines 11 and 13 of one process, none of 50 schedules \
             would fail."
        );
        assert_eq!(
            told(vec![together(11, 11), together(21, 20)], 3),
            "If nobody could come between the steps in line 11 or between lines 20 and 21 of one \
             process, none of 50 schedules would fail in this way."
        );
        assert_eq!(
            told(
                vec![together(12, 12), together(11, 13), together(13, 12)],
                0
            ),
            told(vec![together(11, 13)], 0),
            "a part of what is told says nothing new"
        );
        assert_eq!(
            told(vec![Intervention::OneAtATime(vec![at(7), at(8), at(7)])], 0),
            "If only one process at a time could hold what is taken in lines 7 and 8, none of 50 \
             schedules would fail."
        );
        let (at_20, started) = (at(20), at(12));
        let after = Intervention::AfterEnd {
            at: at_20,
            started,
            child: None,
        };
        assert_eq!(
            told(vec![after], 0),
            "If what comes in line 20 came only after the end of what was started in line 12, none \
             of 50 schedules would fail."
        );
        assert_eq!(
            told(vec![Intervention::WakesAll(vec![at(9)])], 0),
            "If the notification in line 9 woke all that wait, none of 50 schedules would fail."
        );
        assert_eq!(
            told(vec![Intervention::Kept(vec![at(9)])], 0),
            "If the notification in line 9 were kept until somebody waits, none of 50 schedules \
             would fail."
        );
        assert_eq!(
            told(vec![Intervention::Ends(vec![at(9)])], 0),
            "If whoever receives in line 9 learned that nobody sends any more, none of 50 schedules \
             would fail."
        );
        assert_eq!(
            told(vec![Intervention::AsMostly(vec![at(9)])], 0),
            "If nobody woke up for no reason in line 9, none of 50 schedules would fail."
        );
        assert_eq!(
            told(vec![Intervention::NoLimit(vec![at(9)])], 2),
            "If the wait in line 9 had no limit of time, none of 50 schedules would fail in this way."
        );
        assert_eq!(
            told(vec![Intervention::OnTime(at(9))], 0),
            "If nobody were late when the sleep in line 9 is over, none of 50 schedules would fail."
        );
    }
}
