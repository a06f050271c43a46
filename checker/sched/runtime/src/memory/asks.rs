//! Who asks again and again: tasks that spin.

/// How often a task has asked since its last point.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Asks {
    /// Points of all tasks by then.
    passed: u32,
    times: u32,
}

impl Asks {
    /// It asks once more, after so many points of all tasks. Returns how often it has by now.
    pub fn asked(&mut self, passed: u32) -> u32 {
        if self.passed != passed {
            *self = Asks { passed, times: 0 };
        }
        self.times += 1;
        self.times
    }
}

#[cfg(test)]
mod tests {
    use super::Asks;

    #[test]
    fn it_counts_from_the_last_point_on() {
        let mut asks = Asks {
            passed: 0,
            times: 0,
        };
        assert_eq!(
            [7, 7, 7, 8, 8].map(|passed| asks.asked(passed)),
            [1, 2, 3, 1, 2]
        );
    }
}
