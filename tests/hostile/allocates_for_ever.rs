//! verdict: out_of_memory
//!
//! One process takes more and more memory.

fn attack() {
    let mut all = Vec::new();
    loop {
        all.push(vec![1_u8; 16 << 20]);
    }
}
