//! Experiments: the failing schedule and others, run with one thing done otherwise. If the failure is
//! gone in all of them, that one thing is the cause.
//!
//! Few schedules fail of many programs that are wrong, so that they do not fail with an intervention
//! may be an accident. So the first ones are those that are as near to the failing run as possible:
//! its own deviations, and the same ones a little earlier or later.

use sched_model::liberty::{self, Manner};
use sched_model::run::{Deviation, Event, Run, Site, What, deviations};
use sched_model::{Intervention, Strategy, intervention};

use super::Judge;
use super::cause::{self, Evidence};
use super::interventions::trial;
use super::shrink;
use crate::explore::replay::Replayer;
use crate::facts::why::Why;
use crate::facts::{Cause, Experiment, Explanation, Failing, Found, Proof, Proposal, Verdict};

/// Schedules of an experiment.
const SCHEDULES: u32 = 50;
/// So many where runs are long: the failing one itself, and it a step later and a step earlier.
const FEWEST: u64 = 3;
/// How much earlier and later a deviation comes in those that are near.
const NEAR: [i64; 6] = [1, -1, 2, -2, 3, -3];
/// Of how many deviations that is tried.
const MOVED: usize = 3;
/// How often a mistake is looked for at a further place.
const ROUNDS: usize = 4;
/// Work that the experiments on one failure may take together.
const WORK: u64 = 500_000;

/// What became of a proposed cause.
pub enum Tested {
    /// The failure is gone without it.
    Proven(Experiment),
    /// The failure is there all the same.
    Refuted,
    /// It could not be tried.
    Untried,
}

/// Tries what may be the causes of one failure.
pub struct Lab<'r, 'p> {
    /// Runs schedules.
    pub replayer: &'r mut Replayer<'p>,
    /// Says what is wrong with a run.
    pub judge: Judge<'r>,
    /// The schedule that failed first.
    pub schedule: u32,
    /// What did not help.
    refuted: Vec<Intervention>,
    /// What is not the mistake.
    other: Vec<Why>,
    /// What may be.
    trying: Option<Cause>,
    /// Work that is left.
    work: u64,
}

/// What the schedules of an experiment showed.
enum Shown {
    /// None of so many failed in this way; of these so many failed in another one.
    Gone(u32, u32),
    /// One failed.
    Stays(Box<Failing>),
    /// They cost too much, or one of them shows nothing.
    Nothing,
}

impl<'r, 'p> Lab<'r, 'p> {
    /// For a failure that was found in this schedule.
    pub fn new(replayer: &'r mut Replayer<'p>, judge: Judge<'r>, schedule: u32) -> Self {
        Self {
            replayer,
            judge,
            schedule,
            refuted: Vec::new(),
            other: Vec::new(),
            trying: None,
            work: WORK,
        }
    }

