//! Numbers in an array of arrays, operators, constants generic over sizes.
use std::fmt;
use std::ops::{Index, IndexMut, Mul};

#[derive(Clone, Copy, PartialEq)]
struct Matrix<const R: usize, const C: usize>([[i32; C]; R]);

impl<const R: usize, const C: usize> Index<(usize, usize)> for Matrix<R, C> {
    type Output = i32;
    fn index(&self, (r, c): (usize, usize)) -> &i32 {
        &self.0[r][c]
    }
}

impl<const R: usize, const C: usize> IndexMut<(usize, usize)> for Matrix<R, C> {
    fn index_mut(&mut self, (r, c): (usize, usize)) -> &mut i32 {
        &mut self.0[r][c]
    }
}

impl<const R: usize, const N: usize, const C: usize> Mul<Matrix<N, C>> for Matrix<R, N> {
    type Output = Matrix<R, C>;
    fn mul(self, other: Matrix<N, C>) -> Matrix<R, C> {
        let mut product = Matrix([[0; C]; R]);
        for r in 0..R {
            for c in 0..C {
                product[(r, c)] = (0..N).map(|n| self[(r, n)] * other[(n, c)]).sum();
            }
        }
        product
    }
}

impl<const R: usize, const C: usize> fmt::Display for Matrix<R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.0 {
            writeln!(f, "{}", row.map(|n| n.to_string()).join(" "))?;
        }
        Ok(())
    }
}

fn main() {
    let a = Matrix([[1, 2, 3], [4, 5, 6]]);
    let b = Matrix([[1, 0], [0, 1], [1, 1]]);
    print!("{}", a * b);
    println!("{}", i32::MAX.checked_add(1).is_none() && 5_u8.wrapping_sub(6) == 255);
}
