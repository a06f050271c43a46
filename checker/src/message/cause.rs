//! The mistake behind a failure, in a sentence made of the events that prove it. It ends without a
//! period, and words of a program are not escaped.

use sched_model::run::{Act, ObjectId, Run, TaskId, What};

use crate::facts::why::{Late, Stale, Why};
use crate::message::at;
use crate::message::names::Names;
use crate::message::never_ends::of_wait;
use crate::message::waiting::awaited;

/// Why a run fails.
pub fn why(run: &Run, why: &Why) -> String {
    let names = Names(run);
    match why {
        Why::Wait(plain) => of_wait(*plain).to_owned(),
        Why::NobodyLeft {
            missing,
            last,
            joins,
        } => names.nobody_left(*missing, *last, *joins),
        Why::NobodyGoesOn {
            missing,
            waits,
            own,
        } => names.nobody_goes_on(*missing, waits, *own),
        Why::CheckThenAct(stale, let_go) => names.check_then_act(stale, *let_go),
        Why::LostUpdate(stale, let_go) => names.lost_update(stale, *let_go),
        Why::TwoLocksAround(stale, locks) => names.two_locks_around(stale, *locks),
        Why::TwoLocks(both) => names.two_locks(both),
        Why::NotAtomic {
            object,
            before,
            between,
            after,
        } => names.not_atomic(*object, [*before, *between, *after]),
        Why::Slept(sleep, late) => names.slept(*sleep, *late),
        Why::GaveUp(event) => names.gave_up(*event),
        Why::Unjoined {
            parent,
            child,
            until,
            late,
        } => names.unjoined(*parent, *child, *until, *late),
        Why::ChangedUntold { look, change, told } => names.changed_untold(*look, *change, *told),
        Why::Cleared {
            set,
            cleared,
            begins,
        } => names.cleared(*set, *cleared, *begins),
        Why::WrongOneWoken { notified, again } => names.wrong_one_woken(*notified, *again),
        Why::WokeTooFew { notified, begins } => names.woke_too_few(*notified, *begins),
        Why::EachForTheNext(waits) => names.each_for_the_next(waits),
        Why::NotDone { last, taken, done } => names.not_done(*last, *taken, *done),
        Why::HeldWhileWaiting {
            awaited: what,
            begins,
            took,
            blocked,
        } => names.held_while_waiting(&awaited(what), [*begins, *took, *blocked]),
        Why::SenderKept(put) => names.sender_kept(*put),
        Why::OpenEnd { task, holder, pipe } => names.open_end(*task, *holder, *pipe),
        Why::HeldAtFork { child, took, start } => names.held_at_fork(*child, *took, *start),
        Why::GiverDied {
            object,
            end,
            by_signal,
        } => names.giver_died(*object, *end, *by_signal),
        Why::StaleLook { stale, message } => names.stale_look(stale, *message),
        Why::WeakOrder(at) => names.weak_order(*at),
        Why::IfNotWhile {
            look,
            notified,
            change: None,
            act,
        } => names.woken_for_nothing(*look, *notified, *act),
        Why::IfNotWhile {
            look,
            change: Some(change),
            act,
            ..
        } => names.if_not_while(*look, *change, *act),
    }
}

