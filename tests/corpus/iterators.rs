//! Adaptors, an iterator of one's own, and sums.
struct Fibonacci {
    current: u64,
    next: u64,
}

impl Iterator for Fibonacci {
    type Item = u64;
    fn next(&mut self) -> Option<u64> {
        let result = self.current;
        self.current = self.next;
        self.next += result;
        Some(result)
    }
}

fn main() {
    let fibonacci = || Fibonacci { current: 0, next: 1 };
    println!("{:?}", fibonacci().take(10).collect::<Vec<_>>());
    println!("{}", fibonacci().take_while(|&n| n < 1000).filter(|n| n % 2 == 0).sum::<u64>());
    let (even, odd): (Vec<u64>, Vec<u64>) = (1..10).partition(|n| n % 2 == 0);
    println!("{even:?} {odd:?}");
    let zipped: Vec<_> = even.iter().zip(&odd).map(|(a, b)| a * b).rev().collect();
    println!("{zipped:?} {:?}", zipped.iter().max());
    println!("{:?}", [3, 1, 2].iter().scan(0, |sum, n| { *sum += n; Some(*sum) }).collect::<Vec<_>>());
    let words = ["a", "b"].iter().flat_map(|w| [*w, "-"]).collect::<String>();
    println!("{words} {:?}", (1..=3).fold(String::new(), |s, n| format!("{s}{n}")));
    println!("{:?}", [1, 2, 3, 4, 5].windows(2).map(|w| w[1] - w[0]).collect::<Vec<i32>>());
    println!("{:?}", "x=1;y=2".split(';').filter_map(|p| p.split_once('=')).collect::<Vec<_>>());
}
