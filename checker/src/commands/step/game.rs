//! A schedule that is chosen by hand, as a value: the run with the choices made so far, and the
//! next choice to make.
//!
//! Runs are deterministic and take a millisecond. So no run waits for a choice: after each choice
//! the program is run again from beginning to end, with all choices made so far.

use sched_model::run::{Choice, Deviation, Event, Run, TaskId, deviations};

/// Runs the program with these choices, and natural ones otherwise.
pub type Play<'a> = &'a mut dyn FnMut(&[Deviation]) -> anyhow::Result<Run>;

/// A game, from its beginning to the choice that is to be made.
pub struct Game {
    /// The run with the choices made so far; what comes after them only shows what would be.
    pub run: Run,
    /// The choices it was made with.
    made: Vec<Deviation>,
    /// The choice to be made: an index into the run's choices; their number at the end.
    next: usize,
    /// Where the earlier choices were made, and with which others before them.
    past: Vec<(Vec<Deviation>, usize)>,
}

/// Who can go on, and with what.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The task.
    pub task: TaskId,
    /// What it would do, as an event of the run in which it goes on.
    pub event: Option<(Event, String)>,
    /// Whether it goes on if nobody says otherwise.
    pub natural: bool,
}

impl Game {
    /// Before the first choice of the run that these choices make.
    ///
    /// # Errors
    ///
    /// When the program cannot be run.
    pub fn new(made: &[Deviation], play: Play) -> anyhow::Result<Game> {
        let run = play(made)?;
        let mut game = Game {
            run,
            made: made.to_vec(),
            next: 0,
            past: Vec::new(),
        };
        game.next = game.open(0);
        Ok(game)
    }

    /// The choice to be made; `None` at the end of the run.
    pub fn choice(&self) -> Option<&Choice> {
        self.run.choices.get(self.next)
    }

    /// How many events there were before it.
    pub fn events(&self) -> usize {
        let events = self.choice().map(|choice| choice.events);
        events.map_or(self.run.events.len(), |it| it.min(self.run.events.len()))
    }

    /// Who could be chosen, in the order of creation.
    pub fn tasks(&self) -> Vec<TaskId> {
        let choice = self.choice();
        choice.map_or_else(Vec::new, |choice| {
            let tasks = choice.candidates.iter().map(|task| task as usize);
            tasks.filter(|task| *task < self.run.tasks.len()).collect()
        })
    }

    /// The same, each with what it would do next: each is tried.
    ///
    /// # Errors
    ///
    /// When the program cannot be run.
    pub fn candidates(
        &self,
        deed: &dyn Fn(&Run, &Event) -> String,
        play: Play,
    ) -> anyhow::Result<Vec<Candidate>> {
        let natural = self.choice().map(|choice| choice.task);
        let mut candidates = Vec::new();
        for task in self.tasks() {
            let tried;
            let run = if natural == Some(task) {
                &self.run
            } else {
                tried = play(&self.with(task))?;
                &tried
            };
            let later = run.events.iter().skip(self.events());
            let event = later.into_iter().find(|event| event.task == task);
            candidates.push(Candidate {
                task,
                event: event.map(|event| (event.clone(), deed(run, event))),
                natural: natural == Some(task),
            });
        }
        Ok(candidates)
    }

    /// The choices made so far, and this one.
    fn with(&self, task: TaskId) -> Vec<Deviation> {
        let before = &self.run.choices[..self.next];
        let holder = before.last().map_or(0, |choice| choice.task);
        let holders = [0]
            .into_iter()
            .chain(before.iter().map(|choice| choice.task));
        let turns = holders.take(before.len()).filter(|it| *it == holder);
        let mut made = deviations(before);
        made.push(Deviation {
            holder,
            turn: turns.count() as u64,
            task,
        });
        made
    }

    /// Lets this task go on; `None`: the one that would go on anyway.
    ///
    /// # Errors
    ///
    /// When the program cannot be run; then nothing has changed.
    pub fn choose(&mut self, task: Option<TaskId>, play: Play) -> anyhow::Result<()> {
        let Some(natural) = self.choice().map(|choice| choice.task) else {
            return Ok(());
        };
        let before = (self.made.clone(), self.next);
        if let Some(task) = task.filter(|task| *task != natural) {
            let made = self.with(task);
            self.run = play(&made)?;
            self.made = made;
        }
        self.past.push(before);
        self.next = self.open(self.next + 1);
        Ok(())
    }

    /// Goes back to the last choice. Returns whether there was one.
    ///
    /// # Errors
    ///
    /// When the program cannot be run; then nothing has changed.
    pub fn undo(&mut self, play: Play) -> anyhow::Result<bool> {
        let Some((made, next)) = self.past.last() else {
            return Ok(false);
        };
        if *made != self.made {
            self.run = play(made)?;
            self.made.clone_from(made);
        }
        self.next = *next;
        self.past.pop();
        Ok(true)
    }