    /// The first of the proposed causes that an experiment proves. If there is none, the first that
    /// follows from the state in which the run ended: so does more than one, where some wait for others
    /// that wait for them, and which of them is the mistake only an experiment could tell.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn explain(&mut self, evidence: &Evidence) -> anyhow::Result<Option<Explanation>> {
        let mut follows = None;
        for proposed in cause::proposals(evidence) {
            if self.other.contains(&proposed.why) {
                continue;
            }
            self.trying = Some(proposed.why.cause());
            let trial = trial(evidence, &proposed.why);
            let late = trial.follows.is_some();
            let tries = trial.tries.iter().filter(|it| !(late && answers(it)));
            match self.test(evidence, tries)? {
                Tested::Proven(it) => return Ok(Some(proven(proposed, Proof::Experiment(it)))),
                Tested::Refuted if trial.refutes => self.other.push(proposed.why),
                Tested::Refuted | Tested::Untried if late && follows.is_none() => {
                    follows = Some((proposed, trial));
                }
                Tested::Refuted | Tested::Untried => {}
            }
        }
        let Some((proposed, trial)) = follows else {
            return Ok(None);
        };
        let answers = trial.tries.iter().filter(|it| answers(it));
        if let Tested::Proven(it) = self.test(evidence, answers)? {
            return Ok(Some(proven(proposed, Proof::Experiment(it))));
        }
        let again = self.replayer.recorded(evidence.run)?;
        let fresh = Evidence {
            run: &again,
            ..*evidence
        };
        let fresh = super::interventions::trial(&fresh, &proposed.why).follows;
        let same = trial.follows.filter(|it| fresh.as_ref() == Some(it));
        Ok(same.map(|it| proven(proposed, Proof::Standstill(it))))
    }

    fn test<'a>(
        &mut self,
        evidence: &Evidence,
        all: impl Iterator<Item = &'a Intervention>,
    ) -> anyhow::Result<Tested> {
        let mut tested = Tested::Untried;
        for one in all {
            if self.refuted.contains(one) {
                tested = Tested::Refuted;
                continue;
            }
            match self.at_all_places(evidence, one.clone())? {
                Tested::Proven(proof) => return Ok(Tested::Proven(proof)),
                Tested::Refuted => {
                    self.refuted.push(one.clone());
                    tested = Tested::Refuted;
                }
                Tested::Untried => {}
            }
        }
        Ok(tested)
    }

    /// Tries an intervention. If the failure stays, the same mistake may be at another place as well:
    /// it is then looked for in what failed.
    fn at_all_places(
        &mut self,
        evidence: &Evidence,
        first: Intervention,
    ) -> anyhow::Result<Tested> {
        let mut interventions = vec![first];
        for _ in 0..ROUNDS {
            let failing = match self.run(evidence, &interventions)? {
                Shown::Gone(schedules, otherwise) => {
                    return Ok(Tested::Proven(Experiment {
                        interventions: self.needed(evidence, interventions)?,
                        schedules,
                        otherwise,
                    }));
                }
                Shown::Nothing => return Ok(Tested::Untried),
                Shown::Stays(_) if self.work == 0 => return Ok(Tested::Untried),
                Shown::Stays(failing) => failing,
            };
            // Which accesses they are is tried one after the other.
            if matches!(interventions[..], [Intervention::Stronger(_)]) {
                break;
            }
            let more = self.more(evidence, &failing, &interventions)?;
            if more.is_empty() {
                break;
            }
            more.into_iter().for_each(|it| add(&mut interventions, it));
        }
        Ok(Tested::Refuted)
    }

    /// Of many accesses that ask for more order, those that have to.
    fn needed(
        &mut self,
        evidence: &Evidence,
        how: Vec<Intervention>,
    ) -> anyhow::Result<Vec<Intervention>> {
        let [Intervention::Stronger(all)] = &how[..] else {
            return Ok(how);
        };
        let mut needed = all.clone();
        for one in all.iter().filter(|_| all.len() > 2) {
            let others = needed.iter().filter(|it| *it != one).cloned().collect();
            let without = Intervention::Stronger(others);
            if let Shown::Gone(..) = self.run(evidence, std::slice::from_ref(&without))?
                && let Intervention::Stronger(others) = without
            {
                needed = others;
            }
        }
        Ok(vec![Intervention::Stronger(needed)])
    }

    /// What else is to be done otherwise, where a run failed all the same: the same kind of mistake may
    /// be at another place, too, which a smaller run may show.
    fn more(
        &mut self,
        evidence: &Evidence,
        failing: &Failing,
        tried: &[Intervention],
    ) -> anyhow::Result<Vec<Intervention>> {
        let more = further(evidence, failing, tried, self.trying);
        if !more.is_empty() {
            return Ok(more);
        }
        if failing.run.strategy == Strategy::Deviations || tried.iter().all(answers) {
            return Ok(hull(tried));
        }
        let (replayer, judge, of) = (&mut *self.replayer, self.judge, &failing.run);
        let mut attempt = |deviations: &[Deviation]| {
            let run = replayer.deviating_changed(of, deviations, tried)?;
            let mut found = judge(&run).into_iter();
            let found = found.find(|it| fails_so(it, evidence.found));
            Ok(found.map(|found| Failing { run, found }))
        };
        let smaller = shrink::shrink(failing.clone(), &mut attempt)?;
        let more = further(evidence, &smaller, tried, self.trying);
        Ok(if more.is_empty() { hull(tried) } else { more })
    }

    /// Runs the schedules of an experiment, until one fails as the run of this evidence does.
    fn run(&mut self, evidence: &Evidence, how: &[Intervention]) -> anyhow::Result<Shown> {
        let (mut ran, mut otherwise) = (0, 0);
        if self.work == 0 || intervention::records(how).is_none() {
            return Ok(Shown::Nothing);
        }
        let near = near(&deviations(&evidence.run.choices)).into_iter();
        let numbered = std::iter::once(self.schedule).chain(alike(self.schedule));
        let all = near.map(Ok).chain(numbered.map(Err));
        // All of them are more than the work allows: fewer, then.
        let of_one = evidence.run.work().max(1);
        let count = (WORK / of_one).clamp(FEWEST, SCHEDULES.into());
        let left = match count < SCHEDULES.into() {
            true => count.saturating_mul(of_one).saturating_mul(4),
            false => self.work,
        };
        let mut spent = 0;
        for schedule in all.take(usize::try_from(count)?) {
            let run = match schedule {
                Ok(deviations) => {
                    let of = evidence.run;
                    self.replayer.deviating_changed(of, &deviations, how)?
                }
                Err(number) => self.replayer.changed(number, how)?,
            };
            spent += run.work();
            self.work = self.work.saturating_sub(run.work());
            if spent >= left {
                return Ok(Shown::Nothing);
            }
            let mut found = (self.judge)(&run);
            if found.iter().any(shows_nothing) || leaves_behind(&run, how) {
                return Ok(Shown::Nothing);
            }
            let any = !how.iter().all(Intervention::may_fail_otherwise);
            if let Some(at) = found
                .iter()
                .position(|it| any || fails_so(it, evidence.found))
            {
                let found = found.swap_remove(at);
                return Ok(Shown::Stays(Box::new(Failing { run, found })));
            }
            ran += 1;
            otherwise += u32::from(!found.is_empty());
        }
        // Who waits for ever in each of them never comes to where it fails.
        let waits = |it: &Intervention| matches!(it, Intervention::NoLimit(_));
        if otherwise == ran && how.iter().any(waits) {
            return Ok(Shown::Nothing);
        }
        Ok(Shown::Gone(ran, otherwise))
    }
}