impl Names<'_> {
    fn check_then_act(&self, stale: &Stale, let_go: Option<ObjectId>) -> String {
        format!(
            "{task} looked at {object}{}, then {} changed it{}, and then {task} went on{} as if \
             nothing had changed{}",
            self.line(stale.look),
            self.doer(stale.change),
            self.line(stale.change),
            self.line(stale.act),
            self.given_back(stale, let_go),
            task = self.doer(stale.look),
            object = self.looked_at(stale.of),
        )
    }

    fn lost_update(&self, stale: &Stale, let_go: Option<ObjectId>) -> String {
        format!(
            "{task} read {object}{}, then {them} changed it{}, and then {task} wrote it{} without \
             knowing of that: what {them} did is lost{}",
            self.line(stale.look),
            self.line(stale.change),
            self.line(stale.act),
            self.given_back(stale, let_go),
            task = self.doer(stale.look),
            them = self.doer(stale.change),
            object = self.looked_at(stale.of),
        )
    }

    /// What to add if a lock was held at both ends, but not in between.
    fn given_back(&self, stale: &Stale, lock: Option<ObjectId>) -> String {
        lock.map_or_else(String::new, |lock| {
            let (task, lock) = (self.doer(stale.look), self.object(Some(lock)));
            format!(" ({task} had let go of {lock} in between)")
        })
    }

    fn two_locks_around(&self, stale: &Stale, [one, two]: [ObjectId; 2]) -> String {
        format!(
            "{} held {} from reading {object}{} to writing it{}, and {} held {} when it changed \
             {object}{}: two different locks keep nobody apart",
            self.doer(stale.look),
            self.object(Some(one)),
            self.line(stale.look),
            self.line(stale.act),
            self.doer(stale.change),
            self.object(Some(two)),
            self.line(stale.change),
            object = self.looked_at(stale.of),
        )
    }

    fn two_locks(&self, both: &[(ObjectId, usize); 2]) -> String {
        let [one, two] = both.map(|(lock, event)| {
            let (task, lock) = (self.doer(event), self.object(Some(lock)));
            format!("{task} held {lock}{}", self.line(event))
        });
        format!("{one} and {two}: two different locks keep nobody apart")
    }

    fn not_atomic(&self, object: Option<ObjectId>, [before, between, after]: [usize; 3]) -> String {
        let to = object.map_or(String::new(), |it| format!(" to {}", self.object(Some(it))));
        format!(
            "{} came{to}{} between two steps of {}: after the first one{}, and before the next \
             one{}. They belong together, and nothing keeps others out",
            self.doer(between),
            self.line(between),
            self.doer(before),
            self.line(before),
            self.line(after),
        )
    }

    fn slept(&self, sleep: usize, late: TaskId) -> String {
        format!(
            "{} slept{} and went on while {} was not done yet: a sleep waits for nobody, however \
             long it is",
            self.doer(sleep),
            self.line(sleep),
            self.task(late),
        )
    }

    fn gave_up(&self, event: usize) -> String {
        let object = self.used_in(event);
        let what = match self.event(event).map(|it| &it.what) {
            Some(What::GaveUp(child)) => format!("for the end of {}", self.task(*child)),
            Some(What::Act(Act::Empty, _)) => format!("for a message in {object}"),
            Some(What::Act(Act::Full, _)) => format!("for room in {object}"),
            Some(What::Act(Act::Broke, _)) => format!("at {object}"),
            _ => format!("for {object}"),
        };
        format!(
            "{} gave up waiting {what}{} and went on all the same: a limit of time may run out before \
             what is waited for comes, however long it is",
            self.doer(event),
            self.line(event),
        )
    }

    fn unjoined(&self, parent: TaskId, child: TaskId, until: usize, late: Late) -> String {
        let task = self.0.tasks.get(child);
        let is_daemon = task.is_some_and(|it| it.daemon);
        let started = at(task.and_then(|it| Some(it.started_at.as_ref()?.line)));
        let (parent, child) = (self.task(parent), self.task(child));
        let went_on = self.line(until);
        let done = match late {
            Late::At(event) => format!("was done{}", self.line(event)),
            Late::Never(line) => format!("had done its part{}", at(line)),
            Late::CutOff if is_daemon => {
                return format!(
                    "{parent} did not wait until {child} had done all that it was given: it came to \
                     its end{went_on}, and a daemon is stopped then, whatever it is about to do"
                );
            }
            Late::CutOff => {
                return format!(
                    "nobody waited for {child}{started}: {parent} came to its end while {child} was not \
                     done, and a thread ends with the process"
                );
            }
        };
        format!("{parent} did not wait for {child}: it went on{went_on} before {child} {done}")
    }

    fn changed_untold(&self, look: usize, change: usize, told: usize) -> String {
        let silent = match self.event(told).map(|it| &it.what) {
            Some(What::Act(Act::Set, _)) => "did not unpark it after that, but",
            _ => "notified nobody after that, but",
        };
        format!(
            "{} changed {}{} after {} had looked at it{}, and {silent} before{}",
            self.doer(change),
            self.used_in(change),
            self.line(change),
            self.doer(look),
            self.line(look),
            self.line(told),
        )
    }

    fn cleared(&self, set: usize, cleared: usize, begins: usize) -> String {
        let task = |event| self.event(event).map(|it| it.task);
        let (by, waiter) = (self.doer(cleared), self.doer(begins));
        format!(
            "{} was set by {}{}, and cleared by {by}{}{} before {waiter} waited for it{}: what it \
             told is gone",
            self.used_in(set),
            self.doer(set),
            self.line(set),
            if task(cleared) == task(begins) {
                " itself"
            } else {
                ""
            },
            self.line(cleared),
            self.line(begins),
        )
    }

    fn wrong_one_woken(&self, notified: usize, again: usize) -> String {
        format!(
            "the last notification of {}{} woke {}, which could not use it and waited again{}; the \
             others that wait were not told",
            self.used_in(notified),
            self.line(notified),
            self.doer(again),
            self.line(again),
        )
    }

    fn woke_too_few(&self, notified: usize, begins: usize) -> String {
        let woken = match self.event(notified).map(|it| &it.what) {
            Some(What::Act(_, count @ 2..)) => format!("{count} of those that waited"),
            _ => "one of those that waited".to_owned(),
        };
        format!(
            "{} notified {}{}, which woke {woken}; {} had waited for it as well{}, and nobody has \
             told it since",
            self.doer(notified),
            self.used_in(notified),
            self.line(notified),
            self.doer(begins),
            self.line(begins),
        )
    }

    fn stale_look(&self, stale: &Stale, message: bool) -> String {
        let (did, what) = match message {
            true => ("took a message", "one"),
            false => ("put a message in", "room"),
        };
        format!(
            "{task} looked into {}{}, then {} {did}{}, and then {task} waited for {what} that was \
             no longer there{}",
            self.object(Some(stale.of.0)),
            self.line(stale.look),
            self.doer(stale.change),
            self.line(stale.change),
            self.line(stale.act),
            task = self.doer(stale.look),
        )
    }

    fn weak_order(&self, at: usize) -> String {
        let Some(unseen) = self.0.unseen(at) else {
            return String::new();
        };
        let did = match self.0.events[at + 1].what {
            What::Read(..) => "read an older value of",
            _ => "stored a value that does not stay in",
        };
        format!(
            "{} {did} {}{}, although {} had stored {}{}: the accesses to atomics ask for too little \
             ordering to rule that out",
            self.doer(at),
            self.used_in(at + 1),
            self.line(at),
            self.doer(unseen.stored),
            self.meaning(at + 1).show(unseen.newest),
            self.line(unseen.stored),
        )
    }

    fn if_not_while(&self, look: usize, change: usize, act: usize) -> String {
        format!(
            "{task} waited because of {object}{}; it was woken, but {} changed {object} before it \
             went on{}, and {task} did not wait again{}, as with a `while` it would have",
            self.line(look),
            self.doer(change),
            self.line(change),
            self.line(act),
            task = self.doer(look),
            object = self.used_in(look),
        )
    }

    fn woken_for_nothing(&self, look: usize, notified: usize, act: usize) -> String {
        let woken = match self.0.events[notified].what {
            What::Act(Act::Freely, _) => "woke up for no reason, as it may",
            _ => "was woken",
        };
        format!(
            "{} waited because of {object}{}; it {woken}{}, and did not look at {object} again \
             before it went on{}, as with a `while` it would have",
            self.doer(look),
            self.line(look),
            self.line(notified),
            self.line(act),
            object = self.used_in(look),
        )
    }
}
