//! Maps whose order is chance: printed sorted, counted, grouped.
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

fn main() {
    let text = "the quick brown fox jumps over the lazy dog the end";
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in text.split_whitespace() {
        *counts.entry(word).or_default() += 1;
    }
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    println!("{sorted:?}");
    let letters: HashSet<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    println!("{}", letters.len());
    if let Entry::Vacant(entry) = counts.entry("cat") {
        entry.insert(0);
    }
    let tree: BTreeMap<_, _> = counts.into_iter().collect();
    println!("{tree:#?}");
}