fn proven(Proposal { why, about }: Proposal, proof: Proof) -> Explanation {
    Explanation { why, about, proof }
}

/// Whether it only lets those go on that wait.
fn answers(it: &Intervention) -> bool {
    matches!(it, Intervention::Answered(_))
}

/// Other schedules; if this one takes liberties, such as take one at the same place, or take some.
fn alike(schedule: u32) -> impl Iterator<Item = u32> {
    let manner = liberty::parts(schedule).map(|(_, manner)| manner);
    (0..SCHEDULES).filter_map(move |number| match manner {
        Some(manner) if number % 2 == 0 => liberty::number(number, manner),
        Some(_) => liberty::number(number, Manner::Drawn(number)),
        None => Some(number),
    })
}

/// The deviations of a run, and the same with one of the last ones earlier or later.
fn near(deviations: &[Deviation]) -> Vec<Vec<Deviation>> {
    let mut all = vec![deviations.to_vec()];
    for at in (0..deviations.len()).rev().take(MOVED) {
        all.extend(NEAR.iter().filter_map(|by| {
            let mut moved = deviations.to_vec();
            moved[at].turn = moved[at].turn.checked_add_signed(*by)?;
            Some(moved)
        }));
    }
    all
}

/// What stands for mistakes of the same kind in a run that failed all the same, and was not tried yet.
fn further(
    evidence: &Evidence,
    failing: &Failing,
    tried: &[Intervention],
    trying: Option<Cause>,
) -> Vec<Intervention> {
    let evidence = Evidence {
        run: &failing.run,
        found: &failing.found,
        ..*evidence
    };
    let mut further: Vec<Intervention> = Vec::new();
    // Waits are answered for more than one reason.
    let other = |it: &Why| tried.iter().all(answers) && Some(it.cause()) != trying;
    for proposed in cause::proposals(&evidence).filter(|it| !other(&it.why)) {
        let all = trial(&evidence, &proposed.why).tries;
        let same_kind = |it: &&Intervention| tried.iter().any(|tried| it.name() == tried.name());
        let same_place =
            |it: &&Intervention| tried.iter().any(|tried| it.places() == tried.places());
        let new = |it: &&Intervention| !tried.contains(it) && !further.contains(it);
        let mut new = all.iter().filter(same_kind).filter(new);
        let best = new.clone().find(same_place).or_else(|| new.next());
        further.extend(best.cloned());
    }
    further
}

/// All that lies between the steps that are kept together.
fn hull(tried: &[Intervention]) -> Vec<Intervention> {
    let together = |it: &Intervention| match it {
        Intervention::Together(first, last) => Some((first.clone(), last.clone())),
        _ => None,
    };
    let all: Option<Vec<(Site, Site)>> = tried.iter().map(together).collect();
    let (firsts, lasts): (Vec<Site>, Vec<Site>) = all.unwrap_or_default().into_iter().unzip();
    let first = firsts.into_iter().min_by_key(|it| it.line);
    let last = lasts.into_iter().max_by_key(|it| it.line);
    let hull = first
        .zip(last)
        .map(|(first, last)| Intervention::Together(first, last));
    hull.filter(|it| !tried.contains(it)).into_iter().collect()
}

/// Adds an intervention to others.
fn add(all: &mut Vec<Intervention>, mut new: Intervention) {
    while let Some((at, merged)) = (0..all.len()).find_map(|at| Some((at, all[at].merged(&new)?))) {
        all.remove(at);
        new = merged;
    }
    all.push(new);
}

/// Whether a run says nothing about the program.
fn shows_nothing(found: &Found) -> bool {
    matches!(
        found.finding.verdict,
        Verdict::Inconclusive | Verdict::OverLimit
    )
}

/// Whether somebody for whose end it was not waited never came to it, since it was over for all or it
/// was stopped: then who had waited did nothing for it.
fn leaves_behind(run: &Run, how: &[Intervention]) -> bool {
    let places = how
        .iter()
        .filter(|it| answers(it))
        .flat_map(Intervention::places);
    let here = |it: &Event| places.clone().any(|place| it.at.as_ref() == Some(place));
    run.events.iter().any(|it| match it.what {
        What::GaveUp(child) => run.tasks[child].exit_code.is_none_or(|it| it < 0) && here(it),
        _ => false,
    })
}

/// Whether a finding is of the same kind as the one that is explained.
fn fails_so(found: &Found, wanted: &Found) -> bool {
    let kind = |it: &Found| match it.finding.verdict {
        // Which of the two it is, only the natural schedule tells.
        Verdict::WrongOutput => Verdict::WrongOrder,
        verdict => verdict,
    };
    let same_panic =
        wanted.finding.verdict != Verdict::Panic || found.finding.at == wanted.finding.at;
    kind(found) == kind(wanted) && same_panic
}
