//! The lines of source that an editor points at: the one that matters most, and those of the other
//! tasks that took part.

use crate::facts::{Outcome, Place, given};
use crate::message;
use crate::message::plain;
use crate::report::excerpt::{self, Source};

/// Events shown at most: those that prove a cause are a few.
const MOST: usize = 8;

/// Where a finding is, for somebody who reads the file and not the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointed {
    /// The line that matters most.
    pub at: Place,
    /// What there is to say about that line besides the finding itself.
    pub label: Option<String>,
    /// Other lines, each with who did what there.
    pub others: Vec<(Place, String)>,
}

impl Pointed {
    /// What an outcome points at: at a line of the learner's, where one shows it; at the first line of
    /// `file` where no line is known.
    pub fn of(outcome: &Outcome, file: &str, source: Source) -> Pointed {
        let finding = outcome.finding.as_ref();
        let at = finding.and_then(|it| it.at.clone()).unwrap_or(Place {
            file: file.to_owned(),
            line: 1,
        });
        let mut pointed = Pointed {
            at,
            label: None,
            others: Vec::new(),
        };
        for (place, label) in finding.map_or_else(Vec::new, excerpt::all_marks) {
            match label {
                Some(label) if *place == pointed.at => pointed.label = Some(label),
                Some(label) => pointed.others.push((place.clone(), label)),
                None => {}
            }
        }
        pointed.add_events(outcome);
        pointed.prefer_learners(source);
        pointed
    }

    /// What goes wrong often shows only in the given part, which prints it or checks it. Whoever looks
    /// at their own part wants to see it there.
    fn prefer_learners(&mut self, source: Source) {
        let is_learners = |place: &Place| {
            let text = source(&place.file).unwrap_or_default();
            given::line(&text).is_none_or(|line| place.line < line)
        };
        if is_learners(&self.at) {
            return;
        }
        let own = self.others.iter().position(|(place, _)| is_learners(place));
        if let Some((place, said)) = own.map(|own| self.others.remove(own)) {
            let at = std::mem::replace(&mut self.at, place);
            let shows = self.label.replace(said);
            let shows = shows.unwrap_or_else(|| message::editor::shows_it().to_owned());
            self.others.push((at, shows));
        }
    }

    /// Adds what shows the mistake, at lines that nothing is said about yet.
    fn add_events(&mut self, outcome: &Outcome) {
        let Some(counterexample) = &outcome.counterexample else {
            return;
        };
        let (run, about) = (
            &counterexample.failing.run,
            &counterexample.failing.found.about,
        );
        let mut events = about.events.clone();
        events.sort_unstable();
        for event in events.iter().filter_map(|&index| run.events.get(index)) {
            let Some(at) = event.at.as_ref().map(Place::of) else {
                continue;
            };
            let labelled = self.others.iter().any(|(place, _)| *place == at);
            if at == self.at || labelled || self.others.len() >= MOST {
                continue;
            }
            let said = message::editor::did(run, &at.file, event);
            self.others.push((at, plain::line(&said)));
        }
    }
}
