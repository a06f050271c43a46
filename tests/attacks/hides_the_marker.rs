//! attack: the line above the given part is left out, and main is the learner's; exercise: 05_lock/1_two_lines; expect: not_allowed, points: 0
//! message: is missing

fn main() {
    println!("all 5 workers have gone home");
}
