//! Why a wait never ends, in a sentence made of the events that prove it. It ends without a period, as
//! those of [`super::cause`].

use sched_model::run::{Event, ObjectId, TaskId, What};

use crate::facts::fact::Awaited;
use crate::facts::why::{Missing, Plain, Stays};
use crate::message::at;
use crate::message::names::Names;
use crate::message::waiting::{awaited, listed};

/// What the wait itself shows, said after the sentence on who waits for what.
pub fn of_wait(plain: Plain) -> &'static str {
    match plain {
        Plain::Cycle => {
            "each of them holds what another one waits for, and none gives it back before it has \
             got the other one"
        }
        Plain::Itself => "it waits for itself: only it could give back what it already holds",
        Plain::ItselfReading => {
            "it waits for itself: only it could give back what it already holds. A reader that wants \
             to read once more also has to wait as soon as somebody else waits to write"
        }
        Plain::NotifiedTooEarly => {
            "the notification came when nobody waited yet, and one that nobody waits for is gone"
        }
        Plain::CopyHeld => {
            "a new process gets a copy of each lock, held if that was held at that moment, and whoever \
             holds it gives back only the original"
        }
        Plain::NeverReleased => {
            "whoever took it has ended without giving it back, and its end does not do that either"
        }
        Plain::NotDrained => {
            "a process ends only when everything it put into a queue was taken, and nobody takes \
             it: read the queue before you join the process"
        }
        Plain::NoSender => "nobody is left who would send a message",
        Plain::SenderAlive => {
            "nobody sends any more, and yet a sender is still alive, it may be the receiver's own: \
             only when all are dropped does receiving end"
        }
        Plain::TooFew => {
            "a barrier lets through as many at once as it was made for, and not so many come any \
             more"
        }
    }
}

/// What it takes to end a wait.
fn would(missing: Missing) -> &'static str {
    match missing {
        Missing::Message => "send a message",
        Missing::Others => "come to it",
        Missing::Room => "take a message and so make room",
        Missing::Notification => "notify",
        Missing::Sign => "set it",
        Missing::Permit => "give a permit back",
        Missing::Token => "unpark it",
    }
}

impl Names<'_> {
    pub(super) fn nobody_left(
        &self,
        missing: Missing,
        last: Option<usize>,
        joins: Option<usize>,
    ) -> String {
        let would = would(missing);
        let before = match last {
            Some(last) => format!(
                "; the last who did was {}{}",
                self.doer(last),
                self.line(last)
            ),
            None => ", and nobody ever did".to_owned(),
        };
        match joins.and_then(|it| Some((it, self.event(it)?))) {
            Some((
                joins,
                Event {
                    what: What::JoinWait(child),
                    ..
                },
            )) => format!(
                "only {}, which waits for the end of {}{}, could still {would}{before}",
                self.doer(joins),
                self.task(*child),
                self.line(joins),
            ),
            _ => format!("nobody is left who would {would}{before}"),
        }
    }

    pub(super) fn nobody_goes_on(
        &self,
        missing: Missing,
        waits: &[Stays],
        own: Option<[usize; 2]>,
    ) -> String {
        let [first, others @ ..] = waits else {
            return String::new();
        };
        let (task, would) = (self.task(first.task), would(missing));
        let each = others.iter().map(|it| {
            let alone = it.alone.map_or("", |_| ", which nobody else has used");
            let (who, what, line) = (self.task(it.task), awaited(&it.awaited), at(it.at));
            format!("{who} waits for {what}{line}{alone}")
        });
        let each: Vec<String> = each.collect();
        let left = match each.is_empty() {
            true => "all others have ended, and so nobody is left who would".to_owned(),
            false => format!("{}; nobody else is left who would", listed(&each)),
        };
        let never = first.alone.map_or(String::new(), |it| {
            format!(". Nobody but {task} has used {}", self.object(Some(it)))
        });
        let own = own.map_or(String::new(), |[put, got]| {
            let place = self.used_in(put);
            format!(
                ". What {task} put into {place}{} nobody takes out of it meanwhile: only {task} itself \
                 did that{}",
                self.line(put),
                self.line(got)
            )
        });
        format!("{left} {would}{never}{own}")
    }

    pub(super) fn each_for_the_next(&self, waits: &[(Awaited, usize)]) -> String {
        let each = waits.iter().map(|(what, begins)| {
            let (task, what, line) = (self.doer(*begins), awaited(what), self.line(*begins));
            format!("{task} waits for {what}{line}")
        });
        let each = each.collect::<Vec<_>>().join(", and ");
        let next = if waits.len() > 2 { "next" } else { "other" };
        format!("{each}: each would go on only if the {next} one went on first")
    }

    pub(super) fn not_done(&self, last: usize, taken: usize, done: usize) -> String {
        let (who, queue) = (self.doer(last), self.used_in(last));
        let Some(line) = self.event(last).and_then(|it| it.at.as_ref()) else {
            return format!("{who} took {taken} out of {queue}, and reported {done} as done");
        };
        let line = line.line;
        match (taken, done) {
            (1, _) => format!(
                "{who} took a message out of {queue} (line {line}), and did not report it as done"
            ),
            (_, 0) => format!(
                "{who} took {taken} messages out of {queue} (the last one in line {line}), and \
                 reported none of them as done"
            ),
            _ => format!(
                "{who} took {taken} messages out of {queue} (the last one in line {line}), and \
                 reported only {done} of them as done"
            ),
        }
    }

    pub(super) fn sender_kept(&self, put: usize) -> String {
        let (who, channel) = (self.doer(put), self.used_in(put));
        let line = self.event(put).and_then(|it| it.at.as_ref());
        format!(
            "nobody sends any more, and yet {who} still has the sender with which it put a message into \
             {channel}{}: only when all senders are dropped does receiving end",
            at(line.map(|it| it.line))
        )
    }

    pub(super) fn held_while_waiting(
        &self,
        what: &str,
        [begins, took, blocked]: [usize; 3],
    ) -> String {
        format!(
            "{} waits for {what}{} while it holds {}{}, which {} needs{}; nobody else could go on",
            self.doer(begins),
            self.line(begins),
            self.used_in(took),
            self.line(took),
            self.doer(blocked),
            self.line(blocked),
        )
    }

    pub(super) fn open_end(&self, task: TaskId, holder: TaskId, pipe: ObjectId) -> String {
        let (pipe, waiter, who) = (self.object(Some(pipe)), self.task(task), self.task(holder));
        let holds = match holder == task {
            true => format!("{waiter} itself still holds the other end of {pipe}"),
            false => format!("{who} still holds the other end of {pipe}, and sends nothing"),
        };
        format!("{waiter} would go on at the end of the file, but that never comes: {holds}")
    }

    pub(super) fn held_at_fork(&self, child: TaskId, took: usize, start: usize) -> String {
        format!(
            "{} held {}{} when it started {}{}, which needs it, and now waits for its end",
            self.doer(took),
            self.used_in(took),
            self.line(took),
            self.task(child),
            self.line(start),
        )
    }

    pub(super) fn giver_died(&self, object: ObjectId, end: usize, by_signal: bool) -> String {
        let how = match by_signal {
            true => "was ended by a signal",
            false => "panicked",
        };
        format!(
            "{} alone gave to {}, and it {how}{} before it was done",
            self.doer(end),
            self.object(Some(object)),
            self.line(end),
        )
    }
}
