//! So many processes at once.

fn main() -> std::io::Result<()> {
    let times = std::env::args()
        .nth(1)
        .expect("how many")
        .parse()
        .expect("a number");
    let all = (0..times).map(|_: u32| mp::Process::new(|| ()).start());
    let all = all.collect::<Result<Vec<_>, _>>()?;
    all.iter().for_each(|it| assert_eq!(it.join(), 0));
    Ok(())
}
