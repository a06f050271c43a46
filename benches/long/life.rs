//! Conway's Game of Life on 16 x 16 cells: eight threads with two rows each, and a barrier between steps.

use std::sync::{Barrier, RwLock};
use std::thread;

const SIZE: usize = 16;
const THREADS: usize = 8;
const STEPS: usize = 8;

type Cells = Vec<Vec<bool>>;

fn next(cells: &Cells, row: usize, column: usize) -> bool {
    let mut around = 0;
    for (up, left) in (0..3).flat_map(|up| (0..3).map(move |left| (up, left))) {
        let cell = cells[(row + SIZE + up - 1) % SIZE][(column + SIZE + left - 1) % SIZE];
        around += usize::from(cell && (up, left) != (1, 1));
    }
    around == 3 || around == 2 && cells[row][column]
}

fn main() {
    let mut glider = vec![vec![false; SIZE]; SIZE];
    [(0, 1), (1, 2), (2, 0), (2, 1), (2, 2)].map(|(row, column)| glider[row][column] = true);
    let world = [RwLock::new(glider.clone()), RwLock::new(glider)];
    let barrier = Barrier::new(THREADS);
    thread::scope(|scope| {
        for first in (0..SIZE).step_by(SIZE / THREADS) {
            let (world, barrier) = (&world, &barrier);
            scope.spawn(move || {
                for step in 0..STEPS {
                    for row in first..first + SIZE / THREADS {
                        let now = world[step % 2].read().unwrap();
                        let cells = (0..SIZE).map(|column| next(&now, row, column)).collect();
                        world[1 - step % 2].write().unwrap()[row] = cells;
                    }
                    barrier.wait();
                }
            });
        }
    });
    let cells = world[STEPS % 2].read().unwrap();
    println!("{}", cells.iter().flatten().filter(|it| **it).count());
}
