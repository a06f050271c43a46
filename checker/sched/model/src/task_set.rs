//! A set of tasks of a finished run.

use crate::limits::MAX_TASKS;

/// A set of tasks, by number. The first ones have a bit each, so that in most runs a set is a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskSet {
    first: u128,
    /// All others, in order.
    more: Vec<u16>,
}

const _: () = assert!(MAX_TASKS <= 1 << u16::BITS, "a number of a task fits");

impl TaskSet {
    /// Adds a task.
    pub fn insert(&mut self, task: u32) {
        if task < u128::BITS {
            self.first |= 1 << task;
        } else if let Ok(task) = u16::try_from(task) {
            // Most often they come in order.
            let is_last = self.more.last().is_none_or(|&last| last < task);
            let place = match is_last {
                true => Err(self.more.len()),
                false => self.more.binary_search(&task),
            };
            if let Err(at) = place {
                self.more.insert(at, task);
            }
        }
    }

    /// Where a task is among those that are not the first ones, or would be.
    fn place(&self, task: u32) -> Result<usize, usize> {
        self.more.binary_search_by_key(&task, |&it| it.into())
    }

    /// Takes a task out.
    pub fn remove(&mut self, task: u32) {
        if task < u128::BITS {
            self.first &= !(1 << task);
        } else if let Ok(at) = self.place(task) {
            self.more.remove(at);
        }
    }

    /// Whether a task is in it.
    #[must_use]
    pub fn contains(&self, task: u32) -> bool {
        if task < u128::BITS {
            self.first & 1 << task != 0
        } else {
            self.place(task).is_ok()
        }
    }

    /// Number of tasks.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.count_ones() as usize + self.more.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.more.is_empty()
    }

    /// The tasks, in order of creation.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        let first = (0..u128::BITS).filter(|&task| self.first & 1 << task != 0);
        first.chain(self.more.iter().map(|&task| task.into()))
    }
}

impl FromIterator<u32> for TaskSet {
    fn from_iter<I: IntoIterator<Item = u32>>(tasks: I) -> Self {
        let mut all = Self::default();
        tasks.into_iter().for_each(|task| all.insert(task));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::TaskSet;

    #[test]
    fn numbers_of_any_size_are_in_it_in_order() {
        let mut set: TaskSet = [9000, 3, 127, 128, 3].into_iter().collect();
        assert!(set.iter().eq([3, 127, 128, 9000]));
        assert_eq!((set.len(), set.is_empty()), (4, false));
        assert!(set.contains(9000) && set.contains(127) && !set.contains(129));
        [9000, 3, 127, 128]
            .into_iter()
            .for_each(|task| set.remove(task));
        assert_eq!((set.len(), set), (0, TaskSet::default()));
    }
}
