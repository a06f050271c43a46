//! A message of a megabyte goes through a queue.

fn main() -> std::io::Result<()> {
    let queue = mp::Queue::<Vec<u8>>::new(1);
    let child = mp::Process::new(|| queue.put(vec![7; 1 << 20])).start()?;
    assert_eq!(queue.get().len(), 1 << 20);
    assert_eq!(child.join(), 0);
    Ok(())
}
