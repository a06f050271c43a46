mod util;
use sched::host::{SCRATCH, Schedule};
use sched::strategy::Strategy;
use std::path::Path;
#[test]
fn zz() {
    let libraries = util::checked::Libraries::find();
    let program = Path::new("/tmp/zz_program");
    libraries
        .compile(Path::new("/tmp/zz_src.rs"), program, true)
        .unwrap();
    let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir().unwrap();
    let mut host = util::checked::serve(program, scratch.path()).unwrap();
    let mut last = Vec::new();
    for i in 0..6 {
        let s = Schedule {
            seed: 0,
            number: 0,
            strategy: if i % 2 == 1 {
                Strategy::Replay
            } else {
                Strategy::Natural
            },
            max_delay: Some(std::time::Duration::ZERO),
            length: 0,
            edges: vec![],
            replay: if i % 2 == 1 { last.clone() } else { vec![] },
        };
        let run = host.run(&s, &|| false).unwrap().unwrap();
        println!(
            "{i} {:?} events {} choices {} steps {} objs {}",
            format!("{:?}", run.end)
                .chars()
                .take(60)
                .collect::<String>(),
            run.events.len(),
            run.choices.len(),
            run.steps,
            run.objects.len()
        );
        last = run.choices.clone();
    }
}