    /// Goes on as it would without another choice, to the end of the run.
    pub fn finish(&mut self) {
        if self.choice().is_some() {
            self.past.push((self.made.clone(), self.next));
            self.next = self.run.choices.len();
        }
    }

    /// The choices of the run that differ from the natural ones.
    pub fn made(&self) -> Vec<Deviation> {
        deviations(&self.run.choices)
    }

    /// The first choice from here on that leaves a choice.
    fn open(&self, from: usize) -> usize {
        let mut choices = self.run.choices.iter().enumerate().skip(from);
        let open = choices.find(|(_, choice)| choice.candidates.len() > 1);
        open.map_or(self.run.choices.len(), |(place, _)| place)
    }
}

#[cfg(test)]
mod tests {
    use sched_model::run::What;

    use super::*;
    use crate::judge::build::RunBuilder;

    /// Two tasks with two steps each; whoever is chosen goes on until another is.
    fn play(made: &[Deviation]) -> anyhow::Result<Run> {
        let mut left = [2, 2];
        let mut turns = [0, 0];
        let mut holder = 0;
        let mut run = RunBuilder::new(1).run();
        while left.iter().any(|left| *left > 0) {
            let can: Vec<usize> = (0..2).filter(|task| left[*task] > 0).collect();
            let natural = if can.contains(&holder) {
                holder
            } else {
                can[0]
            };
            let chosen = made
                .iter()
                .find(|it| (it.holder, it.turn) == (holder, turns[holder]));
            let task = chosen.map_or(natural, |it| it.task);
            let mut choice = Choice {
                deviates: task != natural,
                events: run.events.len(),
                ..Choice::of_task(task)
            };
            can.iter()
                .for_each(|task| choice.candidates.insert(*task as u32));
            run.choices.push(choice);
            let what = What::Read(0, left[task]);
            let step = RunBuilder::new(1).event(task, what).run().events;
            run.events.extend(step);
            left[task] -= 1;
            turns[holder] += 1;
            holder = task;
        }
        Ok(run)
    }

    fn order(game: &Game) -> Vec<TaskId> {
        game.run.events.iter().map(|event| event.task).collect()
    }

    #[test]
    fn a_choice_leads_to_another_run_and_can_be_taken_back() {
        let mut game = Game::new(&[], &mut play).expect("it runs");
        assert_eq!(order(&game), [0, 0, 1, 1]);
        game.choose(None, &mut play).expect("it runs");
        game.choose(Some(1), &mut play).expect("it runs");
        assert_eq!(order(&game), [0, 1, 1, 0]);
        assert_eq!(game.events(), 2);
        game.choose(Some(0), &mut play).expect("it runs");
        assert_eq!(order(&game), [0, 1, 0, 1]);
        assert_eq!(game.choice(), None, "only one is left to go on");
        assert!(game.undo(&mut play).expect("it runs"));
        assert_eq!((order(&game), game.events()), (vec![0, 1, 1, 0], 2));
        assert!(game.undo(&mut play).expect("it runs"));
        assert!(game.undo(&mut play).expect("it runs"));
        assert_eq!((order(&game), game.events()), (vec![0, 0, 1, 1], 0));
        assert!(!game.undo(&mut play).expect("nothing is to be run"));
    }

    #[test]
    fn each_candidate_is_shown_with_what_it_would_do() {
        let mut game = Game::new(&[], &mut play).expect("it runs");
        game.choose(None, &mut play).expect("it runs");
        let deed = |_: &Run, event: &Event| format!("{:?}", event.what);
        let candidates = game.candidates(&deed, &mut play).expect("they run");
        let told = candidates.iter().map(|it| {
            let deed = it.event.as_ref().map(|(_, deed)| deed.as_str());
            (it.task, it.natural, deed.unwrap_or_default())
        });
        let expected = [(0, true, "Read(0, 1)"), (1, false, "Read(0, 2)")];
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_game_is_played_again_from_its_choices() {
        let mut game = Game::new(&[], &mut play).expect("it runs");
        for task in [1, 0, 1] {
            game.choose(Some(task), &mut play).expect("it runs");
        }
        assert_eq!(order(&game), [1, 0, 1, 0]);
        let mut again = Game::new(&game.made(), &mut play).expect("it runs");
        assert_eq!(again.run, game.run);
        assert_eq!(again.events(), 0, "from its beginning");
        again.finish();
        assert_eq!(again.choice(), None);
        again.undo(&mut play).expect("it runs");
        assert_eq!(again.events(), 0);
    }
}
