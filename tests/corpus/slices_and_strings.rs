//! Slices sorted and searched; strings taken apart.
use std::borrow::Cow;

fn shout(text: &str) -> Cow<'_, str> {
    if text.chars().all(char::is_uppercase) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_uppercase())
    }
}

fn main() {
    let mut numbers = [5, 3, 8, 1];
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    println!("{numbers:?} {:?}", numbers.binary_search_by(|n| 3.cmp(n)));
    let (left, right) = numbers.split_at(2);
    println!("{left:?} {right:?} {:?}", numbers.chunks(3).collect::<Vec<_>>());
    println!("{} {}", shout("abc"), shout("ABC"));
    let text = "gr\u{fc}\u{df}e, world";
    println!("{} {} {:?}", text.len(), text.chars().count(), text.char_indices().nth(3));
    println!("{:?}", text.bytes().rev().take(3).collect::<Vec<u8>>());
    println!("{:>8}|{:<8}|{:^8}|{:08.3}|{:#x}|{:+}", "right", "left", "mid", 3.14159, 255, 7);
    println!("{:?}", "1,2,,3".split(',').map(str::parse::<i32>).collect::<Vec<_>>());
    println!("{}", String::from_utf8_lossy(&[72, 105, 255]));
}
