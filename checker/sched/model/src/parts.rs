//! Tables in two parts: the beginning lies close to all else that a small run uses, the rest far
//! from it.

/// A table whose beginning and whose rest lie apart.
#[derive(Debug)]
pub struct Parts<'a, T> {
    near: &'a [T],
    far: &'a [T],
}

impl<T> Clone for Parts<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Parts<'_, T> {}

impl<'a, T> Parts<'a, T> {
    /// The first `count` entries of a table with these two parts.
    #[inline]
    #[must_use]
    pub fn new(near: &'a [T], far: &'a [T], count: usize) -> Self {
        let more = count.saturating_sub(near.len()).min(far.len());
        Self {
            near: &near[..count.min(near.len())],
            far: &far[..more],
        }
    }

    /// The entry of this number.
    #[inline]
    #[must_use]
    pub fn get(self, at: usize) -> Option<&'a T> {
        let (near, far) = (self.near, self.far);
        near.get(at)
            .or_else(|| far.get(at.checked_sub(near.len())?))
    }

    /// Number of entries.
    #[must_use]
    pub fn len(self) -> usize {
        self.near.len() + self.far.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.near.is_empty()
    }

    /// The entries in order.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = &'a T> {
        self.near.iter().chain(self.far)
    }
}

impl<'a, T> From<&'a [T]> for Parts<'a, T> {
    fn from(near: &'a [T]) -> Self {
        Self { near, far: &[] }
    }
}

/// The entry of this number of a table in two parts, to change it.
#[inline]
pub fn part_mut<'a, T>(near: &'a mut [T], far: &'a mut [T], at: usize) -> Option<&'a mut T> {
    match at.checked_sub(near.len()) {
        None => near.get_mut(at),
        Some(at) => far.get_mut(at),
    }
}

#[cfg(test)]
mod tests {
    use super::{Parts, part_mut};

    #[test]
    fn the_rest_goes_on_where_the_beginning_ends() {
        let (mut near, mut far) = ([0, 1, 2], [3, 4]);
        *part_mut(&mut near, &mut far, 1).expect("is there") = 10;
        *part_mut(&mut near, &mut far, 4).expect("is there") = 40;
        assert_eq!(part_mut(&mut near, &mut far, 5), None);
        for count in 0..8 {
            let all = Parts::new(&near, &far, count);
            let expected: Vec<i32> = [0, 10, 2, 3, 40].into_iter().take(count).collect();
            assert!(all.iter().eq(&expected));
            assert_eq!((all.len(), all.is_empty()), (count.min(5), count == 0));
            assert!((0..6).all(|at| all.get(at) == expected.get(at)));
        }
    }
}
